local newGame = require("support.game")

describe("GetConfig", function()
    it("says what would be connected to", function()
        local function address(config)
            local realtime = newGame():load()
            assert(realtime.Config(config))
            local _, summary = realtime.GetConfig()
            return summary.address
        end
        assert.equal("in this process", address({}))
        assert.equal("127.0.0.1:6379", address({ backend = "redis" }))
        assert.equal("h:1", address({ host = "h", port = 1 }))
        assert.equal("[::1]:1", address({ host = "::1", port = 1 }))
        assert.equal("unix:/s", address({ unixSocket = "/s" }))
        local _, summary = newGame():load().GetConfig()
        assert.same({
            backend = "memory", configured = false, address = "in this process", hasPassword = false, database = 0,
            timeout = 5, source = "/gmod/server", logLevel = "info",
            settings = {
                backend = { value = "memory", source = "default" }, logLevel = { value = "info", source = "default" },
                serverId = { value = "server", source = "default" }, timeout = { value = 5, source = "default" },
                queueMessages = { value = 10000, source = "default" }, queueBytes = { value = 2 ^ 26, source = "default" },
                maxPayloadBytes = { value = 2 ^ 20, source = "default" },
            },
        }, summary)
        local ok, err = newGame({ environment = { REDIS_PORT = "x" } }):load().GetConfig()
        assert.same({ false, "INVALID_CONFIG" }, { ok, err.code })
    end)

    it("knows no configuration that the module would refuse", function()
        local game = newGame({ environment = { REALTIME_BACKEND = "reddis" } })
        local realtime = game:load()
        game.control.refuse.Configure = { "UNKNOWN_BACKEND", "'reddis'" }
        local ok, err = realtime.GetConfig()
        assert.same({ false, "UNKNOWN_BACKEND" }, { ok, err.code })
    end)

    it("says of each value where it comes from, and shows no secret", function()
        local game = newGame({
            environment = { REDIS_PORT = "7000", REDIS_TIMEOUT = "2" },
            dotEnv = "# ours\nREDIS_URL=redis://user:hunter2@file:1/3\nREDIS_TIMEOUT=9\n",
        })
        local realtime = game:load()
        assert(realtime.Config({ clientName = "mine", logLevel = "warn" }))
        local _, summary = realtime.GetConfig()
        assert.same({
            backend = { value = "redis", source = "default" },
            url = { value = "***", source = ".env", name = "REDIS_URL, line 2" },
            host = { value = "file", source = ".env", name = "REDIS_URL, line 2" },
            port = { value = 7000, source = "environment", name = "REDIS_PORT" },
            username = { value = "user", source = ".env", name = "REDIS_URL, line 2" },
            password = { value = "***", source = ".env", name = "REDIS_URL, line 2" },
            database = { value = 3, source = ".env", name = "REDIS_URL, line 2" },
            timeout = { value = 2, source = "environment", name = "REDIS_TIMEOUT" },
            clientName = { value = "mine", source = "Config", name = "clientName" },
            logLevel = { value = "warn", source = "Config", name = "logLevel" },
            serverId = { value = "server", source = "default" },
            queueMessages = { value = 10000, source = "default" }, queueBytes = { value = 2 ^ 26, source = "default" },
            maxPayloadBytes = { value = 2 ^ 20, source = "default" },
        }, summary.settings)
    end)

    it("leaves out an address that another kind of address replaced", function()
        local realtime = newGame({ dotEnv = "REDIS_HOST=a\nREDIS_PORT=1" }):load()
        assert(realtime.Config({ unixSocket = "/s" }))
        local _, summary = realtime.GetConfig()
        assert.same({ value = "/s", source = "Config", name = "unixSocket" }, summary.settings.unixSocket)
        assert.same({}, { summary.settings.host, summary.settings.port })
    end)
end)

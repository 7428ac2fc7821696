local config = require("support.config")
local newGame = require("support.game")
local connected, refused = config.connected, config.refused

local function settings(options, configure)
    local realtime = newGame(options):load()
    if configure then assert(configure(realtime)) end
    local ok, summary = realtime.GetConfig()
    assert(ok, summary)
    return summary.settings
end

describe("a source of settings", function()
    it("is named for each value, by what the value is called there", function()
        local found = settings({
            dotEnv = "# c\nREDIS_URL=redis://u:p@h:1/2\nREDIS_TIMEOUT=3",
            environment = { REDIS_PORT = "7", REDIS_PASSWORD = "q" },
        }, function(realtime) return realtime.Config({ serverId = "s" }) end)
        local expected = {
            host = { value = "h", source = ".env", name = "REDIS_URL, line 2" },
            port = { value = 7, source = "environment", name = "REDIS_PORT" },
            username = { value = "u", source = ".env", name = "REDIS_URL, line 2" },
            password = { value = "***", source = "environment", name = "REDIS_PASSWORD" },
            url = { value = "***", source = ".env", name = "REDIS_URL, line 2" },
            timeout = { value = 3, source = ".env", name = "REDIS_TIMEOUT, line 3" },
            serverId = { value = "s", source = "Config", name = "serverId" },
            logLevel = { value = "info", source = "default" },
        }
        for key, value in pairs(expected) do assert.same(value, found[key], key) end
    end)

    it("tells all that is wrong with it at once", function()
        refused("port: expected whole number from 1 to 65535, got 0; timeout: expected seconds from 0.05 to 300, got -1; "
            .. "'hots': no such setting; did you mean 'host'?; 'prot': no such setting; did you mean 'port'?; "
            .. "url: expected redis://; connections by TLS (rediss://) are not supported", nil,
            function(r) return r.Config({ prot = 1, hots = "h", port = 0, timeout = -1, url = "rediss://h" }) end)
        refused("garrysmod/.env line 1: expected KEY=VALUE; REDIS_PORT in garrysmod/.env line 2: expected whole number from 1 to "
            .. "65535, got 'x'; REDIS_TIMEOUT in the environment: expected seconds from 0.05 to 300, got 'soon'; "
            .. "a unix socket and a host or port exclude each other",
            { dotEnv = "nonsense\nREDIS_PORT=x",
                environment = { REDIS_TIMEOUT = "soon", REDIS_SOCKET = "/s", REDIS_HOST = "h" } })
    end)

    it("counts what would make a message too long", function()
        local strangers = {}
        for i = 1, 40 do strangers[("n%02d"):format(i)] = 1 end
        local ok, err = newGame():load().Config(strangers)
        assert.is_false(ok)
        assert.truthy(err.message:find("'n01': no such setting", 1, true))
        assert.equal("; and 8 more", err.message:match("; and .*$"))
    end)

    it("warns once, without its value, of what looks like ours in .env", function()
        local game = newGame({ dotEnv = "REDIS_PASSWRD=hush\nREALTIME_BACK=hush\nREDIS_OF_SOMEBODY_ELSE=hush\nOTHER=hush" })
        local realtime = game:load()
        realtime.GetConfig()
        realtime.GetConfig()
        assert.same({
            "[realtime] [Warn] garrysmod/.env line 1: REDIS_PASSWRD is no setting of realtime; did you mean REDIS_PASSWORD?",
            "[realtime] [Warn] garrysmod/.env line 2: REALTIME_BACK is no setting of realtime; did you mean REALTIME_BACKEND?",
        }, game.printed)
    end)

    it("is not filled in, when it is a URL, from weaker ones", function()
        local options = connected({ dotEnv = "REDIS_PORT=7000\nREDIS_DATABASE=3\nREDIS_PASSWORD=hush\nREDIS_TIMEOUT=2",
            environment = { REDIS_URL = "redis://h" } })
        assert.same({ "h", nil, nil, nil, 2 },
            { options.host, options.port, options.database, options.password, options.timeout })
    end)

    it("does not mix a unix socket with a host, but a stronger one replaces either", function()
        refused("a unix socket and a host or port exclude each other",
            { environment = { REDIS_SOCKET = "/s", REDIS_PORT = "1" } })
        local options = connected({ dotEnv = "REDIS_HOST=h\nREDIS_PORT=1", environment = { REDIS_SOCKET = "/s" } })
        assert.same({ nil, nil, "/s" }, { options.host, options.port, options.unixSocket })
        options = connected({ environment = { REDIS_SOCKET = "/s" } }, function(r) return r.Config("h") end)
        assert.same({ "h", nil }, { options.host, options.unixSocket })
    end)

    it("leaves alone what a container system puts under the same name", function()
        local options, realtime = connected({ dotEnv = "REDIS_HOST=h\nREDIS_PORT=7",
            environment = { REDIS_PORT = "tcp://10.0.0.1:6379" } })
        assert.same({ "h", 7 }, { options.host, options.port })
        local ok, summary = realtime.GetConfig()
        assert(ok, summary)
        assert.equal(".env", summary.settings.port.source)
        local _, unconfigured = newGame({ environment = { REDIS_PORT = "tcp://10.0.0.1:6379" } }):load().GetConfig()
        assert.is_false(unconfigured.configured)
    end)

    it("takes an empty variable for none", function()
        local options = connected({ environment = { REDIS_PASSWORD = "", REDIS_PORT = "", REDIS_HOST = "h" } })
        assert.same({ "h" }, { options.host, options.port, options.password })
    end)
end)

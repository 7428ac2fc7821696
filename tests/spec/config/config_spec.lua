local newGame = require("support.game")
local config = require("support.config")
local connected, refused = config.connected, config.refused

describe("the configuration", function()
    it("is the memory backend when nobody says anything", function()
        local options = connected()
        assert.same({ backend = "memory", source = "/gmod/server", logLevel = 1 }, options)
    end)

    it("is redis as soon as a server is named anywhere", function()
        assert.equal("redis", connected({ environment = { REDIS_HOST = "a" } }).backend)
        assert.equal("redis", connected({ environment = { REDIS_PORT = "6380" } }).backend)
        assert.equal("redis", connected({ environment = { REDIS_PASSWORD = "p" } }).backend)
        assert.equal("redis", connected({ environment = { REDIS_URL = "redis://a" } }).backend)
        assert.equal("redis", connected({ environment = { REDIS_SOCKET = "/s" } }).backend)
        assert.equal("redis", connected({ dotEnv = "REDIS_HOST=a\n" }).backend)
        assert.equal("redis", connected(nil, function(r) return r.Config("a") end).backend)
        assert.equal("memory", connected({ environment = { REDIS_TIMEOUT = "3" } }).backend)
        assert.equal("memory", connected({ environment = { REDIS_HOST = "" } }).backend)
    end)

    it("is the backend that was asked for", function()
        assert.equal("memory", connected({ environment = { REDIS_HOST = "a", REALTIME_BACKEND = "memory" } }).backend)
        assert.equal("redis", connected({ dotEnv = "REALTIME_BACKEND=redis" }).backend)
        assert.equal("other", connected(nil, function(r) return r.Config({ backend = "other" }) end).backend)
    end)

    it("takes the strongest source of each setting", function()
        local sources = {
            dotEnv = "REDIS_HOST=file\nREDIS_PORT=1\nREDIS_USERNAME=file\nREDIS_PASSWORD=p\nREDIS_TIMEOUT=1.5\n",
            environment = { REDIS_HOST = "environment", REDIS_PORT = "2" },
        }
        local options = connected(sources, function(r) return r.Config("config") end)
        assert.same({ "config", 2, "file", 1.5 }, { options.host, options.port, options.username, options.timeout })
    end)

    it("takes an address as a whole: TCP or unix socket", function()
        local options = connected({ dotEnv = "REDIS_HOST=a\nREDIS_PORT=1", environment = { REDIS_SOCKET = "/s" } })
        assert.same({ "/s" }, { options.unixSocket, options.host, options.port })
        options = connected({ environment = { REDIS_SOCKET = "/s" } }, function(r) return r.Config("a") end)
        assert.equal("a", options.host)
        assert.is_nil(options.unixSocket)
    end)

    it("reads every setting from Config, the environment and .env alike", function()
        local given = {
            backend = "redis", host = "h", port = 1, username = "u", password = "p", database = 2, timeout = 3,
            clientName = "c", queueMessages = 4, queueBytes = 5, maxPayloadBytes = 6, serverId = "s", logLevel = "warn",
        }
        local variables = {
            REALTIME_BACKEND = "redis", REDIS_HOST = "h", REDIS_PORT = "1", REDIS_USERNAME = "u", REDIS_PASSWORD = "p",
            REDIS_DATABASE = "2", REDIS_TIMEOUT = "3", REDIS_CLIENT_NAME = "c", REALTIME_QUEUE_MESSAGES = "4",
            REALTIME_QUEUE_BYTES = "5", REALTIME_MAX_PAYLOAD_BYTES = "6", REALTIME_SERVER_ID = "s",
            REALTIME_LOG_LEVEL = "warn",
        }
        local lines = {}
        for name, value in pairs(variables) do lines[#lines + 1] = name .. "=" .. value end
        local expected = {
            backend = "redis", host = "h", port = 1, username = "u", password = "p", database = 2, timeout = 3,
            clientName = "c", queueMessages = 4, queueBytes = 5, maxPayloadBytes = 6, source = "/gmod/s", logLevel = 2,
        }
        assert.same(expected, (connected(nil, function(r) return r.Config(given) end)))
        assert.same(expected, (connected({ environment = variables })))
        assert.same(expected, (connected({ dotEnv = table.concat(lines, "\r\n") })))
    end)

    it("is replaced by the next Config as a whole", function()
        local options = connected(nil, function(r)
            assert(r.Config("a", 1, "p"))
            return r.Config(nil, 2)
        end)
        assert.same({ 2 }, { options.port, options.host, options.password })
        options = connected(nil, function(r)
            assert(r.Config("a"))
            return r.Config()
        end)
        assert.equal("memory", options.backend)
    end)

    it("keeps the old one when the new one is refused", function()
        local options = connected(nil, function(r)
            assert(r.Config("a"))
            assert(not r.Config("b", -1))
            return true
        end)
        assert.equal("a", options.host)
    end)

    it("takes an empty password for none", function()
        assert.is_nil(connected(nil, function(r) return r.Config("a", 1, "", 5) end).password)
    end)

    it("names the server by its port unless told otherwise", function()
        local game = newGame()
        game.variables.hostport = "27015"
        game:load().Connect()
        assert.equal("/gmod/27015", game.control.last("Configure")[1].source)
    end)

    it("hands on what the module refuses", function()
        local game = newGame()
        local realtime = game:load()
        game.control.refuse.Configure = { "UNKNOWN_BACKEND", "'x'; there are memory, redis" }
        local ok, err = realtime.Config({ backend = "x" })
        assert.same({ false, "UNKNOWN_BACKEND" }, { ok, err.code })
        assert.equal("there is no such backend: 'x'; there are memory, redis", err.message)
    end)
end)

describe("a bad setting", function()
    it("is refused with what is expected", function()
        local cases = {
            ["port: expected whole number from 1 to 65535, got 0"] = { port = 0 },
            ["port: expected whole number from 1 to 65535, got 65536"] = { port = 65536 },
            ["port: expected whole number from 1 to 65535, got 1.5"] = { port = 1.5 },
            ["port: expected whole number from 1 to 65535, got nan"] = { port = 0 / 0 },
            ["port: expected whole number from 1 to 65535, got '6379'"] = { port = "6379" },
            ["password: expected string of at most 1024 bytes, got number"] = { password = 12345 },
            ["timeout: expected seconds from 0.05 to 300, got 0"] = { timeout = 0 },
            ["timeout: expected seconds from 0.05 to 300, got 301"] = { timeout = 301 },
            ["timeout: expected seconds from 0.05 to 300, got boolean"] = { timeout = true },
            ["password: expected string of at most 1024 bytes, got string"] = { password = ("h"):rep(1025) },
            ["database: expected whole number from 0 to 1000000, got -1"] = { database = -1 },
            ["clientName: expected name without spaces, got 'a b'"] = { clientName = "a b" },
            ["serverId: expected name of letters, digits and - . _ ~, got '/'"] = { serverId = "/" },
            ["logLevel: expected one of debug, info, warn, error, got 'loud'"] = { logLevel = "loud" },
            ["queueMessages: expected whole number from 1 to 1000000, got 0"] = { queueMessages = 0 },
            ["url: expected redis://[user[:password]@]host[:port][/database] or unix:///path, got number"] = { url = 5 },
            ["a unix socket and a host or port exclude each other"] = { unixSocket = "/s", host = "a" },
        }
        for message, given in pairs(cases) do
            refused(message, nil, function(r) return r.Config(given) end)
        end
    end)

    it("a host that is none is not shown: it may be a URL with a password", function()
        local expected = "host: expected host name or address without a port (a URL goes into url or REDIS_URL), got "
        for _, host in ipairs({ "", "a b", ("h"):rep(1025), "redis://:s3cret@127.0.0.1", "user:s3cret@host" }) do
            refused(expected .. "string", nil, function(r) return r.Config({ host = host }) end)
        end
        refused(expected .. "number", nil, function(r) return r.Config({ host = 5 }) end)
        refused("url (port): expected whole number from 1 to 65535, got string", nil,
            function(r) return r.Config({ url = "redis://bob:s3cretpw" }) end)
    end)

    it("an argument of the wrong type raises at the caller's line", function()
        for _, name in ipairs({ "Config", "Connect" }) do
            local call = newGame():load()[name]
            local function raises(message, ...)
                local arguments = { n = select("#", ...), ... }
                local ok, text = pcall(function()
                    local ok = call(unpack(arguments, 1, arguments.n))
                    return ok
                end)
                assert.is_false(ok)
                local line = "config_spec.lua:%d+: bad argument #" .. message:gsub("%p", "%%%0"):gsub("NAME", name)
                assert.truthy(text:find(line), text)
            end
            raises("1 to 'NAME' (host: expected string or table, got number)", 5)
            raises("1 to 'NAME' (host: expected string or table, got boolean)", true)
            raises("2 to 'NAME' (port: expected number, got string)", "a", "6379")
            raises("3 to 'NAME' (password: expected string, got number)", "a", 1, 5)
            raises("4 to 'NAME' (timeout: expected number, got table)", "a", 1, "p", {})
            raises("2 to 'NAME' (port: expected nothing beside a table, got number)", { host = "a" }, 1)
            raises("3 to 'NAME' (password: expected nothing beside a table, got string)", {}, nil, "p")
            raises("4 to 'NAME' (timeout: expected nothing beside a table, got number)", {}, nil, nil, 5)
        end
    end)

    it("printing the API's table prints no password", function()
        local realtime = newGame():load()
        assert(realtime.Config("a", 1, "s3cret"))
        for _, value in pairs(realtime) do assert.not_equal("table", type(value)) end
    end)

    it("is named even when it is none", function()
        refused("'hots': no such setting; did you mean 'host'?", nil, function(r) return r.Config({ hots = "a" }) end)
        refused("'Password': no such setting; did you mean 'password'?", nil, function(r) return r.Config({ Password = "a" }) end)
        local ok, err = newGame():load().Config({ [1] = "a" })
        assert.is_false(ok)
        assert.truthy(err.message:find("'1': no such setting; there are backend, url, host, port", 1, true))
    end)

    it("is named with its place in the environment and in .env", function()
        refused("REDIS_PORT in the environment: expected whole number from 1 to 65535, got 'abc'",
            { environment = { REDIS_PORT = "abc" } })
        refused("REDIS_PORT in the environment: expected whole number from 1 to 65535, got '0x10'",
            { environment = { REDIS_PORT = "0x10" } })
        refused("REDIS_TIMEOUT in garrysmod/.env line 2: expected seconds from 0.05 to 300, got -3",
            { dotEnv = "\nREDIS_TIMEOUT = -3\n" })
        refused("garrysmod/.env line 3: expected KEY=VALUE", { dotEnv = "# a\n\nnonsense\n" })
        refused("garrysmod/.env line 1: the quotes around the value of REDIS_HOST do not match",
            { dotEnv = 'REDIS_HOST="a\n' })
    end)

    it("is not shown where it stands for another one: a user's name that is a password", function()
        local text = " (.env): expected a password beside the user name (a URL with a password alone is redis://:password@host)"
        for line, name in pairs({ ["REDIS_URL=redis://hunter2@h"] = "REDIS_URL, line 1",
            ["REDIS_HOST=h\nREDIS_USERNAME=hunter2"] = "REDIS_USERNAME, line 2" }) do
            refused(name .. text, { dotEnv = line })
            refused(name .. text, { dotEnv = line }, function(r) return r.GetConfig() end)
        end
        local options = connected({ dotEnv = "REDIS_URL=redis://u@h", environment = { REDIS_PASSWORD = "p" } })
        assert.same({ "u", "p" }, { options.username, options.password })
    end)

    it("shows no URL in the wrong place: it may hold a password", function()
        for _, name in ipairs({ "REDIS_PORT", "REDIS_DATABASE", "REDIS_SOCKET", "REDIS_TIMEOUT", "REALTIME_BACKEND",
            "REALTIME_SERVER_ID", "REALTIME_LOG_LEVEL", "REDIS_CLIENT_NAME" }) do
            local ok, err = newGame({ environment = { [name] = "redis://:hunter2@host" } }):load().GetConfig()
            if name ~= "REDIS_CLIENT_NAME" then assert.is_false(ok, name) end
            assert.is_nil(not ok and tostring(err):find("hunter2", 1, true) or nil, name)
        end
    end)

    it("never shows a secret", function()
        local secret = "hunter2"
        local function check(ok, err)
            assert.is_false(ok)
            assert.is_nil(tostring(err):find(secret, 1, true))
        end
        for _, url in ipairs({ "redis://:hunter2@host:99999", "http://:hunter2@host", "redis://:hunter2@ho st", "hunter2" }) do
            check(newGame():load().Config({ url = url }))
            check(newGame({ environment = { REDIS_URL = url } }):load().Connect())
            check(newGame({ dotEnv = "REDIS_URL=" .. url }):load().Connect())
        end
        check(newGame():load().Config({ password = { secret } }))
        check(newGame({ dotEnv = "REDIS_PASSWORD='hunter2" }):load().Connect())
        local game = newGame()
        local realtime = game:load()
        assert(realtime.Config("a", 1, secret))
        local ok, summary = realtime.GetConfig()
        assert.is_true(ok)
        local function hidesSecret(shown)
            for _, value in pairs(shown) do
                if type(value) == "table" then hidesSecret(value) end
                assert.is_nil(tostring(value):find(secret, 1, true))
            end
        end
        hidesSecret(summary)
        assert.is_true(summary.hasPassword)
        assert.equal(0, #game.printed)
    end)
end)

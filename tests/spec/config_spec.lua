local newGame = require("support.game")

-- The options that the module got from a Connect.
local function connected(options, configure)
    local game = newGame(options)
    local realtime = game:load()
    if configure then assert(configure(realtime)) end
    assert(realtime.Connect())
    return game.control.last("Configure")[1], realtime, game
end

local function refused(message, options, configure)
    local game = newGame(options)
    local realtime = game:load()
    local ok, err = (configure or function(r) return r.Connect() end)(realtime)
    assert.is_false(ok)
    assert.equal("INVALID_CONFIG", err.code)
    assert.equal("the configuration is not valid: " .. message, err.message)
    assert.equal(0, game.control.count("Connect"))
end

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
            dotEnv = "REDIS_HOST=file\nREDIS_PORT=1\nREDIS_USERNAME=file\nREDIS_TIMEOUT=1.5\n",
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
        local config = {
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
        assert.same(expected, (connected(nil, function(r) return r.Config(config) end)))
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
            ["host: host name or address expected, got 5"] = { host = 5 },
            ["host: host name or address expected, got ''"] = { host = "" },
            ["host: host name or address expected, got 'a b'"] = { host = "a b" },
            ["port: whole number from 1 to 65535 expected, got 0"] = { port = 0 },
            ["port: whole number from 1 to 65535 expected, got 65536"] = { port = 65536 },
            ["port: whole number from 1 to 65535 expected, got 1.5"] = { port = 1.5 },
            ["port: whole number from 1 to 65535 expected, got nan"] = { port = 0 / 0 },
            ["port: whole number from 1 to 65535 expected, got '6379'"] = { port = "6379" },
            ["password: string expected, got number"] = { password = 12345 },
            ["timeout: seconds from 0.05 to 300 expected, got 0"] = { timeout = 0 },
            ["timeout: seconds from 0.05 to 300 expected, got 301"] = { timeout = 301 },
            ["timeout: seconds from 0.05 to 300 expected, got boolean"] = { timeout = true },
            ["database: whole number from 0 to 1000000 expected, got -1"] = { database = -1 },
            ["clientName: name without spaces expected, got 'a b'"] = { clientName = "a b" },
            ["serverId: name of letters, digits and - . _ ~ expected, got '/'"] = { serverId = "/" },
            ["logLevel: debug, info, warn, error expected, got 'loud'"] = { logLevel = "loud" },
            ["queueMessages: whole number from 1 to 1000000 expected, got 0"] = { queueMessages = 0 },
            ["url: redis://[user[:password]@]host[:port][/database] expected, got number"] = { url = 5 },
            ["a unix socket and a host or port exclude each other"] = { unixSocket = "/s", host = "a" },
        }
        for message, config in pairs(cases) do
            refused(message, nil, function(r) return r.Config(config) end)
        end
    end)

    it("is named even when it is none", function()
        local game = newGame()
        local ok, err = game:load().Config({ hots = "a" })
        assert.is_false(ok)
        assert.truthy(err.message:find("'hots': no such setting; there are backend, url, host, port", 1, true))
    end)

    it("is named with its place in the environment and in .env", function()
        refused("REDIS_PORT in the environment: whole number from 1 to 65535 expected, got 'abc'",
            { environment = { REDIS_PORT = "abc" } })
        refused("REDIS_PORT in the environment: whole number from 1 to 65535 expected, got '0x10'",
            { environment = { REDIS_PORT = "0x10" } })
        refused("REDIS_TIMEOUT in garrysmod/.env line 2: seconds from 0.05 to 300 expected, got -3",
            { dotEnv = "\nREDIS_TIMEOUT = -3\n" })
        refused("garrysmod/.env line 3: KEY=VALUE expected", { dotEnv = "# a\n\nnonsense\n" })
        refused("garrysmod/.env line 1: the quotes around the value of REDIS_HOST do not match",
            { dotEnv = 'REDIS_HOST="a\n' })
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
        local ok, config = realtime.GetConfig()
        assert.is_true(ok)
        for _, value in pairs(config) do assert.is_nil(tostring(value):find(secret, 1, true)) end
        assert.is_true(config.hasPassword)
        assert.equal(0, #game.printed)
    end)
end)

describe("a URL", function()
    local function parts(url, more)
        local config = more or {}
        config.url = url
        local options = connected(nil, function(r) return r.Config(config) end)
        assert.is_nil(options.url)
        return { options.host or "", options.port or 0, options.username or "", options.password or "", options.database or 0,
            options.unixSocket or "" }
    end

    it("is taken apart", function()
        assert.same({ "h", 0, "", "", 0, "" }, parts("redis://h"))
        assert.same({ "h", 1, "", "", 2, "" }, parts("redis://h:1/2"))
        assert.same({ "h", 1, "", "p@:/", 0, "" }, parts("redis://:p%40%3a%2F@h:1/"))
        assert.same({ "h", 0, "u", "p:q", 0, "" }, parts("redis://u:p:q@h"))
        assert.same({ "::1", 7, "", "", 0, "" }, parts("redis://[::1]:7"))
        assert.same({ "127.0.0.1", 7, "", "", 0, "" }, parts("redis://:7"))
        assert.same({ "", 0, "", "", 0, "/run/a b" }, parts("unix:///run/a%20b"))
    end)

    it("gives way to the single settings of the same source", function()
        assert.same({ "other", 1, "", "q", 0, "" }, parts("redis://:p@h:1", { host = "other", password = "q" }))
    end)

    it("is refused when it is none", function()
        local expected = "url: redis://[user[:password]@]host[:port][/database] or unix:///path expected"
        for _, url in ipairs({ "h:1", "http://h", "redis://h/x", "redis://h?a=1" }) do
            refused(expected, nil, function(r) return r.Config({ url = url }) end)
        end
        refused("url: redis:// expected; connections by TLS (rediss://) are not supported", nil,
            function(r) return r.Config({ url = "rediss://h" }) end)
        refused("url (port): whole number from 1 to 65535 expected, got 99999", nil,
            function(r) return r.Config({ url = "redis://h:99999" }) end)
        refused("url: a port expected after the host", nil, function(r) return r.Config({ url = "redis://[::1]x" }) end)
    end)
end)

describe(".env", function()
    local function password(line)
        return connected({ dotEnv = line }).password
    end

    it("is read with quotes, comments and export", function()
        assert.equal("p", password("REDIS_PASSWORD=p"))
        assert.equal("p", password("\239\187\191export  REDIS_PASSWORD = p   # comment\r\n"))
        assert.equal("a#b", password("REDIS_PASSWORD=a#b"))
        assert.equal("a # b", password("REDIS_PASSWORD='a # b' # c"))
        assert.equal("a\\n$b", password("REDIS_PASSWORD='a\\n$b'"))
        assert.equal('a\n"b\\', password('REDIS_PASSWORD="a\\n\\"b\\\\"'))
        assert.equal("second", password("REDIS_PASSWORD=first\nREDIS_PASSWORD=second"))
        assert.equal("a=b", password("REDIS_PASSWORD=a=b"))
        assert.is_nil(password("REDIS_PASSWORD="))
        assert.is_nil(password("REDIS_PASSWORD= # none"))
        assert.is_nil(password("#REDIS_PASSWORD=p\nOTHER=x"))
    end)

    it("is warned about once when it holds a name of ours that there is not", function()
        local _, realtime, game = connected({ dotEnv = "REALTIME_BACKND=redis\nOTHER=1" })
        realtime.GetConfig()
        assert.same({ "[realtime] [Warn] garrysmod/.env line 1: REALTIME_BACKND is no setting of realtime" }, game.printed)
    end)
end)

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
        assert.equal("unix:/s", address({ unixSocket = "/s" }))
        local _, summary = newGame():load().GetConfig()
        assert.same({
            backend = "memory", configured = false, address = "in this process", hasPassword = false, database = 0,
            timeout = 5, source = "/gmod/server", logLevel = "info",
        }, summary)
        local ok, err = newGame({ environment = { REDIS_PORT = "x" } }):load().GetConfig()
        assert.same({ false, "INVALID_CONFIG" }, { ok, err.code })
    end)
end)

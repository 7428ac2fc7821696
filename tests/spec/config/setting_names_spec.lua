local newGame = require("support.game")
local refused = require("support.config").refused

describe("the name of a setting", function()
    it("is told when another one was given", function()
        for given, meant in pairs({ hots = "host", Port = "port", PASSWORD = "password" }) do
            refused("'" .. given .. "': no such setting; did you mean '" .. meant .. "'?", nil,
                function(r) return r.Config({ [given] = 1 }) end)
        end
        local all = "backend, url, host, port, username, password, database, unixSocket, timeout, clientName, queueMessages, "
            .. "queueBytes, maxPayloadBytes, serverId, logLevel"
        refused("'1': no such setting; there are " .. all, nil, function(r) return r.Config({ "h" }) end)
    end)

    it("is told to who gives what other programs call it", function()
        for given, meant in pairs({ db = "database", Auth = "password", pass = "password", user = "username",
            path = "unixSocket" }) do
            refused("'" .. given .. "': no such setting; did you mean '" .. meant .. "'?", nil,
                function(r) return r.Config({ [given] = 1 }) end)
        end
        local game = newGame({ dotEnv = "REDIS_DB=3\nREDIS_TLS=1\nREDIS_PASS=hush", environment = { REDIS_AUTH = "hush",
            REDIS_USER = "hush", REDIS_USERNAME = "u", REDIS_PASSWORD = "p" } })
        local realtime = game:load()
        assert(realtime.GetConfig())
        assert(realtime.GetConfig())
        assert.same({
            "[realtime] [Warn] garrysmod/.env line 1: REDIS_DB is no setting of realtime; did you mean REDIS_DATABASE?",
            "[realtime] [Warn] garrysmod/.env line 3: REDIS_PASS is no setting of realtime; did you mean REDIS_PASSWORD?",
        }, game.printed)
        game = newGame({ environment = { REDIS_HOST = "h", REDIS_AUTH = "hush" } })
        assert(game:load().GetConfig())
        assert.same({
            "[realtime] [Warn] environment: REDIS_AUTH is no setting of realtime; did you mean REDIS_PASSWORD?",
        }, game.printed)
    end)
end)

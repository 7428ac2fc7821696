local loaded = require("support.gamemode").load

local function isHooked(game, name) return (game.hooks[name] or {})["realtime.PublishGameEvents"] ~= nil end

describe("PublishGameEvents", function()
    it("does nothing until it is called", function()
        local _, game, listened = loaded()
        assert.is_false(isHooked(game, "PlayerDeath"))
        assert.same({}, listened)
    end)

    it("chooses by the running gamemode", function()
        for gamemode, expected in pairs({ sandbox = {}, terrortown = { ttt = true }, darkrp = { darkrp = true } }) do
            local realtime, game, listened = loaded({ gamemode = gamemode })
            assert.is_true((realtime.PublishGameEvents()))
            assert.is_true(isHooked(game, "PlayerDeath"))
            assert.equal(expected.ttt == true, isHooked(game, "TTTBeginRound"))
            assert.equal(expected.darkrp == true, isHooked(game, "playerArrested"))
            assert.same({ player_connect = true, player_disconnect = true, player_say = true }, listened)
        end
    end)

    it("lets the caller choose, and choose anew", function()
        local realtime, game = loaded()
        assert.is_true((realtime.PublishGameEvents({ base = false, ttt = true, except = { "RoundEnd" } })))
        assert.is_false(isHooked(game, "PlayerDeath"))
        assert.is_true(isHooked(game, "TTTBeginRound"))
        assert.is_false(isHooked(game, "TTTEndRound"))
        assert.is_true((realtime.PublishGameEvents({ darkrp = true })))
        assert.is_true(isHooked(game, "PlayerDeath"))
        assert.is_false(isHooked(game, "TTTBeginRound"))
        -- DarkRP has a hook of its own for a change of team.
        assert.is_false(isHooked(game, "PlayerChangedTeam"))
        assert.is_true(isHooked(game, "OnPlayerChangedTeam"))
    end)

    it("gives nothing back to a hook, and never raises in it", function()
        local realtime, game = loaded()
        assert(realtime.PublishGameEvents({ ttt = true, darkrp = true }))
        for name, callbacks in pairs(game.hooks) do
            local callback = callbacks["realtime.PublishGameEvents"]
            for _, nonsense in ipairs({ {}, { 5 }, { "x", "y", "z" }, { {}, {}, {} } }) do
                if callback then assert.equal(0, select("#", callback(unpack(nonsense))), name) end
            end
        end
        assert.is_true(#game.errors > 0)
    end)

    it("says once what cannot be published", function()
        local realtime, game = loaded()
        assert(realtime.PublishGameEvents({ ttt = true }))
        game.control.refuse.PublishEvent = { "NOT_CONNECTED" }
        for _ = 1, 3 do game.hooks.TTTBeginRound["realtime.PublishGameEvents"]() end
        assert.same({ "[realtime] [Warn] RoundStart was not published: Not connected (NOT_CONNECTED). This is said once." },
            game.printed)
    end)

    it("refuses what it does not know, with the nearest it does", function()
        local realtime, game = loaded()
        local cases = {
            ["base: expected boolean, got number"] = { base = 1 },
            ["ttt: expected boolean, got string"] = { ttt = "true" },
            ["darkrp: expected boolean, got table"] = { darkrp = {} },
            ["'bsae': no such option; did you mean 'base'?"] = { bsae = true },
            ["except: expected a list of event names, got string"] = { except = "PlayerDeath" },
            ["except: expected a list of event names, with the keys 1 to n"] = { except = { PlayerDeath = true } },
            ["except: '5' is none of its events; there are PlayerConnect, PlayerDisconnect, ChatMessage, PlayerSpawn, "
                .. "PlayerDeath, PlayerTakeDamage, TeamChange, NpcKilled, MapChange, ServerShutDown, RoundPrepare, RoundStart, "
                .. "RoundEnd, PlayerArrested, PlayerWanted, PlayerSalary, PlayerWallet"] = { except = { 5 } },
            ["except: 'PlayerDeth' is none of its events; did you mean 'PlayerDeath'?"] = { except = { "PlayerDeth" } },
        }
        for problem, options in pairs(cases) do
            local ok, err = realtime.PublishGameEvents(options)
            assert.same({ false, "INVALID_ARGUMENT" }, { ok, err.code })
            assert.equal("an argument has the wrong type or value: " .. problem, err.message)
        end
        assert.is_false(isHooked(game, "PlayerDeath"))
    end)

    it("watches nothing when one of its own events cannot be defined, or without the binary module", function()
        local realtime, game = loaded()
        assert(realtime.DefineEvent("NpcKilled", "mine", { { name = "x", type = "json" } }))
        local ok, err = realtime.PublishGameEvents()
        assert.same({ false, "EVENT_CONFLICT" }, { ok, err.code })
        assert.is_false(isHooked(game, "PlayerDeath"))
        realtime, game = loaded({ binary = "missing" })
        ok, err = realtime.PublishGameEvents()
        assert.same({ false, "BINARY_MISSING" }, { ok, err.code })
        assert.is_false(isHooked(game, "PlayerDeath"))
        -- Of which there is nothing else to say, whatever else is wrong.
        ok, err = realtime.PublishGameEvents({ base = 1 })
        assert.same({ false, "BINARY_MISSING" }, { ok, err.code })
    end)
end)

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

    it("defines what it publishes, and no more", function()
        local realtime, game = loaded()
        assert(realtime.PublishGameEvents({ except = { "NpcKilled" } }))
        assert.is_nil(game.control.eventNumber("NpcKilled"))
        assert.is_nil(game.control.eventNumber("PlayerArrested"))
        assert.is_number(game.control.eventNumber("PlayerHurt"))
    end)

    it("is not disturbed by an event of the server's own that it does not publish", function()
        local realtime, game = loaded()
        assert(realtime.DefineEvent("NpcKilled", "npc:killed", { { name = "boss", type = "boolean" } }))
        assert(realtime.DefineEvent("Jailed", "darkrp:arrested", { { name = "who", type = "string" } }))
        assert(realtime.PublishGameEvents({ except = { "NpcKilled" } }))
        assert.is_true(isHooked(game, "PlayerDeath"))
        assert.is_false(isHooked(game, "OnNPCKilled"))
    end)

    it("sets no hook when an event of the server's own is in its way, and says which and what to do", function()
        local realtime, game, listened = loaded()
        assert(realtime.DefineEvent("NpcKilled", "npc:killed", { { name = "boss", type = "boolean" } }))
        assert(realtime.DefineEvent("Ouch", "player:hurt", { { name = "who", type = "string" } }))
        local ok, err = realtime.PublishGameEvents()
        assert.same({ false, "EVENT_CONFLICT" }, { ok, err.code })
        assert.equal("the event is already defined with another shape: PlayerHurt: the channel 'player:hurt' is that of Ouch; "
            .. 'NpcKilled; except = { "PlayerHurt", "NpcKilled" } leaves out what is in the way', err.message)
        for name in pairs(game.hooks) do assert.is_false(isHooked(game, name), name) end
        assert.same({}, listened)
        assert.is_nil(game.control.eventNumber("ServerShutDown"))
        assert(realtime.PublishGameEvents({ except = { "PlayerHurt", "NpcKilled" } }))
        assert.is_true(isHooked(game, "PlayerDeath"))
    end)

    it("sets no hook when the module refuses an event", function()
        local realtime, game = loaded()
        game.control.refuse.DefineEvent = { "QUEUE_FULL", "no room" }
        local ok, err = realtime.PublishGameEvents()
        assert.same({ false, "QUEUE_FULL" }, { ok, err.code })
        assert.is_false(isHooked(game, "PlayerDeath"))
    end)

    it("says once for all events what has nothing to do with the event", function()
        local realtime, game = loaded()
        assert(realtime.PublishGameEvents({ ttt = true }))
        for _, code in ipairs({ "NOT_CONNECTED", "QUEUE_FULL", "SHUTTING_DOWN", "NOT_CONNECTED" }) do
            game.control.refuse.PublishEvent = { code }
            for _, name in ipairs({ "TTTBeginRound", "TTTPrepareRound", "InitPostEntity", "ShutDown" }) do
                game.hooks[name]["realtime.PublishGameEvents"]()
            end
        end
        assert.same({
            "[realtime] [Warn] The game's events are not published: Not connected (NOT_CONNECTED). This is said once.",
            "[realtime] [Warn] The game's events are not published: The outbound queue is full (QUEUE_FULL). This is said once.",
            "[realtime] [Warn] The game's events are not published: Realtime is closing (SHUTTING_DOWN). This is said once.",
        }, game.printed)
    end)

    it("says once for each event what is wrong with it", function()
        local realtime, game = loaded()
        assert(realtime.PublishGameEvents({ ttt = true }))
        game.control.refuse.PublishEvent = { "PAYLOAD_TOO_LARGE" }
        for _ = 1, 3 do
            game.hooks.TTTBeginRound["realtime.PublishGameEvents"]()
            game.hooks.InitPostEntity["realtime.PublishGameEvents"]()
        end
        game.env.game.GetMap = function() return 5 end
        for _ = 1, 3 do game.hooks.TTTBeginRound["realtime.PublishGameEvents"]() end
        assert.same({
            "[realtime] [Warn] RoundStart was not published: The message is too long (PAYLOAD_TOO_LARGE). This is said once.",
            "[realtime] [Warn] MapChange was not published: The message is too long (PAYLOAD_TOO_LARGE). This is said once.",
            "[realtime] [Warn] RoundStart was not published: The data does not fit the event's definition: map: expected string, "
                .. "got number 5 (VALIDATION_FAILED). This is said once.",
        }, game.printed)
    end)

    it("may leave out each event that On knows", function()
        local realtime, game = loaded()
        local except = {}
        for line in io.lines("annotations/realtime.lua") do
            except[#except + 1] = line:match('^%-%-%-@field name "(%w+)"$')
        end
        assert.equal(19, #except)
        assert(realtime.PublishGameEvents({ ttt = true, darkrp = true, except = except }))
        for name in pairs(game.hooks) do assert.is_false(isHooked(game, name), name) end
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
            ["except: '5' is none of its events; there are PlayerConnect, PlayerDisconnect, ChatMessage, PlayerInitialSpawn, "
                .. "PlayerSpawn, PlayerDeath, PlayerTakeDamage, PlayerHurt, TeamChange, NpcKilled, MapChange, "
                .. "ServerShutDown, RoundPrepare, RoundStart, RoundEnd, PlayerArrested, PlayerWanted, "
                .. "PlayerSalary, PlayerWallet"] = { except = { 5 } },
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

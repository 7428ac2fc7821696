local newGame = require("support.game")

describe("the registry of events", function()
    local FIELDS = { { name = "x", type = "integer" } }

    it("knows the ready-made ones, and suggests the nearest", function()
        local realtime = newGame():load()
        local _, err = realtime.Emit("playerdeath", {})
        assert.equal("there is no event of that name: 'playerdeath'; did you mean 'PlayerDeath'?", err.message)
        _, err = realtime.On("Zzzzzzzz", print)
        assert.equal("there is no event of that name: 'Zzzzzzzz'; there are ChatMessage, MapChange, NpcKilled, "
            .. "PlayerArrested, PlayerConnect, PlayerDeath, PlayerDisconnect, PlayerHurt, PlayerInitialSpawn, PlayerSalary, "
            .. "PlayerSpawn, PlayerTakeDamage, PlayerWallet, PlayerWanted, RoundEnd, RoundPrepare, RoundStart, ServerShutDown, "
            .. "TeamChange", err.message)
    end)

    it("answers with the module's reason for an event that it refused, until it takes it", function()
        local game = newGame()
        local realtime = game:load()
        game.control.refuse.DefineEvent = { "QUEUE_FULL", "no room" }
        local ok, err = realtime.DefineEvent("Own", "own", FIELDS)
        assert.same({ false, "QUEUE_FULL" }, { ok, err.code })
        for _, call in ipairs({ function() return realtime.Emit("Own", { x = 1 }) end,
            function() return realtime.On("Own", print) end }) do
            ok, err = call()
            assert.same({ false, "QUEUE_FULL" }, { ok, err.code })
        end
        assert.equal(0, game.control.count("PublishEvent"))
        game.control.refuse.DefineEvent = nil
        assert.is_true((realtime.DefineEvent("Own", "own", FIELDS)))
        assert.is_true((realtime.Emit("Own", { x = 1 })))
    end)

    it("lets what was refused stand in nobody's way", function()
        local game = newGame()
        local realtime = game:load()
        game.control.refuse.DefineEvent = { "INVALID_ARGUMENT", "channel" }
        assert.is_false((realtime.DefineEvent("NpcKilled", "npc:\nx", FIELDS)))
        assert.is_false((realtime.DefineEvent("Own", "own", FIELDS)))
        game.control.refuse.DefineEvent = nil
        assert.is_true((realtime.On("NpcKilled", print)))
        assert.is_true((realtime.DefineEvent("Own2", "own", FIELDS)))
        local _, err = realtime.On("Owm", print)
        assert.is_nil(err.message:find("'Own'", 1, true))
    end)

    it("takes no event of the games for data that does not fit", function()
        local game = newGame()
        local realtime = game:load()
        local ok, err = realtime.Emit("PlayerWallet", {})
        assert.same({ false, "VALIDATION_FAILED" }, { ok, err.code })
        assert.is_true((realtime.DefineEvent("PlayerWallet", "wallet", FIELDS)))
        assert.is_true((realtime.Emit("PlayerWallet", { x = 1 })))
        assert.is_true((realtime.On("PlayerHurt", print)))
        realtime = game:load()
        for _, name in ipairs({ "PlayerHurt", "PlayerDeath" }) do
            ok, err = realtime.DefineEvent(name, "mine", FIELDS)
            assert.same({ false, "EVENT_CONFLICT" }, { ok, err.code })
            assert.truthy(err.message:find("; that is a ready-made event, or one of the games that is in use", 1, true))
        end
    end)

    it("brings back one's own events after auto-refresh, as they were", function()
        local game = newGame()
        assert(game:load().DefineEvent("Own", "own", FIELDS))
        local number = game.control.eventNumber("Own")
        local realtime = game:load()
        assert.is_true((realtime.Emit("Own", { x = 1 })))
        assert.equal(number, game.control.last("PublishEvent")[1])
        assert.is_true((realtime.DefineEvent("Own", "own", FIELDS)))
        local ok, err = realtime.DefineEvent("Own", "own", { { name = "x", type = "number" } })
        assert.same({ false, "EVENT_CONFLICT" }, { ok, err.code })
    end)
end)

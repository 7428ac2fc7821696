local newGame = require("support.game")

-- What others rely on: a change here changes what is on the wire.
local EVENTS = {
    NpcKilled = { "npc:killed", "npc", "attacker_name", "weapon" },
    ServerShutDown = { "server:shutdown", "map" },
    PlayerInitialSpawn = { "player:initialspawn", "player_name", "steam_id" },
    PlayerHurt = { "player:hurt", "victim_name", "attacker_name", "health_left", "damage" },
    RoundPrepare = { "round:prepare", "gamemode", "map" },
    PlayerArrested = { "darkrp:arrested", "player_name", "seconds", "actor_name" },
    PlayerWanted = { "darkrp:wanted", "player_name", "actor_name", "reason" },
    PlayerSalary = { "darkrp:salary", "player_name", "amount" },
    PlayerWallet = { "darkrp:wallet", "player_name", "amount", "wallet" },
}
local NPC = { npc = "npc_zombie", attacker_name = "Alice", weapon = "weapon_crowbar" }
local OTHER = { { name = "boss", type = "boolean" } }

describe("the events of the game", function()
    local game, realtime
    before_each(function()
        game = newGame()
        realtime = game:load()
    end)

    it("have these channels and fields, in this order, and no function of their own", function()
        local found = {}
        for name in pairs(EVENTS) do
            assert.is_nil(game.control.eventNumber(name))
            assert(realtime.On(name, print))
            local event = game.control.events[game.control.eventNumber(name)]
            found[name] = { event.channel, unpack(event.fields) }
            assert.is_nil(realtime[name])
        end
        assert.same(EVENTS, found)
    end)

    it("are published by Emit and received by On without having been defined", function()
        assert.is_true((realtime.Emit("NpcKilled", NPC)))
        assert.same({ n = 4, game.control.eventNumber("NpcKilled"), "npc_zombie", "Alice", "weapon_crowbar" },
            game.control.last("PublishEvent"))
        local heard = {}
        assert(realtime.On("PlayerHurt", function(event) heard[#heard + 1] = event.data.health_left end))
        local hurt = { victim_name = "Alice", attacker_name = "world", health_left = 90, damage = 10 }
        assert.is_nil(game.control.deliver("PlayerHurt", hurt)[1])
        assert.same({ 90 }, heard)
        local ok, err = realtime.Emit("NpcKilled", { npc = "npc_zombie" })
        assert.same({ false, "VALIDATION_FAILED" }, { ok, err.code })
    end)

    it("are suggested for a name that there is not", function()
        local _, err = realtime.On("NpcKiled", print)
        assert.equal("there is no event of that name: 'NpcKiled'; did you mean 'NpcKilled'?", err.message)
    end)

    it("give way to the server's own of that name", function()
        assert(realtime.DefineEvent("NpcKilled", "npc:killed", OTHER))
        assert(realtime.On("NpcKilled", print))
        assert.is_true((realtime.Emit("NpcKilled", { boss = true })))
        assert.is_false((realtime.Emit("NpcKilled", NPC)))
    end)

    it("leave their channel to the server's own, and say whose it is", function()
        assert(realtime.DefineEvent("BossKilled", "npc:killed", OTHER))
        for _, call in ipairs({ function() return realtime.On("NpcKilled", print) end,
            function() return realtime.Emit("NpcKilled", NPC) end }) do
            local ok, err = call()
            assert.same({ false, "EVENT_CONFLICT" }, { ok, err.code })
            assert.truthy(err.message:find("the channel 'npc:killed' is that of BossKilled", 1, true))
        end
        assert.is_nil(game.control.eventNumber("NpcKilled"))
        assert.is_true((realtime.Emit("BossKilled", { boss = true })))
    end)

    it("are like any other event once they were used", function()
        assert(realtime.On("NpcKilled", print))
        local ok, err = realtime.DefineEvent("NpcKilled", "npc:killed", OTHER)
        assert.same({ false, "EVENT_CONFLICT" }, { ok, err.code })
        ok, err = realtime.DefineEvent("BossKilled", "npc:killed", OTHER)
        assert.same({ false, "EVENT_CONFLICT" }, { ok, err.code })
        assert.is_true((realtime.DefineEvent("NpcKilled", "npc:killed", {
            { name = "npc", type = "string" }, { name = "attacker_name", type = "string" }, { name = "weapon", type = "string" },
        })))
    end)

    it("are still theirs after auto-refresh", function()
        assert(realtime.On("NpcKilled", print))
        local number = game.control.eventNumber("NpcKilled")
        realtime = game:load()
        local ok, err = realtime.DefineEvent("BossKilled", "npc:killed", OTHER)
        assert.same({ false, "EVENT_CONFLICT" }, { ok, err.code })
        assert.is_true((realtime.Emit("NpcKilled", NPC)))
        assert.equal(number, game.control.last("PublishEvent")[1])
    end)

    it("are tried again when the module refused them", function()
        game.control.refuse.DefineEvent = { "QUEUE_FULL", "no room" }
        local ok, err = realtime.On("NpcKilled", print)
        assert.same({ false, "QUEUE_FULL" }, { ok, err.code })
        ok, err = realtime.Emit("NpcKilled", NPC)
        assert.same({ false, "QUEUE_FULL" }, { ok, err.code })
        game.control.refuse.DefineEvent = nil
        assert.is_true((realtime.Emit("NpcKilled", NPC)))
    end)
end)

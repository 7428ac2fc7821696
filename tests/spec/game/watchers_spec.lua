local gamemode = require("support.gamemode")

describe("each watched hook", function()
    local game, alice, bob, arguments, EXPECTED
    before_each(function()
        local realtime
        realtime, game = gamemode.load({ gamemode = "terrortown" })
        assert(realtime.PublishGameEvents({ ttt = true, darkrp = true }))
        alice, bob = gamemode.player(game, "Alice"), gamemode.player(game, "Bob")
        local npc, crowbar = gamemode.entity("npc_zombie"), gamemode.entity("weapon_crowbar")
        local damage = { GetDamage = function() return 12.5 end, GetAttacker = function() return bob end }
        arguments = {
            player_connect = { { name = "Alice", networkid = "BOT" } },
            player_disconnect = { { name = "Alice", networkid = "BOT", reason = "timed out" } },
            player_say = { { userid = 0, text = "hello" } },
            PlayerInitialSpawn = { alice, false }, PlayerSpawn = { alice, false },
            PlayerDeath = { alice, crowbar, bob }, PlayerSilentDeath = { alice }, PostEntityTakeDamage = { alice, damage, true },
            PlayerHurt = { alice, bob, 87.5, 12.5 },
            OnPlayerChangedTeam = { alice, 1, 2 }, OnNPCKilled = { npc, alice, crowbar }, InitPostEntity = {}, ShutDown = {},
            TTTPrepareRound = {}, TTTBeginRound = {}, TTTEndRound = { 2 },
            playerArrested = { alice, 60, bob }, playerWanted = { alice, bob, "theft" }, playerGetSalary = { alice, 45 },
            playerWalletChanged = { alice, -5, 100 },
        }
        local place = game.env.Vector(1, 2, 3)
        EXPECTED = {
            player_connect = { "PlayerConnect", "Alice", "0" },
            player_disconnect = { "PlayerDisconnect", "Alice", "0", "timed out" },
            player_say = { "ChatMessage", "Console", "hello" }, PlayerSpawn = { "PlayerSpawn", "Alice", 2, place },
            PlayerInitialSpawn = { "PlayerInitialSpawn", "Alice", "76561198000000001" },
            PlayerDeath = { "PlayerDeath", "Alice", "Bob", "weapon_crowbar" },
            PlayerSilentDeath = { "PlayerDeath", "Alice", "world", "world" },
            PostEntityTakeDamage = { "PlayerTakeDamage", "Alice", 12.5, "Bob" },
            PlayerHurt = { "PlayerHurt", "Alice", "Bob", 87.5, 12.5 },
            OnPlayerChangedTeam = { "TeamChange", "Alice", 1, 2 },
            OnNPCKilled = { "NpcKilled", "npc_zombie", "Alice", "weapon_crowbar" },
            InitPostEntity = { "MapChange", "gm_construct" },
            ShutDown = { "ServerShutDown", "gm_construct" }, TTTPrepareRound = { "RoundPrepare", "terrortown", "gm_construct" },
            TTTBeginRound = { "RoundStart", "terrortown", "gm_construct" }, TTTEndRound = { "RoundEnd", "traitors", 1 },
            playerArrested = { "PlayerArrested", "Alice", 60, "Bob" }, playerWanted = { "PlayerWanted", "Alice", "Bob", "theft" },
            playerGetSalary = { "PlayerSalary", "Alice", 45 }, playerWalletChanged = { "PlayerWallet", "Alice", -5, 100 },
        }
    end)

    it("becomes its event, and gives nothing back", function()
        local hooked = {}
        for name, callbacks in pairs(game.hooks) do
            if callbacks[gamemode.ID] then hooked[name] = true end
        end
        for name, expected in pairs(EXPECTED) do
            assert.same(expected, { gamemode.run(game, name, unpack(arguments[name])) }, name)
            hooked[name] = nil
        end
        assert.same({}, hooked)
    end)

    it("tells of damage only when a player took it", function()
        local damage = arguments.PostEntityTakeDamage[2]
        assert.is_nil(gamemode.run(game, "PostEntityTakeDamage", alice, damage, false))
        assert.is_nil(gamemode.run(game, "PostEntityTakeDamage", gamemode.entity("prop_physics"), damage, true))
    end)

    it("names who won a round of TTT", function()
        for result, winner in pairs({ "none", "traitors", "innocents", "innocents", "none" }) do
            local score = winner == "none" and 0 or 1
            assert.same({ "RoundEnd", winner, score }, { gamemode.run(game, "TTTEndRound", result) })
        end
    end)

    it("tells of a hit by nobody as one of the world's", function()
        local function hurt(attacker) return (select(3, gamemode.run(game, "PlayerHurt", alice, attacker, 0, 100))) end
        assert.equal("world", hurt(gamemode.NULL))
        assert.equal("world", hurt(nil))
        assert.equal("npc_zombie", hurt(gamemode.entity("npc_zombie")))
        assert.equal("Alice", hurt(alice))
    end)

    it("keeps a team's chat to the team", function()
        local function say(teamonly) return gamemode.run(game, "player_say", { userid = 0, text = "hi", teamonly = teamonly }) end
        assert.equal("ChatMessage", (say(0)))
        assert.equal("ChatMessage", (say(false)))
        assert.equal("ChatMessage", (say(nil)))
        assert.is_nil(say(1))
        assert.is_nil(say(true))
    end)
end)

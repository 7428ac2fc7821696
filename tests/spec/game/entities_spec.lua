local gamemode = require("support.gamemode")

describe("what took part in an event of the game", function()
    local game
    local function run(...) return select(2, gamemode.run(game, ...)) end
    before_each(function()
        local realtime
        realtime, game = gamemode.load()
        assert(realtime.PublishGameEvents())
    end)

    it("is named: a player by name, a thing by class, nothing as the world", function()
        local alice, bob = gamemode.player(game, "Alice"), gamemode.player(game, "Bob", gamemode.entity("weapon_crowbar"))
        assert.same({ "Alice", "Bob", "weapon_crowbar" }, { run("PlayerDeath", alice, bob, bob) })
        assert.same({ "Alice", "Bob", "npc_grenade" }, { run("PlayerDeath", alice, gamemode.entity("npc_grenade"), bob) })
        assert.same({ "Alice", "trigger_hurt", "trigger_hurt" },
            { run("PlayerDeath", alice, gamemode.entity("trigger_hurt"), gamemode.entity("trigger_hurt")) })
        assert.same({ "Alice", "world", "world" }, { run("PlayerDeath", alice, gamemode.NULL, gamemode.NULL) })
        assert.same({ "Alice", "world", "world" }, { run("PlayerDeath", alice, nil, nil) })
        assert.same({ "Alice", "Alice", "world" }, { run("PlayerDeath", alice, alice, alice) })
    end)

    it("has its team by name, or else by number", function()
        local alice = gamemode.player(game, "Alice")
        assert.same({ "Alice", 1, 2 }, { run("PlayerChangedTeam", alice, 1, 2) })
        game.env.team = { GetName = function(number) return number == 1 and "Red" or "" end }
        assert.same({ "Alice", "Red", 2 }, { run("PlayerChangedTeam", alice, 1, 2) })
    end)

    it("has its SteamID64, a bot a 0", function()
        game.env.util.SteamIDTo64 = function(id) return id == "STEAM_0:1:2" and "76561197960265733" or nil end
        assert.same({ "A", "76561197960265733" }, { run("player_connect", { name = "A", networkid = "STEAM_0:1:2" }) })
        for _, id in ipairs({ "BOT", "", "STEAM_0:1:", "[U:1:5]" }) do
            assert.same({ "A", "0" }, { run("player_connect", { name = "A", networkid = id }) })
        end
    end)

    it("has its SteamID64 as a player, a bot a 0, and whoever has none", function()
        local function initial(player) return { run("PlayerInitialSpawn", player, false) } end
        local alice, bot = gamemode.player(game, "Alice"), gamemode.player(game, "Bot")
        assert.same({ "Alice", "76561198000000001" }, initial(alice))
        bot.IsBot, bot.SteamID64 = function() return true end, function() return "90071996842377216" end
        assert.same({ "Bot", "0" }, initial(bot))
        alice.SteamID64 = function() return nil end
        assert.same({ "Alice", "0" }, initial(alice))
    end)

    it("is the console when that spoke, and unknown when nobody is found", function()
        local alice = gamemode.player(game, "Alice")
        game.env.Player = function(id) return id == 7 and alice or gamemode.NULL end
        assert.same({ "Alice", "hi" }, { run("player_say", { userid = 7, text = "hi" }) })
        assert.same({ "Console", "hi" }, { run("player_say", { userid = 0, text = "hi" }) })
        assert.same({ "unknown", "hi" }, { run("player_say", { userid = 8, text = "hi" }) })
        game.env.Player = nil
        assert.same({ "unknown", "hi" }, { run("player_say", { userid = 7, text = "hi" }) })
    end)
end)

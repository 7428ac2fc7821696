local newGame = require("support.game")
local contract = require("support.contract")

-- The names that gamemodes call: none may go.
local FUNCTIONS = {
    "Config", "GetConfig", "Connect", "ConnectAsync", "Disconnect", "IsConnected", "GetState", "OnStateChange", "Publish",
    "PlayerSpawn", "PlayerDeath", "ChatMessage", "PlayerTakeDamage", "RoundStart", "RoundEnd", "PlayerConnect",
    "PlayerDisconnect", "TeamChange", "MapChange", "DefineEvent",
    "Emit", "PublishGameEvents", "Subscribe", "SubscribePattern", "On", "Unsubscribe",
    "ProcessEvents", "GetStats",
}

describe("the table realtime", function()
    it("has exactly these functions, and its release", function()
        local found, expected = {}, {}
        for name, value in pairs(newGame():load()) do
            if name:sub(1, 1) ~= "_" then found[name] = type(value) end
        end
        for _, name in ipairs(FUNCTIONS) do expected[name] = "function" end
        expected.VERSION = "string"
        assert.same(expected, found)
        assert.equal(contract.version, newGame():load().VERSION)
    end)

    it("is the only global that the bundle makes", function()
        local game = newGame()
        local before = {}
        for name in pairs(game.env) do before[name] = true end
        game:load()
        for name in pairs(game.env) do
            assert.is_true(before[name] or name == "realtime" or name == "realtime_core", name)
        end
    end)
end)

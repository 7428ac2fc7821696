local newGame = require("support.game")

-- What others rely on: a change here changes what is on the wire.
local EVENTS = {
    PlayerSpawn = { "player:spawn", "player_name", "team", "pos" },
    PlayerDeath = { "player:death", "victim_name", "attacker_name", "weapon" },
    ChatMessage = { "chat:message", "player_name", "message" },
    PlayerTakeDamage = { "player:damage", "victim_name", "damage", "attacker_name" },
    RoundStart = { "round:start", "gamemode", "map" },
    RoundEnd = { "round:end", "winner_team", "score" },
    PlayerConnect = { "player:connect", "player_name", "steam_id" },
    PlayerDisconnect = { "player:disconnect", "player_name", "steam_id", "reason" },
    TeamChange = { "player:team", "player_name", "old_team", "new_team" },
    MapChange = { "map:change", "map", "previous_map" },
}

describe("the ready-made events", function()
    it("have these channels and fields, in this order, and each a function", function()
        local game = newGame()
        local realtime = game:load()
        local found = {}
        for _, event in ipairs(game.control.events) do
            found[event.name] = { event.channel, unpack(event.fields) }
            assert.equal("function", type(realtime[event.name]), event.name)
        end
        assert.same(EVENTS, found)
    end)
end)

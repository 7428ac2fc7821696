-- A game with what PublishGameEvents needs of it, and things that its hooks are called with.
local newGame = require("support.game")

local ID = "realtime.PublishGameEvents"
local gamemode = { ID = ID }

-- Gives realtime, the game, and the game events that are listened to.
function gamemode.load(options)
    local game = newGame(options)
    local listened = {}
    game.env.engine = { ActiveGamemode = function() return (options or {}).gamemode or "sandbox" end }
    game.env.game = { GetMap = function() return "gm_construct" end }
    game.env.gameevent = { Listen = function(name) listened[name] = true end }
    game.env.IsValid = function(thing) return thing ~= nil and thing:IsValid() end
    game.env.hook.Remove = function(name, id)
        if game.hooks[name] then game.hooks[name][id] = nil end
    end
    return game:load(), game, listened
end

-- Runs the hook that PublishGameEvents set; gives what it published: the event's name and its values.
function gamemode.run(game, hook, ...)
    local before = game.control.count("PublishEvent")
    assert(select("#", game.hooks[hook][ID](...)) == 0, "a hook gives nothing back")
    assert(#game.errors == 0, game.errors[1])
    if game.control.count("PublishEvent") == before then return nil end
    local args = game.control.last("PublishEvent")
    return game.control.events[args[1]].name, unpack(args, 2, args.n)
end

function gamemode.entity(class, more)
    local entity = { IsValid = function() return true end, IsPlayer = function() return false end,
        GetClass = function() return class end }
    for key, value in pairs(more or {}) do entity[key] = value end
    return entity
end

function gamemode.player(game, name, weapon)
    return gamemode.entity("player", {
        IsPlayer = function() return true end, Nick = function() return name end, Team = function() return 2 end,
        GetPos = function() return game.env.Vector(1, 2, 3) end, GetActiveWeapon = function() return weapon or gamemode.NULL end,
        SteamID64 = function() return "76561198000000001" end, IsBot = function() return false end,
    })
end

-- As the game has it: not nil, but nothing.
gamemode.NULL = { IsValid = function() return false end, IsPlayer = function() return false end,
    GetClass = function() error("Tried to use a NULL entity!") end }

return gamemode

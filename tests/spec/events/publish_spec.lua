local newGame = require("support.game")

-- What is wrong everywhere, and how a message says it.
local WRONG = {
    ["nil"] = "nil", ["true"] = "boolean true", ["{}"] = "table", ["function() end"] = "function", ["newproxy()"] = "userdata",
    ["setmetatable({}, { __index = error, __tostring = error, __eq = error })"] = "table",
}
local SHOWN = {
    ["5"] = "number 5", ["0"] = "number 0", ["76561198000000001"] = "number 7.6561198e+16", ["Vector(1, 2, 3)"] = "Vector",
    ['"3"'] = 'string "3"', ['"12.5"'] = 'string "12.5"', ['"1 2 3"'] = 'string "1 2 3"', ["{ x = 1, y = 2 }"] = "table",
}

-- For each event: good arguments as Lua source, and for each position its name, what the message expects, and what else is wrong.
local EVENTS = {
    PlayerSpawn = {
        channel = "player:spawn",
        { good = '"Alice"', name = "player_name", expects = "string", wrong = { "5", "Vector(1, 2, 3)" } },
        { good = "2", name = "team", expects = "string or number", wrong = { "Vector(1, 2, 3)" } },
        { good = "Vector(1, 2.5, -3)", name = "pos", expects = "Vector", wrong = { "5", '"1 2 3"', "{ x = 1, y = 2 }" } },
    },
    PlayerDeath = {
        channel = "player:death",
        { good = '"Alice"', name = "victim_name", expects = "string", wrong = { "5" } },
        { good = '"Bob"', name = "attacker_name", expects = "string", wrong = { "5" } },
        { good = '"weapon_crowbar"', name = "weapon", expects = "string", wrong = { "5" } },
    },
    ChatMessage = {
        channel = "chat:message",
        { good = '"Alice"', name = "player_name", expects = "string", wrong = { "5" } },
        { good = '""', name = "message", expects = "string", wrong = { "5" } },
    },
    PlayerTakeDamage = {
        channel = "player:damage",
        { good = '"Alice"', name = "victim_name", expects = "string", wrong = { "5" } },
        { good = "12.5", name = "damage", expects = "number", wrong = { '"12.5"' } },
        { good = '"Bob"', name = "attacker_name", expects = "string", wrong = { "5" } },
    },
    RoundStart = {
        channel = "round:start",
        { good = '"terrortown"', name = "gamemode", expects = "string", wrong = { "5" } },
        { good = '"ttt_minecraft"', name = "map", expects = "string", wrong = { "5" } },
    },
    RoundEnd = {
        channel = "round:end",
        { good = '"traitors"', name = "winner_team", expects = "string or number", wrong = {} },
        { good = "0", name = "score", expects = "number", wrong = { '"3"' } },
    },
    PlayerConnect = {
        channel = "player:connect",
        { good = '"Alice"', name = "player_name", expects = "string", wrong = { "5" } },
        { good = '"76561198000000001"', name = "steam_id", expects = "SteamID64 as a string of digits",
            wrong = { "76561198000000001" } },
    },
    PlayerDisconnect = {
        channel = "player:disconnect",
        { good = '"Alice"', name = "player_name", expects = "string", wrong = { "5" } },
        { good = '"0"', name = "steam_id", expects = "SteamID64 as a string of digits", wrong = { "0" } },
        { good = '"Kicked: \\"afk\\""', name = "reason", expects = "string", wrong = { "5" } },
    },
    TeamChange = {
        channel = "player:team",
        { good = '"Alice"', name = "player_name", expects = "string", wrong = { "5" } },
        { good = "1", name = "old_team", expects = "string or number", wrong = {} },
        { good = '"red"', name = "new_team", expects = "string or number", wrong = {} },
    },
    MapChange = {
        channel = "map:change",
        { good = '"gm_construct"', name = "map", expects = "string", wrong = { "5" } },
        { good = '"gm_flatgrass"', name = "previous_map", expects = "string", wrong = { "5" }, optional = true },
    },
}

local function call(name, fields, position, replacement)
    local arguments = {}
    for index, field in ipairs(fields) do
        arguments[index] = index == position and replacement or field.good
    end
    return "return realtime." .. name .. "(" .. table.concat(arguments, ", ") .. ")"
end

for name, fields in pairs(EVENTS) do
    describe("realtime." .. name, function()
        local game
        before_each(function()
            game = newGame()
            game:load()
            game.env.newproxy = newproxy
        end)

        it("is defined in the module with its channel and its fields in order", function()
            local event = game.control.events[game.control.eventNumber(name)]
            assert.equal(fields.channel, event.channel)
            for index, field in ipairs(fields) do assert.equal(field.name, event.fields[index]) end
            assert.equal(#fields, #event.fields)
        end)

        it("hands its values to the module in order and answers true", function()
            local ran, ok = game:try(call(name, fields))
            assert.same({ true, true }, { ran, ok })
            local args = game.control.last("PublishEvent")
            assert.equal(#fields + 1, args.n)
            assert.equal(game.control.eventNumber(name), args[1])
        end)

        it("raises at the caller's line for a wrong type in any position", function()
            for position, field in ipairs(fields) do
                local wrong = {}
                for code, shown in pairs(WRONG) do
                    if not (field.optional and code == "nil") then wrong[code] = shown end
                end
                for _, code in ipairs(field.wrong) do wrong[code] = assert(SHOWN[code], code) end
                for code, shown in pairs(wrong) do
                    local assigned = "local ok = " .. call(name, fields, position, code):sub(#"return " + 1)
                    local ran, message = game:try(assigned)
                    assert.is_false(ran)
                    assert.equal(("gamemode.lua:3: bad argument #%d to '%s' (%s: expected %s, got %s)"):format(
                        position, name, field.name, field.expects, shown), message)
                end
            end
            assert.is_nil(game.control.last("PublishEvent"))
        end)

        it("hands on what the module refuses", function()
            game.control.refuse.PublishEvent = { "NOT_CONNECTED" }
            local _, ok, err = game:try(call(name, fields))
            assert.is_false(ok)
            assert.equal("NOT_CONNECTED", err.code)
        end)
    end)
end

describe("several wrong values", function()
    it("are all named, whichever of them raises", function()
        local game = newGame()
        game:load()
        local _, message = game:try("local ok = realtime.PlayerSpawn(5, {}, { x = 0 / 0, y = 1, z = 1 / 0 })")
        assert.equal("gamemode.lua:3: bad argument #1 to 'PlayerSpawn' (player_name: expected string, got number 5; "
            .. "team: expected string or number, got table; pos.x: expected finite number, got number nan; "
            .. "pos.z: expected finite number, got number inf)", message)
    end)
end)

describe("an optional last value", function()
    it("may be left out", function()
        local game = newGame()
        local realtime = game:load()
        assert.is_true((realtime.MapChange("gm_construct")))
        assert.same({ n = 3, game.control.eventNumber("MapChange"), "gm_construct" }, game.control.last("PublishEvent"))
    end)
end)

describe("an event's values", function()
    local realtime, game
    before_each(function()
        game = newGame()
        realtime = game:load()
    end)

    local function refused(fault, ok, err)
        assert.is_false(ok)
        assert.equal("VALIDATION_FAILED", err.code)
        assert.equal("the data does not fit the event's definition: " .. fault, err.message)
        assert.is_nil(game.control.last("PublishEvent"))
    end

    it("may not be NaN or infinite", function()
        for _, value in ipairs({ 0 / 0, math.huge, -math.huge }) do
            refused("damage: expected finite number, got number " .. tostring(value),
                realtime.PlayerTakeDamage("Alice", value, "Bob"))
            refused("score: expected finite number, got number " .. tostring(value), realtime.RoundEnd("red", value))
            refused("pos.y: expected finite number, got number " .. tostring(value),
                realtime.PlayerSpawn("Alice", 1, game.env.Vector(0, value, 0)))
        end
    end)

    it("are a whole number where a team is meant", function()
        for _, value in ipairs({ 1.5, 0 / 0, math.huge }) do
            refused("team: expected integer or string of at most 256 bytes, got number " .. tostring(value),
                realtime.PlayerSpawn("Alice", value, game.env.Vector()))
        end
        refused("team: expected integer of at most 2^53 - 1 either way or string of at most 256 bytes, got number "
            .. tostring(2 ^ 53), realtime.PlayerSpawn("Alice", 2 ^ 53, game.env.Vector()))
        assert.is_true((realtime.PlayerSpawn("Alice", 2 ^ 53 - 1, game.env.Vector())))
        assert.is_true((realtime.PlayerSpawn("Alice", "red", game.env.Vector())))
    end)

    it("are no longer than the definition allows", function()
        local longest = ("x"):rep(256)
        assert.is_true((realtime.PlayerDeath(longest, longest, longest)))
        game.control.calls = {}
        local fault = 'expected string of at most 256 bytes, got string "' .. ("x"):rep(48) .. '… (257 bytes)"'
        refused("victim_name: " .. fault .. "; weapon: " .. fault,
            realtime.PlayerDeath(longest .. "x", longest, longest .. "x"))
        assert.is_true((realtime.ChatMessage("Alice", ("x"):rep(4096))))
    end)

    it("may be empty and hold any byte", function()
        assert.is_true((realtime.ChatMessage("", "a\0b\255")))
        assert.equal("a\0b\255", game.control.last("PublishEvent")[3])
    end)

    it("may be coordinates in a table instead of a Vector", function()
        assert.is_true((realtime.PlayerSpawn("Alice", 1, { x = 1, y = 2, z = 3 })))
    end)
end)

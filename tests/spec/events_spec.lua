local newGame = require("support.game")

local WRONG = { "nil", "true", "{}", "function() end", "newproxy()" }

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
                for _, list in ipairs({ WRONG, field.wrong }) do
                    for _, wrong in ipairs(list) do
                        local assigned = "local ok = " .. call(name, fields, position, wrong):sub(#"return " + 1)
                        local ran, message = game:try(assigned)
                        assert.is_false(ran)
                        local got = game.env.type(setfenv(loadstring("return " .. wrong), game.env)())
                        assert.equal(("gamemode.lua:3: bad argument #%d to '%s' (%s: %s expected, got %s)"):format(
                            position, name, field.name, field.expects, got), message)
                    end
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
            refused("damage: a finite number expected", realtime.PlayerTakeDamage("Alice", value, "Bob"))
            refused("score: a finite number expected", realtime.RoundEnd("red", value))
            refused("pos: three finite numbers expected", realtime.PlayerSpawn("Alice", 1, game.env.Vector(0, value, 0)))
        end
    end)

    it("are a whole number where a team is meant", function()
        for _, value in ipairs({ 1.5, 0 / 0, math.huge, 2 ^ 53 + 2 }) do
            refused("team: a whole number or at most 256 bytes expected",
                realtime.PlayerSpawn("Alice", value, game.env.Vector()))
        end
        assert.is_true((realtime.PlayerSpawn("Alice", 2 ^ 53, game.env.Vector())))
        assert.is_true((realtime.PlayerSpawn("Alice", "red", game.env.Vector())))
    end)

    it("are no longer than the definition allows", function()
        local longest = ("x"):rep(256)
        assert.is_true((realtime.PlayerDeath(longest, longest, longest)))
        game.control.calls = {}
        refused("victim_name: at most 256 bytes expected; weapon: at most 256 bytes expected",
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

describe("realtime.On", function()
    local game, realtime, seen
    local function collect(event) seen[#seen + 1] = event end
    before_each(function()
        game = newGame()
        realtime = game:load()
        seen = {}
    end)

    it("delivers the event and answers the module with nothing", function()
        assert.is_true((realtime.On("PlayerDeath", collect)))
        local answer = game.control.deliver("PlayerDeath", { victim_name = "A", attacker_name = "B", weapon = "C" })
        assert.is_nil(answer[1])
        assert.equal(1, #seen)
        assert.same({ victim_name = "A", attacker_name = "B", weapon = "C" }, seen[1].data)
        assert.equal("/gmod/test", seen[1].source)
    end)

    it("turns coordinates into a Vector", function()
        realtime.On("PlayerSpawn", collect)
        game.control.deliver("PlayerSpawn", { player_name = "A", team = 1, pos = { x = 1, y = 2, z = 3 } })
        assert.is_true(game.env.isvector(seen[1].data.pos))
        assert.equal(2, seen[1].data.pos.y)
    end)

    it("answers false to what does not fit, and does not deliver it", function()
        realtime.On("PlayerTakeDamage", collect)
        local good = { victim_name = "A", damage = 1, attacker_name = "B" }
        for field in pairs(good) do
            for _, wrong in ipairs({ false, {}, ("x"):rep(257), 0 / 0 }) do
                local data = { victim_name = "A", damage = 1, attacker_name = "B" }
                data[field] = wrong
                assert.same({ n = 1, false }, game.control.deliver("PlayerTakeDamage", data))
            end
            local data = { victim_name = "A", damage = 1, attacker_name = "B" }
            data[field] = nil
            assert.same({ n = 1, false }, game.control.deliver("PlayerTakeDamage", data))
        end
        for _, data in ipairs({ "text", 5, true }) do
            assert.same({ n = 1, false }, game.control.deliver("PlayerTakeDamage", data))
        end
        assert.equal(0, #seen)
        assert.is_nil(game.control.deliver("PlayerTakeDamage", good)[1])
        assert.equal(1, #seen)
    end)

    it("lets fields pass that the definition does not know", function()
        realtime.On("RoundStart", collect)
        game.control.deliver("RoundStart", { gamemode = "a", map = "b", added_later = 1 })
        assert.equal(1, #seen)
    end)

    it("lets the callback's error through to the module, which reports it", function()
        realtime.On("RoundStart", function() error("mine", 0) end)
        local ran, message = pcall(game.control.deliver, "RoundStart", { gamemode = "a", map = "b" })
        assert.same({ false, "mine" }, { ran, message })
    end)

    it("refuses a name that there is not, and says which there are", function()
        local ok, err = realtime.On("PlayerDied", collect)
        assert.is_false(ok)
        assert.equal("UNKNOWN_EVENT", err.code)
        assert.truthy(err.message:find("'PlayerDied'; there are ChatMessage, PlayerDeath", 1, true))
    end)
end)

describe("an event of one's own", function()
    local FIELDS = { { name = "site", type = "string" }, { name = "seconds", type = "number", optional = true } }
    local game, realtime
    before_each(function()
        game = newGame()
        realtime = game:load()
    end)

    it("is defined once and may be defined the same again", function()
        assert.is_true((realtime.DefineEvent("BombPlanted", "bomb:planted", FIELDS)))
        assert.is_true((realtime.DefineEvent("BombPlanted", "bomb:planted", FIELDS)))
        local ok, err = realtime.DefineEvent("BombPlanted", "bomb:planted", { { name = "site", type = "integer" } })
        assert.same({ false, "EVENT_CONFLICT" }, { ok, err.code })
        ok, err = realtime.DefineEvent("PlayerDeath", "player:death", FIELDS)
        assert.same({ false, "EVENT_CONFLICT" }, { ok, err.code })
    end)

    it("is published by Emit, with nil where an optional field is left out", function()
        realtime.DefineEvent("BombPlanted", "bomb:planted", FIELDS)
        assert.is_true((realtime.Emit("BombPlanted", { site = "A" })))
        assert.same({ n = 3, 7, "A" }, game.control.last("PublishEvent"))
        assert.is_true((realtime.Emit("BombPlanted", { site = "A", seconds = 40 })))
        assert.same({ n = 3, 7, "A", 40 }, game.control.last("PublishEvent"))
    end)

    it("is checked by Emit, with every fault named", function()
        realtime.DefineEvent("BombPlanted", "bomb:planted", FIELDS)
        local ok, err = realtime.Emit("BombPlanted", { seconds = "soon", sight = "A" })
        assert.same({ false, "VALIDATION_FAILED" }, { ok, err.code })
        assert.equal("the data does not fit the event's definition: site: string expected, got nil; "
            .. "seconds: number expected, got string; sight: no such field", err.message)
        ok, err = realtime.Emit("NoSuchEvent", {})
        assert.same({ false, "UNKNOWN_EVENT" }, { ok, err.code })
    end)

    it("works for the six as well", function()
        assert.is_true((realtime.Emit("ChatMessage", { player_name = "A", message = "b" })))
        assert.same({ n = 3, game.control.eventNumber("ChatMessage"), "A", "b" }, game.control.last("PublishEvent"))
    end)

    it("is refused when the definition makes no sense, saying where", function()
        local cases = {
            ["fields: at least one expected"] = {},
            ["field 1: table with name and type expected, got string"] = { "site" },
            ["field 2: site is there twice"] = { { name = "site", type = "json" }, { name = "site", type = "json" } },
            ["field 1: name: letters, digits and _ expected"] = { { name = "the site", type = "string" } },
            ["field 1: site: type must be string, number, integer, boolean, team, vector or json"] = {
                { name = "site", type = "text" },
            },
            ["field 1: 'optinal' is no setting of a field; there are name, type, optional, maxBytes"] = {
                { name = "site", type = "string", optinal = true },
            },
            ["field 1: site: optional must be true or false"] = { { name = "site", type = "string", optional = 1 } },
            ["field 1: site: maxBytes must be a whole number above 0"] = { { name = "site", type = "string", maxBytes = 0 } },
        }
        for problem, fields in pairs(cases) do
            local ok, err = realtime.DefineEvent("BombPlanted", "bomb:planted", fields)
            assert.same({ false, "INVALID_ARGUMENT" }, { ok, err.code })
            assert.equal("an argument has the wrong type or value: " .. problem, err.message)
        end
    end)

    it("checks each type of field on both ways", function()
        local cases = {
            integer = { good = { 0, -3, 2 ^ 53 }, bad = { 1.5, "1", 2 ^ 53 + 2 } },
            boolean = { good = { true, false }, bad = { "true", 0 } },
            json = { good = { false, 0, "", {} }, bad = {} },
            vector = { good = { { x = 1, y = 2, z = 3 } }, bad = { {}, 1, { x = "1", y = 2, z = 3 } } },
        }
        for kind, case in pairs(cases) do
            local name = "Test_" .. kind
            assert.is_true((realtime.DefineEvent(name, "test:" .. kind, { { name = "value", type = kind } })))
            assert.is_true((realtime.On(name, function() end)))
            for _, value in ipairs(case.good) do
                assert.is_true((realtime.Emit(name, { value = value })), kind)
                assert.is_nil(game.control.deliver(name, { value = value })[1])
            end
            for _, value in ipairs(case.bad) do
                assert.is_false((realtime.Emit(name, { value = value })), kind)
                assert.is_false(game.control.deliver(name, { value = value })[1])
            end
            assert.is_false((realtime.Emit(name, {})))
        end
    end)
end)

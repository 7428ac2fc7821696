local newGame = require("support.game")

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
        assert.equal("the event is already defined with another shape: 'BombPlanted'; a changed definition counts from the next "
            .. "map on", err.message)
        assert.is_true((realtime.DefineEvent("Note", "note", { { name = "text", type = "string" } })))
        assert.is_true((realtime.DefineEvent("Note", "note", { { name = "text", type = "string", maxBytes = 1024 } })))
        ok, err = realtime.DefineEvent("PlayerDeath", "player:death", FIELDS)
        assert.same({ false, "EVENT_CONFLICT" }, { ok, err.code })
        ok, err = realtime.DefineEvent("BombPlanted", "bomb:elsewhere", FIELDS)
        assert.same({ false, "EVENT_CONFLICT" }, { ok, err.code })
    end)

    it("has a name of 1 to 64 letters, digits and _, no digit first", function()
        for index, name in ipairs({ "a", "_", "A9_", ("n"):rep(64) }) do
            assert.is_true((realtime.DefineEvent(name, "named:" .. index, FIELDS)))
        end
        for _, name in ipairs({ "", "9", "a b", "a-b", "a\0", "\195\169", ("n"):rep(65) }) do
            local ok, err = realtime.DefineEvent(name, "named", FIELDS)
            assert.same({ false, "INVALID_ARGUMENT" }, { ok, err.code })
        end
    end)

    it("is published by Emit, with nil where an optional field is left out", function()
        realtime.DefineEvent("BombPlanted", "bomb:planted", FIELDS)
        assert.is_true((realtime.Emit("BombPlanted", { site = "A" })))
        local number = game.control.eventNumber("BombPlanted")
        assert.same({ n = 3, number, "A" }, game.control.last("PublishEvent"))
        assert.is_true((realtime.Emit("BombPlanted", { site = "A", seconds = 40 })))
        assert.same({ n = 3, number, "A", 40 }, game.control.last("PublishEvent"))
    end)

    it("is checked by Emit, with every fault named", function()
        realtime.DefineEvent("BombPlanted", "bomb:planted", FIELDS)
        local ok, err = realtime.Emit("BombPlanted", { seconds = "soon", sight = "A" })
        assert.same({ false, "VALIDATION_FAILED" }, { ok, err.code })
        assert.equal("the data does not fit the event's definition: site: expected string, got nil; "
            .. 'seconds: expected number, got string "soon"; sight: no such field; there are site, seconds', err.message)
        ok, err = realtime.Emit("NoSuchEvent", {})
        assert.same({ false, "UNKNOWN_EVENT" }, { ok, err.code })
    end)

    it("works for the ready-made ones as well", function()
        assert.is_true((realtime.Emit("ChatMessage", { player_name = "A", message = "b" })))
        assert.same({ n = 3, game.control.eventNumber("ChatMessage"), "A", "b" }, game.control.last("PublishEvent"))
    end)

    it("is refused when the definition makes no sense, saying where", function()
        local function field(more)
            local f = { name = "f", type = "string" }
            for key, value in pairs(more) do f[key] = value end
            return { f }
        end
        local function many(count)
            local list = {}
            for index = 1, count do list[index] = { name = "f" .. index, type = "integer" } end
            return list
        end
        assert.is_true((realtime.DefineEvent("Many", "many", many(128))))
        local deep = { type = "string" }
        for _ = 1, 20 do deep = { type = "array", items = deep } end
        local cases = {
            ["fields: expected a list of at least one field"] = {},
            ["fields: expected a list of at least one field, with the keys 1 to n"]
                = { { name = "site", type = "json" }, nil, { name = "seconds", type = "json" } },
            ["fields: expected at most 128, got 129"] = many(129),
            ["f: values must be a list of at least one string, with the keys 1 to n"]
                = field({ type = "enum", values = { "a", b = "c" } }),
            ["field 1: expected table with name and type, got string"] = { "site" },
            ["site: there twice"] = { { name = "site", type = "json" }, { name = "site", type = "json" } },
            ["field 1: name must be 1 to 64 letters, digits and _"] = { { name = "the site", type = "string" } },
            ["f: no such type; there are string, number, integer, boolean, steamId64, team, vector, enum, array, object, json"]
                = field({ type = "text" }),
            ["f: no such type; did you mean 'string'?"] = field({ type = "sting" }),
            ["f: 'optinal' is no setting of a field of type string; did you mean 'optional'?"] = field({ optinal = true }),
            ["f: 'maxBytes' is no setting of a field of type number; there are name, type, optional"]
                = field({ type = "number", maxBytes = 5 }),
            ["f: optional must be true or false"] = field({ optional = 1 }),
            ["f: maxBytes must be a whole number above 0"] = field({ maxBytes = 0 }),
            ["f: maxItems must be a whole number above 0"] = field({ type = "array", items = { type = "json" }, maxItems = 1.5 }),
            ["f: values must be a list of at least one string"] = field({ type = "enum", values = {} }),
            ["f: values must be different strings"] = field({ type = "enum", values = { "a", "a" } }),
            ["f: items must be a table with a type, got nil"] = field({ type = "array" }),
            ["f[]: no such type; did you mean 'number'?"] = field({ type = "array", items = { type = "nomber" } }),
            ["f[]: 'name' is no setting of a field of type string; there are type, maxBytes"]
                = field({ type = "array", items = { type = "string", name = "x" } }),
            ["f.fields: expected a list of at least one field"] = field({ type = "object" }),
            ["f.x: there twice"] =
                field({ type = "object", fields = { { name = "x", type = "json" }, { name = "x", type = "json" } } }),
            ["f" .. ("[]"):rep(16) .. ": nested deeper than 16 levels"] = field({ type = "array", items = deep }),
        }
        for problem, fields in pairs(cases) do
            local ok, err = realtime.DefineEvent("BombPlanted", "bomb:planted", fields)
            assert.same({ false, "INVALID_ARGUMENT" }, { ok, err.code })
            assert.equal("an argument has the wrong type or value: " .. problem, err.message)
        end
    end)

    it("has a channel of its own", function()
        local ok, err = realtime.DefineEvent("Death", "player:death", FIELDS)
        assert.same({ false, "EVENT_CONFLICT" }, { ok, err.code })
        assert.truthy(err.message:find("the channel 'player:death' is that of PlayerDeath", 1, true))
        ok, err = realtime.DefineEvent("Death", "player.death", FIELDS)
        assert.same({ false, "EVENT_CONFLICT" }, { ok, err.code })
        assert.truthy(err.message:find("the channel 'player.death' is the same type as 'player:death', that of PlayerDeath",
            1, true))
        assert.is_true((realtime.DefineEvent("Longest", ("c"):rep(1024), FIELDS)))
        for _, channel in ipairs({ "", ("c"):rep(1025) }) do
            ok, err = realtime.DefineEvent("Death", channel, FIELDS)
            assert.same({ false, "INVALID_ARGUMENT" }, { ok, err.code })
        end
    end)

    it("is not changed by what happens to the tables that defined it", function()
        local values = { "A", "B" }
        local fields = { { name = "site", type = "enum", values = values } }
        assert.is_true((realtime.DefineEvent("Bomb", "bomb", fields)))
        values[3], fields[1].optional = "C", true
        assert.is_false((realtime.Emit("Bomb", { site = "C" })))
        assert.is_false((realtime.Emit("Bomb", {})))
        assert.is_false((realtime.DefineEvent("Bomb", "bomb", fields)))
        assert.is_true((realtime.DefineEvent("Bomb", "bomb", { { name = "site", type = "enum", values = { "A", "B" } } })))
    end)

    it("runs no metamethod of what it is given", function()
        local trap = { __index = error, __newindex = error, __len = error, __pairs = error, __eq = error, __tostring = error }
        local function trapped(value) return setmetatable(value, trap) end
        assert.is_true((realtime.DefineEvent("Trap", "trap", trapped({
            trapped({ name = "list", type = "array", items = trapped({ type = "string" }) }),
            trapped({ name = "box", type = "object", fields = trapped({
                trapped({ name = "x", type = "integer", optional = true }),
            }) }),
        }))))
        assert.is_true((realtime.Emit("Trap", trapped({ list = trapped({ "a" }), box = trapped({}) }))))
        local ok, err = realtime.Emit("Trap", trapped({ list = trapped({ 1 }), box = trapped({ y = 1 }), [{}] = 1 }))
        assert.same({ false, "VALIDATION_FAILED" }, { ok, err.code })
    end)

    it("checks each type of field on both ways", function()
        local cases = {
            integer = { good = { 0, -3, 2 ^ 53 - 1, 1 - 2 ^ 53 }, bad = { 1.5, "1", 2 ^ 53, -2 ^ 53, 1 / 0, -1 / 0, 0 / 0 } },
            number = { good = { 0, -1.5, 1e300 }, bad = { "1", 1 / 0, -1 / 0, 0 / 0 } },
            boolean = { good = { true, false }, bad = { "true", 0 } },
            json = { good = { false, 0, "", {} }, bad = {} },
            steamId64 = { good = { "76561198000000001", "0" },
                bad = { "", "7656119800000000x", " 1", ("1"):rep(21), 5, "STEAM_0:1:1" } },
            enum = { values = { "A", "" }, good = { "A", "" }, bad = { "B", "a", 1, false } },
            array = { items = { type = "integer" }, maxItems = 3, good = { {}, { 1 }, { 1, 2, 3 } },
                bad = { { 1.5 }, { 1, nil, 3 }, { 1, 2, 3, 4 }, { x = 1 }, { 1, x = 1 }, { [0] = 1 }, { [2] = 1 }, "1" } },
            object = { fields = { { name = "x", type = "integer" }, { name = "y", type = "string", optional = true } },
                good = { { x = 1 }, { x = 1, y = "" } }, bad = { {}, { x = "1" }, { x = 1, y = 1 }, "x" } },
            vector = { good = { { x = 1, y = 2, z = 3 } }, bad = { {}, 1, { x = "1", y = 2, z = 3 } } },
        }
        for kind, case in pairs(cases) do
            local name = "Test_" .. kind
            assert.is_true((realtime.DefineEvent(name, "test:" .. kind, { { name = "value", type = kind, values = case.values,
                items = case.items, maxItems = case.maxItems, fields = case.fields } })))
            assert.is_true((realtime.On(name, function() end)))
            for _, value in ipairs(case.good) do
                assert.is_true((realtime.Emit(name, { value = value })), kind)
                assert.is_nil(game.control.deliver(name, { value = value })[1])
            end
            for _, value in ipairs(case.bad) do
                assert.is_false((realtime.Emit(name, { value = value })), kind)
                assert.equal("string", type(game.control.deliver(name, { value = value })[1]))
            end
            assert.is_false((realtime.Emit(name, {})))
        end
    end)
end)

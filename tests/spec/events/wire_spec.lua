local newGame = require("support.game")

describe("data on its way", function()
    local game, realtime
    before_each(function()
        game = newGame()
        realtime = game:load()
    end)

    it("out has empty arrays as arrays, at any depth, without touching the caller's tables", function()
        assert(realtime.DefineEvent("Lists", "lists", {
            { name = "flat", type = "array", items = { type = "string" } },
            { name = "rows", type = "array", items = { type = "array", items = { type = "number" } } },
            { name = "box", type = "object", fields = {
                { name = "list", type = "array", items = { type = "json" } }, { name = "name", type = "string" },
            } },
        }))
        local data = { flat = {}, rows = { { 1 }, {} }, box = { list = {}, name = "b" } }
        assert.is_true((realtime.Emit("Lists", data)))
        local args = game.control.last("PublishEvent")
        local function isMarked(value) return next(value) == nil and getmetatable(value).__jsontype == "array" end
        assert.is_true(isMarked(args[2]) and isMarked(args[3][2]) and isMarked(args[4].list))
        assert.same({ 1 }, args[3][1])
        assert.equal("b", args[4].name)
        assert.is_nil(getmetatable(data.flat) or getmetatable(data.rows[2]) or getmetatable(data.box.list))
        assert.is_true((realtime.Emit("Lists", { flat = { "a" }, rows = {}, box = { list = { 1 }, name = "" } })))
    end)

    it("in has a Vector for coordinates, at any depth", function()
        local place = { type = "vector" }
        assert(realtime.DefineEvent("Places", "places", {
            { name = "one", type = "vector", optional = true },
            { name = "path", type = "array", items = place },
            { name = "grid", type = "array", items = { type = "array", items = place } },
            { name = "box", type = "object", fields = {
                { name = "corner", type = "vector" }, { name = "name", type = "string" },
            } },
            { name = "rest", type = "json" },
        }))
        local seen
        assert(realtime.On("Places", function(event) seen = event.data end))
        local function at(x) return { x = x, y = 0, z = 0 } end
        game.control.deliver("Places",
            { path = { at(1), at(2) }, grid = { {}, { at(3) } }, box = { corner = at(4), name = "b" }, rest = at(5) })
        local isvector = game.env.isvector
        assert.is_nil(seen.one)
        for _, found in ipairs({ seen.path[1], seen.path[2], seen.grid[2][1], seen.box.corner }) do
            assert.is_true(isvector(found))
        end
        assert.same({ 2, 3, 4 }, { seen.path[2].x, seen.grid[2][1].x, seen.box.corner.x })
        assert.same({ {}, "b" }, { seen.grid[1], seen.box.name })
        -- Only what the definition calls a vector is one.
        assert.is_false(isvector(seen.rest))
    end)
end)

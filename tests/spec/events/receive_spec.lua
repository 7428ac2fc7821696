local newGame = require("support.game")

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
        assert.is_true(seen[1].isOwn)
    end)

    it("turns coordinates into a Vector", function()
        realtime.On("PlayerSpawn", collect)
        game.control.deliver("PlayerSpawn", { player_name = "A", team = 1, pos = { x = 1, y = 2, z = 3 } })
        assert.is_true(game.env.isvector(seen[1].data.pos))
        assert.equal(2, seen[1].data.pos.y)
    end)

    it("answers what does not fit, all of it with its path, and does not deliver it", function()
        realtime.On("PlayerTakeDamage", collect)
        local good = { victim_name = "A", damage = 1, attacker_name = "B" }
        for field in pairs(good) do
            for _, wrong in ipairs({ false, {}, ("x"):rep(257), 0 / 0 }) do
                local data = { victim_name = "A", damage = 1, attacker_name = "B" }
                data[field] = wrong
                local answer = game.control.deliver("PlayerTakeDamage", data)
                assert.equal(1, answer.n)
                assert.truthy(answer[1]:find("^" .. field .. ": expected "))
            end
        end
        assert.same({ n = 1, "victim_name: expected string, got nil; damage: expected number, got string \"3\"; "
            .. "attacker_name: expected string, got nil" }, game.control.deliver("PlayerTakeDamage", { damage = "3" }))
        for _, data in ipairs({ "text", 5, true }) do
            assert.same({ n = 1, "data: expected table" }, game.control.deliver("PlayerTakeDamage", data))
        end
        assert.equal(0, #seen)
        assert.is_nil(game.control.deliver("PlayerTakeDamage", good)[1])
        assert.equal(1, #seen)
    end)

    it("turns coordinates in arrays and tables into Vectors as well", function()
        assert(realtime.DefineEvent("Path", "path", {
            { name = "places", type = "array", items = { type = "vector" } },
            { name = "box", type = "object", fields = {
                { name = "least", type = "vector" }, { name = "most", type = "vector", optional = true },
            } },
        }))
        realtime.On("Path", collect)
        local function place() return { x = 1, y = 2, z = 3 } end
        assert.is_nil(game.control.deliver("Path", { places = { place(), place() }, box = { least = place() } })[1])
        local data = seen[1].data
        assert.is_true(game.env.isvector(data.places[2]) and game.env.isvector(data.box.least))
        assert.is_nil(data.box.most)
        assert.same({ n = 1, "places[2]: expected Vector, got table; box: expected table, got nil" },
            game.control.deliver("Path", { places = { place(), { x = 1 } } }))
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
        local ok, err = realtime.On("PlayerDeth", collect)
        assert.is_false(ok)
        assert.equal("UNKNOWN_EVENT", err.code)
        assert.truthy(err.message:find("'PlayerDeth'; did you mean 'PlayerDeath'?", 1, true))
    end)
end)

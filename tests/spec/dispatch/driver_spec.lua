local newGame = require("support.game")

local ID = "realtime.ProcessEvents"

describe("the frame driver", function()
    local game
    before_each(function()
        game = newGame()
        game:load()
        game.control.calls = {}
    end)
    local function drained() return game.control.count("ProcessEvents") end

    it("drains once a frame, whichever of hook and timer comes first", function()
        for _, order in ipairs({ { "timers", "hooks" }, { "hooks", "timers" } }) do
            game.control.calls = {}
            for frame = 1, 10 do
                game:frame(order)
                assert.equal(frame, drained())
            end
        end
    end)

    it("drains by the timer alone while the server hibernates, and once a frame again after it", function()
        for _, order in ipairs({ { "timers", "hooks" }, { "hooks", "timers" } }) do
            game:frame(order)
            game.control.calls = {}
            for _ = 1, 10 do game:frame({ "timers" }) end
            assert.is_true(drained() >= 9)
            game.control.calls = {}
            for _ = 1, 10 do game:frame(order) end
            assert.is_true(drained() >= 9 and drained() <= 10)
        end
    end)

    it("brings back what another addon removed", function()
        game.timers[ID] = nil
        game:frame()
        assert.is_function(game.timers[ID])
        game.hooks.Think[ID] = nil
        game:frame()
        assert.is_function(game.hooks.Think[ID])
        game.hooks.Think = nil
        game:frame()
        assert.is_function(game.hooks.Think[ID])
        game.control.calls = {}
        for _ = 1, 5 do game:frame() end
        assert.equal(5, drained())
    end)

    it("returns nothing to hooks and timers", function()
        for _ = 1, 4 do assert.equal(0, game:frame()) end
    end)

    it("never raises, and reports the same error once", function()
        game.control.raise = "boom"
        for _ = 1, 10 do assert.equal(0, game:frame()) end
        assert.same({ "[realtime] [Error] boom" }, game.errors)
        game.control.raise = "bang"
        game:frame()
        assert.equal(2, #game.errors)
    end)
end)

describe("running the bundle again in the same state", function()
    local function count(list)
        local n = 0
        for _ in pairs(list) do n = n + 1 end
        return n
    end

    it("keeps the table, the subscriptions, the configuration and the connection", function()
        local game = newGame()
        local first = game:load()
        local states = {}
        assert(first.Config("h", 1))
        assert(first.Connect())
        local _, handle = first.Subscribe("c", print)
        first.OnStateChange(function(state) states[#states + 1] = state end)
        first.DefineEvent("Mine", "mine", { { name = "f", type = "json" } })
        local publish = first.PlayerDeath
        local second = game:load()
        assert.equal(first, second)
        assert.not_equal(publish, second.PlayerDeath)
        assert.equal(0, game.control.count("Disconnect"))
        assert.is_true(second.IsConnected())
        assert.equal(1, count(game.control.subscriptions))
        game.control.change(3, 2)
        assert.same({ "reconnecting" }, states)
        assert.is_true((second.Emit("Mine", { f = 1 })))
        local _, config = second.GetConfig()
        assert.equal("h:1", config.address)
        assert.same({ true, 1 }, { second.Unsubscribe(handle) })
        assert.is_true(publish("a", "b", "c"))
        assert.equal(11, #game.control.events)
    end)

    it("has one hook and one timer, and one drain a frame", function()
        local game = newGame()
        game:load()
        game:load()
        game:load()
        assert.equal(1, count(game.hooks.Think))
        assert.equal(1, count(game.timers))
        game.control.calls = {}
        game:frame()
        assert.equal(1, game.control.count("ProcessEvents"))
    end)
end)

describe("autorun", function()
    it("connects without waiting when a server is configured", function()
        local game = newGame({ environment = { REDIS_HOST = "h" } })
        game:autorun()
        assert.equal(1, game.control.count("Connect"))
        assert.equal(0, game.control.count("WaitForConnect"))
        assert.same({}, game.printed)
        game:autorun()
        assert.equal(1, game.control.count("Connect"))
    end)

    it("says in one line how to configure when none is", function()
        local game = newGame()
        game:autorun()
        assert.equal(0, game.control.count("Connect"))
        assert.equal(1, #game.printed)
        assert.truthy(game.printed[1]:find("realtime.env.example", 1, true))
    end)

    it("says in one line what is wrong", function()
        local game = newGame({ environment = { REDIS_PORT = "x" } })
        game:autorun()
        assert.equal(1, #game.printed)
        assert.truthy(game.printed[1]:find("REDIS_PORT in the environment", 1, true))
        game = newGame({ environment = { REDIS_HOST = "h" } })
        game:load()
        game.control.refuse.Configure = { "UNKNOWN_BACKEND", "there are memory" }
        game:autorun()
        assert.equal(1, #game.printed)
        assert.truthy(game.printed[1]:find("there is no such backend: there are memory", 1, true))
    end)

    it("adds nothing to the line about a missing binary", function()
        for _, dotEnv in ipairs({ "REDIS_HOST=h", "" }) do
            local game = newGame({ binary = "missing", dotEnv = dotEnv })
            game:autorun()
            assert.equal(1, #game.printed)
        end
    end)
end)

local newGame = require("support.game")
local contract = require("support.contract")

local function nothing() end

describe("Publish", function()
    local game, realtime
    before_each(function()
        game = newGame()
        realtime = game:load()
    end)

    it("hands bytes to the module, without a callback when there is none", function()
        assert.is_true((realtime.Publish("c", "a\0b")))
        assert.same({ n = 2, "c", "a\0b" }, game.control.last("Publish"))
    end)

    it("answers the callback with the receivers or an error", function()
        local answers = {}
        local function callback(ok, value) answers[#answers + 1] = { ok, value } end
        realtime.Publish("c", "m", callback)
        realtime.Publish("c", "m", callback)
        game.control.publishAnswers[1](true, 4)
        game.control.publishAnswers[2](false, contract.number.FATE_UNKNOWN, "x")
        assert.same({ true, 4 }, answers[1])
        assert.is_false(answers[2][1])
        assert.equal("FATE_UNKNOWN", answers[2][2].code)
    end)

    it("answers false at once when the module refuses, with or without callback", function()
        game.control.refuse.Publish = { "PAYLOAD_TOO_LARGE" }
        for _, callback in pairs({ nothing, false }) do
            local ok, err = realtime.Publish("c", "m", callback or nil)
            assert.same({ false, "PAYLOAD_TOO_LARGE" }, { ok, err.code })
        end
    end)
end)

describe("a raw subscription", function()
    it("hands the caller's own function to the module", function()
        local game = newGame()
        local realtime = game:load()
        local ok, channel = realtime.Subscribe("c", nothing)
        assert.is_true(ok)
        assert.same({ n = 3, 0, "c", nothing }, game.control.last("Subscribe"))
        local _, pattern = realtime.SubscribePattern("p:*", nothing)
        assert.same({ n = 3, 1, "p:*", nothing }, game.control.last("Subscribe"))
        assert.same({ "channel", "c", "pattern", "p:*" }, { channel.kind, channel.name, pattern.kind, pattern.name })
    end)

    it("answers false when the module refuses", function()
        local game = newGame()
        local realtime = game:load()
        game.control.refuse.Subscribe = { "INVALID_ARGUMENT", "channel must not be empty" }
        local ok, err = realtime.Subscribe("", nothing)
        assert.same({ false, "INVALID_ARGUMENT" }, { ok, err.code })
        game.control.refuse.SubscribeEvent = { "SHUTTING_DOWN" }
        ok, err = realtime.On("PlayerDeath", nothing)
        assert.same({ false, "SHUTTING_DOWN" }, { ok, err.code })
    end)
end)

describe("Unsubscribe", function()
    local game, realtime
    local function live()
        local count = 0
        for _ in pairs(game.control.subscriptions) do count = count + 1 end
        return count
    end
    before_each(function()
        game = newGame()
        realtime = game:load()
    end)

    it("ends the subscription of a handle, once", function()
        for _, subscribe in ipairs({
            function() return realtime.Subscribe("c", nothing) end,
            function() return realtime.SubscribePattern("c*", nothing) end,
            function() return realtime.On("PlayerDeath", nothing) end,
            function() return realtime.OnStateChange(nothing) end,
        }) do
            local _, handle = subscribe()
            local ok, count = realtime.Unsubscribe(handle)
            assert.same({ true, 1 }, { ok, count })
            assert.equal(0, live())
            local err
            ok, err = realtime.Unsubscribe(handle)
            assert.same({ false, "UNKNOWN_SUBSCRIPTION" }, { ok, err.code })
        end
    end)

    it("ends all of a name, or those of one callback", function()
        local function other() end
        realtime.Subscribe("c", nothing)
        realtime.Subscribe("c", other)
        realtime.Subscribe("c", other)
        realtime.Subscribe("d", other)
        assert.same({ true, 2 }, { realtime.Unsubscribe("c", other) })
        assert.equal(2, live())
        assert.same({ true, 1 }, { realtime.Unsubscribe("c") })
        assert.equal(1, live())
        local ok, err = realtime.Unsubscribe("c")
        assert.same({ false, "UNKNOWN_SUBSCRIPTION" }, { ok, err.code })
        realtime.On("PlayerDeath", other)
        assert.same({ true, 1 }, { realtime.Unsubscribe("PlayerDeath", other) })
    end)

    it("refuses what is no handle", function()
        local ok, err = realtime.Unsubscribe({})
        assert.same({ false, "UNKNOWN_SUBSCRIPTION" }, { ok, err.code })
        assert(realtime.Subscribe("c", nothing))
        local trap = { __index = function() error("a metamethod ran") end, __eq = function() return true end }
        for _, stranger in ipairs({ { kind = "channel", name = "c", number = 1 }, setmetatable({ number = 1 }, trap) }) do
            ok, err = realtime.Unsubscribe(stranger)
            assert.same({ false, "UNKNOWN_SUBSCRIPTION" }, { ok, err.code })
        end
        assert.equal(1, live())
    end)
end)

describe("ProcessEvents and GetStats", function()
    it("are the module's", function()
        local game = newGame()
        local realtime = game:load()
        assert.equal(3, realtime.ProcessEvents(10, 0))
        assert.same({ n = 2, 10, 0 }, game.control.last("ProcessEvents"))
        for _, bounds in ipairs({ { 0, 0 }, { 2 ^ 53, 3600000 } }) do
            assert.equal(3, realtime.ProcessEvents(bounds[1], bounds[2]))
            assert.same({ n = 2, bounds[1], bounds[2] }, game.control.last("ProcessEvents"))
        end
        local stats = realtime.GetStats()
        for index, stat in ipairs(contract.stats) do assert.equal(index, stats[stat.name]) end
    end)

    it("count what was refused before the module saw it, over a refresh as well", function()
        local game = newGame()
        local realtime = game:load()
        local ofModule = realtime.GetStats().refused
        realtime.ChatMessage(("x"):rep(257), "m")
        realtime.RoundEnd("red", 0 / 0)
        realtime.PlayerSpawn("Alice", 1.5, game.env.Vector())
        realtime.Emit("ChatMessage", {})
        realtime.Emit("ChatMesage", {})
        game.control.refuse.PublishEvent = { "QUEUE_FULL" }
        assert.is_false((realtime.ChatMessage("Alice", "m")))
        assert.equal(ofModule + 5, realtime.GetStats().refused)
        assert.equal(ofModule + 5, game:load().GetStats().refused)
    end)
end)

local contract = require("support.contract")
local newGame = require("support.game")

describe("without the binary module", function()
    local game, realtime
    before_each(function()
        game = newGame({ binary = "missing" })
        realtime = game:load()
    end)

    it("everything that can be refused is, with one and the same reason", function()
        local function nothing() end
        for name, call in pairs({
            Config = function() return realtime.Config("h", 1) end,
            GetConfig = function() return realtime.GetConfig() end,
            Connect = function() return realtime.Connect() end,
            ConnectAsync = function() return realtime.ConnectAsync(nothing) end,
            Disconnect = function() return realtime.Disconnect(1) end,
            OnStateChange = function() return realtime.OnStateChange(nothing) end,
            Publish = function() return realtime.Publish("c", "m", nothing) end,
            ChatMessage = function() return realtime.ChatMessage("a", "b") end,
            PlayerDeath = function() return realtime.PlayerDeath("a", "b", "c") end,
            Emit = function() return realtime.Emit("ChatMessage", { player_name = "a", message = "b" }) end,
            DefineEvent = function() return realtime.DefineEvent("A", "a", { { name = "x", type = "json" } }) end,
            Subscribe = function() return realtime.Subscribe("c", nothing) end,
            SubscribePattern = function() return realtime.SubscribePattern("c*", nothing) end,
            On = function() return realtime.On("ChatMessage", nothing) end,
            PublishGameEvents = function() return realtime.PublishGameEvents() end,
        }) do
            local ok, err = call()
            assert.same({ false, "BINARY_MISSING" }, { ok, err.code }, name)
            assert.truthy(err.message:find("gmsv_realtime_core_linux64.dll", 1, true), name)
        end
        assert.equal(1, #game.printed)
    end)

    it("what tells something tells that there is nothing", function()
        assert.same({ false, "disconnected", 0 }, { realtime.IsConnected(), realtime.GetState(), realtime.ProcessEvents() })
        local stats = realtime.GetStats()
        for _, stat in ipairs(contract.stats) do assert.equal(0, stats[stat.name], stat.name) end
    end)

    it("counts what it refuses to publish", function()
        realtime.Publish("c", "m")
        realtime.ChatMessage("a", "b")
        realtime.Emit("ChatMessage", { player_name = "a", message = "b" })
        assert.equal(3, realtime.GetStats().refused)
        assert.equal(0, realtime.GetStats().sent)
    end)

    it("frames go on, and give nothing back", function()
        assert.equal(0, game:frame())
        assert.same({}, game.errors)
    end)
end)

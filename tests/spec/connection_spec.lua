local newGame = require("support.game")
local contract = require("support.contract")

describe("the connection", function()
    local game, realtime
    before_each(function()
        game = newGame()
        realtime = game:load()
    end)

    it("is configured, started and waited for by Connect", function()
        assert.is_true((realtime.Connect("redis.example.com", 6380, "secret", 2)))
        local options = game.control.last("Configure")[1]
        assert.same({ "redis", "redis.example.com", 6380, "secret", 2 },
            { options.backend, options.host, options.port, options.password, options.timeout })
        assert.equal(1, game.control.count("WaitForConnect"))
        assert.is_true(realtime.IsConnected())
        assert.equal("connected", realtime.GetState())
    end)

    it("tells of each step that fails", function()
        for _, step in ipairs({ "Configure", "Connect", "WaitForConnect" }) do
            game.control.refuse = { [step] = { "CONNECT_FAILED", step } }
            local ok, err = realtime.Connect()
            assert.is_false(ok)
            assert.equal("the server cannot be reached: " .. step, err.message)
        end
        game.control.refuse = {}
        local ok, err = realtime.Connect("host", 0)
        assert.same({ false, "INVALID_CONFIG" }, { ok, err.code })
    end)

    it("does not wait in ConnectAsync, and answers its callback", function()
        local answers = {}
        local function callback(...) answers[#answers + 1] = { ... } end
        assert.is_true((realtime.ConnectAsync(callback)))
        assert.equal(0, game.control.count("WaitForConnect"))
        game.control.connectAnswer(true)
        game.control.connectAnswer(false, contract.number.AUTH_FAILED, "")
        assert.same({ true }, answers[1])
        assert.is_false(answers[2][1])
        assert.equal("AUTH_FAILED", answers[2][2].code)
        assert.is_true((realtime.ConnectAsync()))
        assert.is_nil(game.control.last("Connect")[1])
        game.control.refuse.Connect = { "ALREADY_CONNECTED" }
        local ok, err = realtime.ConnectAsync(callback)
        assert.same({ false, "ALREADY_CONNECTED" }, { ok, err.code })
        assert.equal(2, #answers)
    end)

    it("ends by Disconnect, with a time to flush", function()
        assert.is_true((realtime.Disconnect(1.5)))
        assert.equal(1.5, game.control.last("Disconnect")[1])
        for _, seconds in ipairs({ 0, 300 }) do
            assert.is_true((realtime.Disconnect(seconds)))
            assert.equal(seconds, game.control.last("Disconnect")[1])
        end
        for _, seconds in ipairs({ -0.5, 300.5, 1 / 0, -1 / 0, 0 / 0 }) do
            local ok, err = realtime.Disconnect(seconds)
            assert.same({ false, "INVALID_ARGUMENT" }, { ok, err.code })
        end
        game.control.refuse.Disconnect = { "NOT_CONNECTED" }
        local ok, err = realtime.Disconnect()
        assert.same({ false, "NOT_CONNECTED" }, { ok, err.code })
    end)

    it("names every state", function()
        for number, name in ipairs(contract.states) do
            game.control.state = number - 1
            assert.equal(name, realtime.GetState())
            assert.equal(name == "connected", realtime.IsConnected())
        end
    end)

    it("tells a listener of no change from before it was there", function()
        local seen = {}
        game.control.change(1, 0)
        realtime.OnStateChange(function(new) seen[#seen + 1] = new end)
        game.control.change(1, 0, 0)
        assert.same({}, seen)
        game.control.change(2, 1)
        assert.same({ "connected" }, seen)
    end)

    it("calls no listener that another one has just ended (finding 5)", function()
        local handles, calls = {}, 0
        for i = 1, 2 do
            local _, handle = realtime.OnStateChange(function()
                calls = calls + 1
                realtime.Unsubscribe(handles[3 - i])
            end)
            handles[i] = handle
        end
        game.control.change(2, 1)
        assert.equal(1, calls)
    end)

    it("tells every listener of a change, whatever another one does", function()
        local seen = {}
        realtime.OnStateChange(function() error("mine", 0) end)
        local _, handle = realtime.OnStateChange(function(new, old) seen[#seen + 1] = old .. ">" .. new end)
        realtime.OnStateChange(function() realtime.OnStateChange(function() end) end)
        game.control.change(2, 1)
        assert.same({ "connecting>connected" }, seen)
        assert.same({ "[realtime] [Error] mine" }, game.errors)
        realtime.Unsubscribe(handle)
        game.control.change(3, 2)
        assert.equal(1, #seen)
    end)
end)

describe("what the module says", function()
    it("is printed with the prefix of its level", function()
        local game = newGame()
        game:load()
        local log = game.control.handlers.onLog
        log(1, "[Redis] connected to 127.0.0.1:6379")
        log(2, "[Redis] lost")
        log(3, "[Redis] refused")
        assert.same({
            "[realtime] [Redis] connected to 127.0.0.1:6379", "[realtime] [Warn] [Redis] lost",
            "[realtime] [Error] [Redis] refused",
        }, game.printed)
    end)

    it("about a callback's error goes to the engine, with a stack where it can", function()
        for _, old in ipairs({ false, true }) do
            local game = newGame({ old = old })
            game:load()
            game.control.handlers.onError("gamemode.lua:3: mine")
            game.control.handlers.onError({})
            assert.truthy(game.errors[1]:find("[realtime] [Error] gamemode.lua:3: mine", 1, true))
            assert.equal(2, #game.errors)
        end
    end)
end)

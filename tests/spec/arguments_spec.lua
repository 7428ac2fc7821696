local newGame = require("support.game")

-- What raises, and with which message; each must name the caller's file and line.
local CASES = {
    { "realtime.Publish()", "#1 to 'Publish' (channel: string expected, got nil)" },
    { "realtime.Publish(5, 'm')", "#1 to 'Publish' (channel: string expected, got number)" },
    { "realtime.Publish('c')", "#2 to 'Publish' (message: string expected, got nil)" },
    { "realtime.Publish('c', 5)", "#2 to 'Publish' (message: string expected, got number)" },
    { "realtime.Publish('c', 'm', 'f')", "#3 to 'Publish' (callback: function expected, got string)" },
    { "realtime.Publish('c', 'm', false)", "#3 to 'Publish' (callback: function expected, got boolean)" },
    { "realtime.Subscribe()", "#1 to 'Subscribe' (channel: string expected, got nil)" },
    { "realtime.Subscribe('c')", "#2 to 'Subscribe' (callback: function expected, got nil)" },
    { "realtime.SubscribePattern({})", "#1 to 'SubscribePattern' (pattern: string expected, got table)" },
    { "realtime.SubscribePattern('p', {})", "#2 to 'SubscribePattern' (callback: function expected, got table)" },
    { "realtime.On(5)", "#1 to 'On' (name: string expected, got number)" },
    { "realtime.On('PlayerDeath')", "#2 to 'On' (callback: function expected, got nil)" },
    { "realtime.Unsubscribe()", "#1 to 'Unsubscribe' (subscription: handle or channel name expected, got nil)" },
    { "realtime.Unsubscribe(5)", "#1 to 'Unsubscribe' (subscription: handle or channel name expected, got number)" },
    { "realtime.Unsubscribe('c', 5)", "#2 to 'Unsubscribe' (callback: function expected, got number)" },
    { "realtime.ConnectAsync(5)", "#1 to 'ConnectAsync' (callback: function expected, got number)" },
    { "realtime.Disconnect('1')", "#1 to 'Disconnect' (flushSeconds: number expected, got string)" },
    { "realtime.OnStateChange()", "#1 to 'OnStateChange' (callback: function expected, got nil)" },
    { "realtime.ProcessEvents('1')", "#1 to 'ProcessEvents' (maxEvents: number expected, got string)" },
    { "realtime.ProcessEvents(1, {})", "#2 to 'ProcessEvents' (maxMilliseconds: number expected, got table)" },
    { "realtime.DefineEvent()", "#1 to 'DefineEvent' (name: string expected, got nil)" },
    { "realtime.DefineEvent('N', 5)", "#2 to 'DefineEvent' (channel: string expected, got number)" },
    { "realtime.DefineEvent('N', 'c', 5)", "#3 to 'DefineEvent' (fields: table expected, got number)" },
    { "realtime.Emit()", "#1 to 'Emit' (name: string expected, got nil)" },
    { "realtime.Emit('N', 5)", "#2 to 'Emit' (data: table expected, got number)" },
    { "realtime.PlayerDeath('a', 'b')", "#3 to 'PlayerDeath' (weapon: string expected, got nil)" },
}

describe("a wrong argument type", function()
    for _, case in ipairs(CASES) do
        it("raises at the caller's line: " .. case[1], function()
            local game = newGame()
            game:load()
            game.control.calls = {}
            local ran, message = game:try(case[1])
            assert.is_false(ran)
            assert.equal("gamemode.lua:3: bad argument " .. case[2], message)
            assert.equal(0, #game.control.calls)
        end)
    end

    it("raises just so when the binary module is missing", function()
        for _, case in ipairs(CASES) do
            local game = newGame({ binary = "missing" })
            game:load()
            local ran, message = game:try(case[1])
            assert.is_false(ran)
            assert.equal("gamemode.lua:3: bad argument " .. case[2], message)
        end
    end)
end)

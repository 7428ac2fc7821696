local newGame = require("support.game")

-- What raises, and with which message; each must name the caller's file and line.
local CASES = {
    { "realtime.Publish()", "#1 to 'Publish' (channel: expected string, got nil)" },
    { "realtime.Publish(5, 'm')", "#1 to 'Publish' (channel: expected string, got number)" },
    { "realtime.Publish('c')", "#2 to 'Publish' (message: expected string, got nil)" },
    { "realtime.Publish('c', 5)", "#2 to 'Publish' (message: expected string, got number)" },
    { "realtime.Publish('c', 'm', 'f')", "#3 to 'Publish' (callback: expected function, got string)" },
    { "realtime.Publish('c', 'm', false)", "#3 to 'Publish' (callback: expected function, got boolean)" },
    { "realtime.Subscribe()", "#1 to 'Subscribe' (channel: expected string, got nil)" },
    { "realtime.Subscribe(5, print)", "#1 to 'Subscribe' (channel: expected string, got number)" },
    { "realtime.Subscribe('c')", "#2 to 'Subscribe' (callback: expected function, got nil)" },
    { "realtime.Subscribe('c', true)", "#2 to 'Subscribe' (callback: expected function, got boolean)" },
    { "realtime.SubscribePattern({})", "#1 to 'SubscribePattern' (pattern: expected string, got table)" },
    { "realtime.SubscribePattern(5, print)", "#1 to 'SubscribePattern' (pattern: expected string, got number)" },
    { "realtime.SubscribePattern('p', {})", "#2 to 'SubscribePattern' (callback: expected function, got table)" },
    { "realtime.On(5)", "#1 to 'On' (name: expected string, got number)" },
    { "realtime.On('PlayerDeath')", "#2 to 'On' (callback: expected function, got nil)" },
    { "realtime.On('PlayerDeath', 'f')", "#2 to 'On' (callback: expected function, got string)" },
    { "realtime.Unsubscribe()", "#1 to 'Unsubscribe' (subscription: expected handle or channel name, got nil)" },
    { "realtime.Unsubscribe(5)", "#1 to 'Unsubscribe' (subscription: expected handle or channel name, got number)" },
    { "realtime.Unsubscribe('c', 5)", "#2 to 'Unsubscribe' (callback: expected function, got number)" },
    { "realtime.ConnectAsync(5)", "#1 to 'ConnectAsync' (callback: expected function, got number)" },
    { "realtime.Disconnect('1')", "#1 to 'Disconnect' (flushSeconds: expected number, got string)" },
    { "realtime.OnStateChange()", "#1 to 'OnStateChange' (callback: expected function, got nil)" },
    { "realtime.OnStateChange('f')", "#1 to 'OnStateChange' (callback: expected function, got string)" },
    { "realtime.ProcessEvents('1')", "#1 to 'ProcessEvents' (maxEvents: expected number from 0 to 2^53, got string)" },
    { "realtime.ProcessEvents(1, {})", "#2 to 'ProcessEvents' (maxMilliseconds: expected number from 0 to 3600000, got table)" },
    { "realtime.ProcessEvents(-1)", "#1 to 'ProcessEvents' (maxEvents: expected number from 0 to 2^53, got number)" },
    { "realtime.ProcessEvents(2 ^ 53 + 2)", "#1 to 'ProcessEvents' (maxEvents: expected number from 0 to 2^53, got number)" },
    { "realtime.ProcessEvents(0, 3600000.5)",
        "#2 to 'ProcessEvents' (maxMilliseconds: expected number from 0 to 3600000, got number)" },
    { "realtime.ProcessEvents(0, 0 / 0)",
        "#2 to 'ProcessEvents' (maxMilliseconds: expected number from 0 to 3600000, got number)" },
    { "realtime.DefineEvent()", "#1 to 'DefineEvent' (name: expected string, got nil)" },
    { "realtime.DefineEvent(5, 'c', {})", "#1 to 'DefineEvent' (name: expected string, got number)" },
    { "realtime.DefineEvent('N', 5)", "#2 to 'DefineEvent' (channel: expected string, got number)" },
    { "realtime.DefineEvent('N', 'c', 5)", "#3 to 'DefineEvent' (fields: expected table, got number)" },
    { "realtime.Emit()", "#1 to 'Emit' (name: expected string, got nil)" },
    { "realtime.Emit(5, {})", "#1 to 'Emit' (name: expected string, got number)" },
    { "realtime.Emit('N', 5)", "#2 to 'Emit' (data: expected table, got number)" },
    { "realtime.PublishGameEvents('base')", "#1 to 'PublishGameEvents' (options: expected table, got string)" },
    { "realtime.PlayerDeath('a', 'b')", "#3 to 'PlayerDeath' (weapon: expected string, got nil)" },
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

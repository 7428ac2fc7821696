local contract = require("support.contract")
local newGame = require("support.game")

describe("a line of the log", function()
    it("is marked with the addon's name and, when it matters, with its level", function()
        local game = newGame()
        game:load()
        for number, name in ipairs(contract.logLevels) do game.control.handlers.onLog(number - 1, "[Redis] " .. name) end
        assert.same({
            "[realtime] [Redis] debug", "[realtime] [Redis] info",
            "[realtime] [Warn] [Redis] warn", "[realtime] [Error] [Redis] error",
        }, game.printed)
    end)
end)

describe("a Lua error", function()
    it("is reported as the engine does it, with a stack where the server can", function()
        local game = newGame()
        game:load()
        game.control.handlers.onError("gamemode.lua:3: oops")
        assert.same({ "[realtime] [Error] gamemode.lua:3: oops" }, game.errors)
        game = newGame({ old = true })
        game:load()
        game.control.handlers.onError("gamemode.lua:3: oops")
        assert.same({ "[realtime] [Error] gamemode.lua:3: oops\n" }, game.errors)
    end)

    it("may be any value", function()
        local game = newGame()
        game:load()
        game.control.handlers.onError(nil)
        game.control.handlers.onError(setmetatable({}, { __tostring = function() return "said by itself" end }))
        assert.same({ "[realtime] [Error] nil", "[realtime] [Error] said by itself" }, game.errors)
    end)
end)

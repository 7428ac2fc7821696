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

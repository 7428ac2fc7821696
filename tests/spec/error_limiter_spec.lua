local newGame = require("support.game")

describe("an error that comes again and again", function()
    local game
    before_each(function()
        game = newGame()
        game:load()
    end)
    local function raise(times, text)
        for index = 1, times do game.control.handlers.onError((text:gsub("#", tostring(index)))) end
    end

    it("is reported ten times in a minute, and then summed up", function()
        raise(60000, "gamemode.lua:3: oops")
        assert.equal(10, #game.errors)
        game:frame()
        assert.same({}, game.printed)
        game.now = game.now + 60
        game:frame()
        assert.same({ "[realtime] [Error] gamemode.lua:3: oops … repeated 59990 times" }, game.printed)
        raise(1, "gamemode.lua:3: oops")
        assert.equal(11, #game.errors)
        game.now = game.now + 60
        game:frame()
        assert.equal(1, #game.printed)
    end)

    it("with another text each time is reported a hundred times in a minute", function()
        raise(1000, "gamemode.lua:3: oops #")
        assert.equal(100, #game.errors)
        game.now = game.now + 60
        game:frame()
        assert.same({ "[realtime] [Error] 900 more errors in callbacks were not shown" }, game.printed)
    end)

    it("leaves others their turn", function()
        raise(1000, "gamemode.lua:3: oops")
        raise(1, "another.lua:1: oops")
        assert.equal("[realtime] [Error] another.lua:1: oops", game.errors[#game.errors])
    end)

    it("is not silenced for longer by a clock that is set back", function()
        raise(11, "gamemode.lua:3: oops")
        game.now = game.now - 3600
        raise(1, "gamemode.lua:3: oops")
        assert.equal(11, #game.errors)
        assert.same({ "[realtime] [Error] gamemode.lua:3: oops … repeated 1 time" }, game.printed)
    end)
end)

local newGame = require("support.game")

describe("Lua's auto-refresh", function()
    local game, before
    before_each(function()
        game = newGame()
        before = game:load()
    end)

    it("keeps the table that others hold", function()
        local publish = before.Publish
        assert.equal(before, game:load())
        assert.are_not.equal(publish, before.Publish)
    end)

    it("keeps what Config was given", function()
        assert(before.Config("h", 7, "secret"))
        local _, config = game:load().GetConfig()
        assert.same({ "h:7", true }, { config.address, config.hasPassword })
    end)

    it("keeps subscriptions: a handle of before still ends its own, once", function()
        local _, handle = before.Subscribe("c", print)
        local _, listener = before.OnStateChange(print)
        local realtime = game:load()
        for _, subscription in ipairs({ handle, listener }) do
            assert.same({ true, 1 }, { realtime.Unsubscribe(subscription) })
            assert.is_false((realtime.Unsubscribe(subscription)))
        end
        assert.is_nil(next(game.control.subscriptions))
    end)

    it("shows no password to who prints the table", function()
        assert(before.Config({ password = "hush" }))
        local function search(value)
            assert.are_not.equal("hush", value)
            if type(value) == "table" then
                for key, item in pairs(value) do search(key) search(item) end
            end
        end
        search(before)
    end)
end)

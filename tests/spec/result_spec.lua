local newGame = require("support.game")
local contract = require("support.contract")

describe("an error", function()
    it("has code, message, remedy and a text", function()
        local game = newGame()
        local realtime = game:load()
        game.control.refuse.Publish = { "QUEUE_FULL", "10000 messages wait" }
        local ok, err = realtime.Publish("a", "b")
        assert.is_false(ok)
        assert.equal("QUEUE_FULL", err.code)
        assert.equal("the outbound queue is full: 10000 messages wait", err.message)
        assert.truthy(err.remedy:find("queueMessages", 1, true))
        assert.equal("The outbound queue is full: 10000 messages wait (QUEUE_FULL).", tostring(err))
    end)

    it("has the contract's text for every number the module may give", function()
        local game = newGame()
        local realtime = game:load()
        for _, item in ipairs(contract.errors) do
            if item.name ~= "OK" then
                game.control.refuse.Publish = { item.name }
                local ok, err = realtime.Publish("a", "b")
                assert.is_false(ok)
                assert.same({ item.name, item.message, item.remedy }, { err.code, err.message, err.remedy })
            end
        end
    end)

    it("is INTERNAL when the module gives a number that there is not", function()
        local game = newGame()
        local realtime = game:load()
        game.core.Publish = function() return false, 999, "" end
        local _, err = realtime.Publish("a", "b")
        assert.equal("INTERNAL", err.code)
    end)
end)

describe("success", function()
    it("answers true", function()
        local game = newGame()
        local realtime = game:load()
        assert.is_true((realtime.Publish("a", "b")))
        assert.is_true((realtime.Connect()))
        assert.is_true((realtime.Disconnect()))
    end)
end)

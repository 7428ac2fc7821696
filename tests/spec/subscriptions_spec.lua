local newGame = require("support.game")

describe("a subscription with an id", function()
    local function count(list)
        local n = 0
        for _ in pairs(list) do n = n + 1 end
        return n
    end

    it("takes the place of an earlier one of its kind, name and id", function()
        local game = newGame()
        local realtime = game:load()
        local function twice(call)
            local _, first = call()
            local before = count(game.control.subscriptions)
            local _, second = call()
            assert.equal(before, count(game.control.subscriptions))
            assert.is_false((realtime.Unsubscribe(first)))
            assert.same({ true, 1 }, { realtime.Unsubscribe(second) })
        end
        twice(function() return realtime.Subscribe("c", print, "mine") end)
        twice(function() return realtime.SubscribePattern("c*", print, "mine") end)
        twice(function() return realtime.On("ChatMessage", print, "mine") end)
        twice(function() return realtime.OnStateChange(print, "mine") end)
        realtime.Subscribe("c", print, "mine")
        local before = count(game.control.subscriptions)
        realtime.Subscribe("c", print, "other")
        realtime.Subscribe("d", print, "mine")
        realtime.SubscribePattern("c", print, "mine")
        realtime.Subscribe("c", print)
        realtime.Subscribe("c", print)
        assert.equal(before + 5, count(game.control.subscriptions))
    end)

    it("stays one when the bundle and the file run again", function()
        local game = newGame()
        local calls = 0
        for _ = 1, 3 do
            local realtime = game:load()
            assert(realtime.On("ChatMessage", function() calls = calls + 1 end, "mine"))
            assert(realtime.OnStateChange(function() calls = calls + 10 end, "mine"))
        end
        game.control.deliver("ChatMessage", { player_name = "a", message = "b" })
        game.control.change(2, 1)
        assert.equal(11, calls)
    end)

    it("hears of what the other had yet to hear of", function()
        local game = newGame()
        local realtime = game:load()
        local seen = {}
        local function listener(new) seen[#seen + 1] = new end
        realtime.OnStateChange(listener, "mine")
        game.control.changes = game.control.changes + 1 -- happens, and is told of in the next frame
        realtime.OnStateChange(listener, "mine")
        game.control.change(1, 0, 0)
        assert.same({ "connecting" }, seen)
    end)

    it("is there before the other is gone", function()
        local game = newGame()
        local realtime = game:load()
        realtime.Subscribe("c", print, "mine")
        game.control.calls = {}
        realtime.Subscribe("c", print, "mine")
        local names = {}
        for _, call in ipairs(game.control.calls) do names[#names + 1] = call.name end
        assert.same({ "Subscribe", "Unsubscribe" }, names)
    end)

    it("has a text for an id", function()
        local realtime = newGame():load()
        for _, call in ipairs({ "Subscribe", "SubscribePattern", "On" }) do
            local ok, text = pcall(function() local ok = realtime[call]("ChatMessage", print, 5) return ok end)
            assert.is_false(ok)
            assert.truthy(text:find(
                "subscriptions_spec.lua:%d+: bad argument #3 to '" .. call .. "' %(id: expected string, got number"))
        end
        local ok, text = pcall(function() local ok = realtime.OnStateChange(print, {}) return ok end)
        assert.is_false(ok)
        assert.truthy(text:find("subscriptions_spec.lua:%d+: bad argument #2 to 'OnStateChange' %(id: expected "
            .. "string, got table"))
    end)
end)

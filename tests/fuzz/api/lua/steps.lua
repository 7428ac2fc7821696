-- The steps of the state machine. A step is a number: what it does is drawn from a generator of its own, and refers to what
-- there is ("the third subscription") by a draw, too. So any part of a run can be left out, and the rest means something still.
local makeKit = include("kit.lua")
local PARTS = {
    include("publishing.lua"), include("definitions.lua"), include("subscriptions.lua"), include("connection.lua"),
    include("frames.lua"),
}

return function(api)
    local kit = makeKit(api)
    for _, add in ipairs(PARTS) do add(kit) end
    local draw, steps, expect = kit.draw, kit.steps, kit.expect

    --- How often, in about 1200 steps.
    local WEIGHTS = {
        publish = 300, publishBadly = 10, burst = 3, builtIn = 80, builtInBadly = 20, emit = 80, emitBadly = 8,
        defineEvent = 25,
        subscribe = 60, subscribePattern = 25, on = 50, subscribeBadly = 8,
        unsubscribe = 90, unsubscribeName = 12, unsubscribeBadly = 12, onStateChange = 15,
        config = 15, configBadly = 15, connect = 30, connectAsync = 30, flap = 1, disconnect = 16, disconnectBadly = 4,
        process = 200, processBadly = 8, frame = 12, loseDriver = 2, refresh = 2, collect = 1, changeMap = 1,
    }
    local names, total = {}, 0
    for name in pairs(WEIGHTS) do names[#names + 1] = name end
    table.sort(names)
    for _, name in ipairs(names) do total = total + WEIGHTS[name] end

    --- Does one step, inside a coroutine now and then. Gives its name.
    return function()
        local at = draw(total)
        for _, name in ipairs(names) do
            at = at - WEIGHTS[name]
            if at <= 0 then
                if draw(20) == 1 then
                    local ok, message = coroutine.resume(coroutine.create(steps[name]))
                    expect(ok, "a step raises", name, message)
                else
                    steps[name]()
                end
                return name
            end
        end
    end
end

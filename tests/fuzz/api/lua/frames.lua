-- Steps that deliver what arrived, pass a frame, refresh the Lua files or change the map.
local values = include("values.lua")
local realtime = realtime

--- Arguments of ProcessEvents.
local BUDGETS = {
    { 0, 0 }, { 0, 0 }, { nil, 0 }, { 1, 0 }, { 2.9, 0 }, { 7, 0 }, { 100, 0 }, { 2 ^ 53, 0 }, { 0, 3600000 }, { 0, 0.0001 },
    { nil, nil }, { 3, 1e-9 }, { 0.5, 0 },
}

return function(kit)
    local api, draw, steps, pick, expect, raises = kit.api, kit.draw, kit.steps, kit.pick, kit.expect, kit.raises

    function steps.process()
        local budget = pick(BUDGETS)
        realtime.ProcessEvents(budget[1], budget[2])
    end

    function steps.processBadly()
        local bad = pick({ -1, values.NAN, 2 ^ 54, math.huge, "1", {} })
        local first = draw(2) == 1
        raises("ProcessEvents", function()
            if first then realtime.ProcessEvents(bad) else realtime.ProcessEvents(1, bad) end
        end)
    end

    function steps.frame() api.endFrame() end

    function steps.loseDriver()
        if draw(2) == 1 then hook.Remove("Think", "realtime.ProcessEvents") else timer.Remove("realtime.ProcessEvents") end
        api.endFrame()
    end

    function steps.refresh()
        expect(host.Refresh("includes/modules/realtime.lua"), "the bundle runs again")
        expect(_G.realtime == realtime, "the table stays the same")
    end

    function steps.collect() collectgarbage() end

    function steps.changeMap() api.changeMap() end
end

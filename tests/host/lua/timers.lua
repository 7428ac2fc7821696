-- timer: repetitions, delays, every-frame timers, removal by an error, changes from inside callbacks.
local check = include("check.lua")

local function frames(count)
    for _ = 1, count do check.frame() end
end

local function untilTime(time)
    while CurTime() < time do check.frame() end
    check.frame()
end

check.run(function()
    local runs = 0
    timer.Create("every", 0, 0, function() runs = runs + 1 end)
    check.equal(runs, 0, "not at once")
    local tick = engine.TickCount()
    frames(10)
    check.equal(math.abs(runs - (engine.TickCount() - tick)) <= 1, true, "delay 0 runs once a frame")
    check.equal(timer.Exists("every"), true)
    timer.Remove("every")
    check.equal(timer.Exists("every"), false)
    local stopped = runs
    frames(3)
    check.equal(runs, stopped, "a removed timer stops")

    local errors, raised = host.ErrorCount(), 0
    timer.Create("raises", 0, 0, function()
        raised = raised + 1
        error("timer raises")
    end)
    frames(4)
    check.equal(raised, 1, "an error removes the timer")
    check.equal(timer.Exists("raises"), false)
    check.equal(host.ErrorCount(), errors + 1, "and is printed once")

    local thrice = 0
    timer.Create("thrice", 0, 3, function() thrice = thrice + 1 end)
    check.equal(timer.RepsLeft("thrice"), 3)
    frames(8)
    check.equal(thrice, 3, "three repetitions")
    check.equal(timer.Exists("thrice"), false)

    local began, fired = CurTime()
    timer.Simple(0.1, function() fired = CurTime() - began end)
    untilTime(began + 0.15)
    check.equal(fired ~= nil and fired >= 0.1 and fired < 0.14, true, "timer.Simple's delay")

    local which = {}
    timer.Create("replaced", 0, 0, function()
        which[#which + 1] = "old"
        timer.Create("replaced", 0, 1, function() which[#which + 1] = "new" end)
    end)
    frames(5)
    check.list(which, { "old", "new" }, "replaced from inside")

    local own = 0
    timer.Create("suicide", 0, 0, function()
        own = own + 1
        timer.Remove("suicide")
    end)
    frames(3)
    check.equal(own, 1, "removed from inside")

    timer.Create("adjusted", 1000, 1, function() which[#which + 1] = "adjusted" end)
    check.equal(timer.Adjust("adjusted", 0, 1), true)
    frames(3)
    check.equal(which[3], "adjusted", "timer.Adjust")
    check.equal(timer.Adjust("no such timer", 0), false)

    local paused = 0
    timer.Create("paused", 0, 0, function() paused = paused + 1 end)
    timer.Pause("paused")
    frames(3)
    check.equal(paused, 0, "timer.Pause")
    timer.UnPause("paused")
    frames(3)
    check.equal(paused > 0, true, "timer.UnPause")
    timer.Remove("paused")
    check.raises("bad argument #4 to 'Create' (function expected, got nil)", timer.Create, "x", 0, 0)
end)

-- Hibernating: Think and the game's time stop, timers without delay go on; sv_hibernate_think 1 lets Think run.
local check = include("check.lua")

check.run(function()
    local thinks, zero, late = 0, 0, 0
    hook.Add("Think", "count", function() thinks = thinks + 1 end)
    timer.Create("zero", 0, 0, function() zero = zero + 1 end)
    timer.Create("late", 0.001, 0, function() late = late + 1 end)
    for _ = 1, 5 do check.frame() end
    check.equal(thinks >= 4 and zero >= 4 and late >= 3, true, "everything runs")

    host.SetHibernating(true)
    check.equal(host.Hibernating(), true)
    local current, real, tick = CurTime(), RealTime(), engine.TickCount()
    thinks, zero, late = 0, 0, 0
    for _ = 1, 10 do check.frame() end
    check.equal(thinks, 0, "Think stops")
    check.equal(zero >= 9, true, "zero-delay timers go on")
    check.equal(late <= 1, true, "timers with a delay wait")
    check.equal(CurTime(), current, "CurTime stands")
    check.equal(engine.TickCount(), tick, "TickCount stands")
    check.equal(RealTime() > real, true, "RealTime goes on")

    host.RunCommand("sv_hibernate_think 1")
    for _ = 1, 5 do check.frame() end
    check.equal(thinks >= 4, true, "sv_hibernate_think 1")
    host.RunCommand("sv_hibernate_think 0")
    host.SetHibernating(false)
    thinks = 0
    for _ = 1, 5 do check.frame() end
    check.equal(thinks >= 4, true, "awake again")
end)

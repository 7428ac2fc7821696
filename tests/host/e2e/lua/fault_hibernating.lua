-- Ten minutes of server time asleep, as fast as the machine can, with events arriving all the while: Think stands still, and
-- everything is delivered.
local SECONDS = 600
local fault = include("fault.lua")
fault.listen()
fault.main(function()
  for _ = 1, fault.rounds do
    fault.publish(10)
    fault.settle()
    local thinks = 0
    hook.Add("Think", "fault.count", function() thinks = thinks + 1 end)
    host.SetHibernating(true)
    fault.frame()
    thinks = 0
    local before, still = RealTime(), CurTime()
    local got = fault.got
    while RealTime() - before < SECONDS do
      if fault.sent - fault.got < 100 then
        fault.publish(1)
      end
      fault.frame()
    end
    fault.settle()
    assert(thinks == 0 and CurTime() == still, "the server slept")
    assert(fault.got > got)
    host.SetHibernating(false)
    hook.Remove("Think", "fault.count")
    fault.publish(10)
    fault.settle()
    fault.e2e.mark("round")
  end
end)

-- The machine's clock jumps forward and back by hours, as does what the game gives out as its own, while events go round. (The
-- test brings a library that shifts the clock by what stands in a file.)
local JUMPS = { 3600, -7200, 86400 * 365, 0 }
local fault = include("fault.lua")
local sysTime = SysTime
local latest
fault.listen()
realtime.On("ChatMessage", function(event) latest = event.timestamp end)
fault.main(function()
  local atStart, began = os.time(), sysTime()
  local function real()
    return atStart + sysTime() - began
  end
  for _ = 1, fault.rounds do
    for _, jump in ipairs(JUMPS) do
      fault.e2e.mark("jump", jump)
      fault.wait("the clock has jumped", function() return math.abs(os.time() - real() - jump) < 120 end, 1)
      -- luacheck: globals SysTime
      SysTime = function() return sysTime() + jump end
      for _ = 1, 20 do
        fault.publish(5)
        fault.frame()
      end
      fault.settle()
      assert(math.abs(latest - real() - jump) < 120, "an event's time is the clock's")
      assert(realtime.IsConnected() and realtime.GetStats().connects == 1)
    end
    fault.e2e.mark("round")
  end
  SysTime = sysTime
end)

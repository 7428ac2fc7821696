-- A callback that raises every time, at a thousand messages a second: the console is not flooded, and the frames stay as
-- they were.
local PER_FRAME = 15
local FRAMES = 66
local fault = include("fault.lua")
fault.listen()
realtime.Subscribe("fault:raising", function() error("raised every time") end)

local function thinkMs(run)
  host.ResetFrameStats()
  for _ = 1, FRAMES do
    run()
    fault.frame()
  end
  local stats = host.FrameStats()
  return stats.thinkMs / stats.frames
end

fault.main(function()
  local raised, began = 0, SysTime()
  for _ = 1, fault.rounds do
    local calm = thinkMs(function() fault.publish(PER_FRAME) end)
    local raising = thinkMs(function()
      fault.publish(PER_FRAME)
      for _ = 1, PER_FRAME do
        assert(realtime.Publish("fault:raising", "m"))
      end
    end)
    raised = raised + FRAMES * PER_FRAME
    fault.settle()
    fault.e2e.mark("think", calm, raising)
    fault.e2e.mark("round")
  end
  fault.e2e.mark("raised", raised, SysTime() - began)
end)

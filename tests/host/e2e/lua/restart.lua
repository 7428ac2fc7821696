-- Events flow every frame while the test stops and starts the server. Each call on the game thread is timed.
require("realtime")
local e2e = include("e2e.lua")
local stall = include("stall.lua")

local LIMIT = 0.001
local PER_FRAME = 5
local FLOWING = 200
local publishing = true
local refused, sent, received, waitingFor = 0, 0, 0, FLOWING

-- Each drain of the shipped driver, from Think as from its timer, is timed with all that it delivers.
local drain = realtime_core.ProcessEvents
realtime_core.ProcessEvents = function(...)
  return stall.timed("process", LIMIT, drain, ...)
end

realtime.On("ChatMessage", function()
  received = received + 1
  if waitingFor ~= nil and received >= waitingFor and realtime.IsConnected() then
    waitingFor = nil
    e2e.mark("flowing", received)
  end
end)

realtime.OnStateChange(function(new)
  e2e.mark("state", realtime.GetState(), new)
  if realtime.IsConnected() then
    waitingFor = received + FLOWING
  end
end)

realtime.Subscribe("restart:end", function()
  publishing = false
  stall.report(e2e.mark)
  e2e.finishWhenSettled()
end)

e2e.connect(function()
  e2e.eachFrame("flow", function()
    if not publishing then
      return
    end
    for _ = 1, PER_FRAME do
      if stall.timed("publish", LIMIT, realtime.ChatMessage, "Alice", "message " .. sent) then
        sent = sent + 1
      else
        refused = refused + 1
      end
    end
  end)
end)

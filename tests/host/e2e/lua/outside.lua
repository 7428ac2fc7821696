-- The other end is not ours: messages that redis-cli publishes arrive in order, and what comes on echo:in goes out again
-- on echo:out, byte for byte.
require("realtime")
local e2e = include("e2e.lua")

local TOTAL = 10000
local received, wrong = 0, 0

realtime.Subscribe("outside:in", function(channel, message)
  received = received + 1
  if channel ~= "outside:in" or message ~= "message " .. received then
    wrong = wrong + 1
  end
  if received == TOTAL then
    e2e.mark("received", received, "wrong", wrong)
  end
end)

realtime.Subscribe("echo:in", function(_, message)
  assert(realtime.Publish("echo:out", message))
end)

realtime.Subscribe("outside:end", function()
  e2e.finishWhenSettled()
end)

e2e.connect(function()
  e2e.mark("ready")
end)

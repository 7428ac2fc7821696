-- Run before any addon: a subscription that is there before the connection is in force once the state is "connected". One that is
-- made later can be passed by by what is published right after it.
require("realtime")
local e2e = include("e2e.lua")

realtime.Subscribe("platform:test", function(_, message)
  e2e.mark("received", message)
  e2e.finishWhenSettled()
end)

-- Twenty map changes while messages pour in. What a map leaves behind is seen at the start of the next.
local MAPS = 20
local ENOUGH = 50
local map = (tonumber(host.Load("map") or 0)) + 1
host.Store("map", map)

require("realtime")
local e2e = include("e2e.lua")

collectgarbage()
e2e.mark("map", map, host.Threads(), host.Descriptors(), host.References())

if map > MAPS then
  e2e.mark("done")
  host.Quit(0)
  return
end

local received = 0
local function count()
  received = received + 1
  if received == ENOUGH then
    host.ChangeMap("gm_test_" .. map)
  end
end

realtime.Subscribe("map:traffic", count)
realtime.SubscribePattern("map:*", function() end)
realtime.On("ChatMessage", count)
e2e.connect(function()
  e2e.mark("ready")
  e2e.eachFrame("publish", function()
    realtime.ChatMessage("Alice", "on map " .. map)
    realtime.Publish("map:other", "on map " .. map, function() end)
  end)
end)

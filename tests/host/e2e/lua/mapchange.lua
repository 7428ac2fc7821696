-- A hundred map changes. Maps end in turn without ever connecting, while connecting, in the middle of the traffic, and
-- while disconnecting. What each leaves behind is printed by mapchange_before.lua and at the start of the next one.
local MAPS = 100
local ENOUGH = 50
local ENDS = { "unconnected", "connecting", "connected", "disconnecting" }
local map = host.MapNumber() + 1

require("realtime")
local e2e = include("e2e.lua")

collectgarbage()
e2e.mark("map", map, host.Threads(), host.Descriptors(), host.References(), host.InvalidFrees())

if map > MAPS then
  e2e.mark("done")
  host.Quit(0)
  return
end

local how = ENDS[map % #ENDS + 1]
local left = false
local function leave()
  if not left then
    left = true
    e2e.mark("end", how)
    host.ChangeMap("gm_test_" .. map)
  end
end

local received = 0
local function count()
  received = received + 1
  if received < ENOUGH then
    return
  end
  if how == "disconnecting" and realtime.IsConnected() then
    for _ = 1, ENOUGH do
      realtime.Publish("map:other", "on its way", function() end)
    end
    realtime.Disconnect(1)
  end
  leave()
end

if #host.Args() == 0 then
  assert(realtime.Config({ backend = "memory" }))
end
realtime.Subscribe("map:traffic", count)
realtime.SubscribePattern("map:*", function() end)
realtime.On("ChatMessage", count)
realtime.OnStateChange(function() end)

if how == "unconnected" then
  e2e.eachFrame("leave", leave)
  return
end
e2e.configure()
local flowing = false
assert(realtime.ConnectAsync(function()
  if flowing then
    error("answered twice")
  end
  flowing = true
  e2e.eachFrame("publish", function()
    for _ = 1, ENOUGH / 5 do
      realtime.ChatMessage("Alice", "on map " .. map)
    end
    realtime.Publish("map:other", "on map " .. map, function() end)
  end)
end))
if how == "connecting" then
  leave()
end

-- A server at work: typed subscriptions, one to an event, while another client publishes. Only the shipped driver delivers.
-- Arguments: "realtime" or "host" (a server without the addon: what the frame loop itself costs), subscriptions.
local bench = include("bench.lua")

local kind, count = bench.arguments()
local received = 0

if kind == "host" then
  bench.mark("ready")
  return
end

require("realtime")
for i = 1, tonumber(count) do
  local name = "BenchEvent" .. i
  assert(realtime.DefineEvent(name, "bench:event:" .. i, {
    { name = "number", type = "integer" },
    { name = "text", type = "string" },
  }))
  assert(realtime.On(name, function(event)
    received = received + event.data.number
  end))
end
bench.connect(function()
  bench.mark("ready")
end)

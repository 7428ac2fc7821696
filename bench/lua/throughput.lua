-- The subject of the throughput benchmark: counts what reaches a Lua callback. Same protocol with the load generator as
-- bench/raw_subscriber.cpp. Arguments: host, port, password, "raw" or "typed", how many messages, how many to a batch.
require("realtime")
local e2e = include("e2e.lua")

local _, _, _, kind, total, batch = unpack(host.Args())
total, batch = tonumber(total), tonumber(batch)
local received, first = 0, nil

local function count()
  if received == 0 then
    first = SysTime()
  end
  received = received + 1
  if received % batch == 0 then
    realtime.Publish("bench:ack", "batch")
  end
  if received == total then
    e2e.mark("result", received, string.format("%.9f", SysTime() - first))
    e2e.stats()
  end
end

if kind == "typed" then
  realtime.On("PlayerDeath", count)
else
  realtime.Subscribe("bench:data", count)
end
realtime.Subscribe("bench:end", function()
  host.Quit(0)
end)

-- All there is, every frame: the frame's own budget is not what is measured.
e2e.eachFrame("drain", function()
  realtime.ProcessEvents(0, 0)
end)
e2e.connect(function()
  realtime.Publish("bench:ack", "ready")
end)

-- Counts what reaches Lua callbacks. Arguments: "channel", "pattern" or "event", name, how many of them, messages in all,
-- messages to a batch. Same protocol with the harness and the sender as bench/baselines/raw_subscriber.cpp.
require("realtime")
local bench = include("bench.lua")

local kind, name, topics, total, batch = bench.arguments()
topics, total, batch = tonumber(topics), tonumber(total), tonumber(batch)
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
    local seconds = SysTime() - first
    bench.stats()
    bench.mark("result", received, string.format("%.9f", seconds))
  end
end

for i = 1, topics do
  if kind == "event" then
    assert(realtime.On(name, count))
  elseif kind == "pattern" then
    -- [d17] matches the d: every pattern is another one, and all match "bench:data".
    assert(realtime.SubscribePattern("bench:[d" .. i .. "]ata", count))
  else
    assert(realtime.Subscribe(topics == 1 and name or name .. ":" .. i, count))
  end
end

-- All there is, every frame: the frame's own budget is not what is measured.
bench.eachFrame("drain", function()
  realtime.ProcessEvents(0, 0)
end)
-- Room for all that the sender has on its way: bench/harness/receiving.mjs.
bench.connect(function()
  bench.mark("ready")
end, { queueMessages = 40000 })

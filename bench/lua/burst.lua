-- Bursts of typed events from another client under the shipped driver's own budget: how long the frames that deliver take, and
-- whether the order is kept. The figure is the host's own for the whole frame, which is more than ProcessEvents alone.
-- Arguments: events to a burst, bursts, microseconds of work in each callback.
require("realtime")
local bench = include("bench.lua")

local size, bursts, work = bench.arguments()
size, bursts, work = tonumber(size), tonumber(bursts), tonumber(work) / 1e6
local received, disordered = 0, 0
local inFrame, inLastFrame, workBefore = 0, 0, 0
local samples, counts = {}, {}

assert(realtime.On("PlayerDeath", function(event)
  if tonumber(event.data.victim_name) ~= received % size + 1 then
    disordered = disordered + 1
  end
  received = received + 1
  inFrame = inFrame + 1
  if work > 0 then
    local finish = SysTime() + work
    while SysTime() < finish do end
  end
  if received % size == 0 then
    realtime.Publish("bench:ack", "batch")
  end
end))

local function finish()
  bench.stop("watch")
  bench.samples("samples", samples)
  bench.mark("counts", table.concat(counts, " "))
  bench.mark("order", received, disordered)
  bench.stats()
  bench.mark("result", received)
  host.Quit(0)
end

-- The driver's timer has drained before Think runs: what was delivered since the last call belongs to this frame, and how long
-- this frame takes is known in the next one.
bench.eachFrame("watch", function()
  local workNow = host.FrameStats().frameMs
  if inLastFrame > 0 then
    samples[#samples + 1] = (workNow - workBefore) / 1e3
    counts[#counts + 1] = inLastFrame
  end
  workBefore = workNow
  inLastFrame, inFrame = inFrame, 0
  if received == size * bursts and inLastFrame == 0 then
    finish()
  end
end)
bench.connect(function()
  bench.mark("ready")
end)

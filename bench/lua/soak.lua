-- Typed events at a steady rate, from Lua through the server back to Lua, frame by frame: none may be lost or out of order, and
-- memory and descriptors must stay where they are. Arguments: seconds, events a second, seconds between samples.
require("realtime")
local bench = include("bench.lua")

local seconds, rate, every = bench.arguments()
seconds, rate, every = tonumber(seconds), tonumber(rate), tonumber(every)
local total = seconds * rate
local published, refused, received, disordered = 0, 0, 0, 0
local start, nextSample

assert(realtime.DefineEvent("BenchSoak", "bench:soak", { { name = "number", type = "integer" } }))
assert(realtime.On("BenchSoak", function(event)
  received = received + 1
  if event.data.number ~= received then
    disordered = disordered + 1
  end
end))

local function sample(now)
  bench.mark("sample", string.format("%.1f", now - start), host.MemoryBytes(), host.Descriptors(), host.Threads(), published,
    received, string.format("%.0f", collectgarbage("count") * 1024))
end

local function finish()
  bench.stop("soak")
  sample(SysTime())
  bench.mark("order", published, received, disordered, refused)
  bench.stats()
  bench.mark("result", received)
  host.Quit(0)
end

local function publishDue(now)
  local due = math.min(math.floor((now - start) * rate), total)
  while published < due do
    if not realtime.Emit("BenchSoak", { number = published + 1 }) then
      refused = refused + 1
      return
    end
    published = published + 1
  end
end

bench.connect(function()
  start = SysTime()
  nextSample = start
  bench.eachFrame("soak", function()
    local now = SysTime()
    publishDue(now)
    if now >= nextSample then
      nextSample = nextSample + every
      sample(now)
    end
    local stats = published == total and realtime.GetStats()
    if stats and stats.pending == 0 and (received == total or now - start > seconds + 10) then
      finish()
    end
  end)
end)

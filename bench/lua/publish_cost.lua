-- What a publish costs the game thread: bursts that fit into the outbound queue, each into an empty one, timed as a whole.
-- Arguments: "event" or "raw", calls to a burst, bursts, bytes of a raw message, and "interpreted" to turn the compiler off.
require("realtime")
local bench = include("bench.lua")

local kind, calls, bursts, bytes, mode = bench.arguments()
calls, bursts = tonumber(calls), tonumber(bursts)
if mode == "interpreted" then
  jit.off()
end

local WARM_UP = 20
local payload = string.rep("x", tonumber(bytes))
local samples = {}

local function event()
  for _ = 1, calls do
    realtime.PlayerDeath("Alice", "Bob", "weapon_crowbar")
  end
end

local function raw()
  for _ = 1, calls do
    realtime.Publish("bench:publish", payload)
  end
end

local burst = kind == "event" and event or raw
local done = 0

local function finish()
  bench.stop("measure")
  bench.samples("samples", samples)
  bench.stats()
  bench.mark("result", done)
  host.Quit(0)
end

bench.connect(function()
  bench.eachFrame("measure", function()
    -- What the burst before left to be sent is no part of what is measured.
    if realtime.GetStats().pending > 0 then
      return
    end
    if done == WARM_UP + bursts then
      finish()
      return
    end
    local start = SysTime()
    burst()
    local elapsed = SysTime() - start
    done = done + 1
    if done > WARM_UP then
      samples[#samples + 1] = elapsed / calls
    end
  end)
end)

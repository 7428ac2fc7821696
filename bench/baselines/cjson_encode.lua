-- The yardstick for encoding: lua-cjson alone, on the envelope of the same event, ready-made. Arguments: host and port (not
-- used), calls to a burst, bursts, and "interpreted" to turn the compiler off.
local cjson = require("cjson")
local ffi = require("ffi")

local calls, bursts, mode = tonumber(arg[3]), tonumber(arg[4]), arg[5]
if mode == "interpreted" then
  jit.off()
end

ffi.cdef([[
typedef struct { long seconds; long nanoseconds; } bench_time;
int clock_gettime(int clock, bench_time *now);
]])
local CLOCK_MONOTONIC = 1
local WARM_UP = 20
local now = ffi.new("bench_time")

local function nanoseconds()
  ffi.C.clock_gettime(CLOCK_MONOTONIC, now)
  return tonumber(now.seconds) * 1e9 + tonumber(now.nanoseconds)
end

local envelope = {
  specversion = "1.0",
  id = "3f9c2ab7d41e-123456",
  source = "/gmod/27015",
  type = "gmod.player.death",
  time = "2026-11-23T10:15:30.123Z",
  datacontenttype = "application/json",
  data = { victim_name = "Alice", attacker_name = "Bob", weapon = "weapon_crowbar" },
}

local encode = cjson.encode
local samples = {}
for burst = 1, WARM_UP + bursts do
  local start = nanoseconds()
  for _ = 1, calls do
    encode(envelope)
  end
  local elapsed = nanoseconds() - start
  if burst > WARM_UP then
    samples[#samples + 1] = string.format("%.1f", elapsed / calls)
  end
end
print("@@ samples " .. table.concat(samples, " "))
print("@@ result " .. #samples)

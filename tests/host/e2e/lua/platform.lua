-- What differs between systems: the module's name for this one, the environment, names of servers, unix sockets.
require("realtime")
local e2e = include("e2e.lua")

local function hex(text)
  return (text:gsub(".", function(byte) return ("%02x"):format(byte:byte()) end))
end

e2e.mark("platform", realtime_core.PLATFORM, jit.os, jit.arch)
e2e.mark("environment", hex(realtime_core.GetEnvironment("REALTIME_TEST_TEXT") or ""),
  realtime_core.GetEnvironment("REALTIME_TEST_EMPTY") == "", realtime_core.GetEnvironment("REALTIME_NOT_SET"))
local ok, _, detail = realtime_core.Configure({ backend = "redis", unixSocket = "/run/redis.sock" })
e2e.mark("socket", ok, detail)

-- The addon connects by itself, to the name that the environment holds. platform_before.lua has subscribed.
e2e.eachFrame("connected", function()
  if realtime.IsConnected() then
    e2e.stop("connected")
    realtime.Publish("platform:test", "by-name")
  end
end)

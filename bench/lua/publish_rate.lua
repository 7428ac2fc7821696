-- Sustained publishing: every frame as much as the outbound queue takes, until the server has confirmed all of it.
-- Arguments: messages, bytes of each.
require("realtime")
local bench = include("bench.lua")

local total, bytes = bench.arguments()
total = tonumber(total)
local payload = string.rep("x", tonumber(bytes))
local sent, first = 0, nil

local function fill()
  while sent < total and realtime.Publish("bench:publish", payload) do
    sent = sent + 1
  end
end

bench.connect(function()
  -- The module's own counters, not the server's word to us: a message counts once the server has answered it.
  first = SysTime()
  bench.eachFrame("publish", function()
    fill()
    if sent == total and realtime.GetStats().published == total then
      bench.stop("publish")
      local seconds = SysTime() - first
      bench.stats()
      bench.mark("result", sent, string.format("%.9f", seconds))
      host.Quit(0)
    end
  end)
end)

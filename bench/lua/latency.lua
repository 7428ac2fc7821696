-- How long a message takes until its callback: it begins with the moment of its sending in nanoseconds, on the clock that
-- SysTime reads too. Only the shipped driver delivers. Arguments: channel, messages.
require("realtime")
local bench = include("bench.lua")

local channel, total = bench.arguments()
total = tonumber(total)
local samples, received = {}, 0
for i = 1, total do
  samples[i] = 0
end

assert(realtime.Subscribe(channel, function(_, message)
  local now = SysTime()
  received = received + 1
  samples[received] = now - tonumber(message:sub(1, 20)) / 1e9
  if received == total then
    bench.samples("samples", samples)
    bench.stats()
    bench.mark("result", received)
    host.Quit(0)
  end
end))
bench.connect(function()
  bench.mark("ready")
end)

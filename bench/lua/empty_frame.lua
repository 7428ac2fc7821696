-- What a frame costs in which nothing waits. The server runs as fast as it can; blocks of frames are timed as a whole, with the
-- shipped driver (its Think hook and its timer), or with an empty hook and an empty timer in its place. The rest of the frame
-- is the same, and so the difference is the driver's. Arguments: "driver" or "empty", blocks, frames to a block.
require("realtime")
local bench = include("bench.lua")

local ID = "realtime.ProcessEvents"
local WARM_UP = 5
local kind, blocks, frames = bench.arguments()
blocks, frames = tonumber(blocks), tonumber(frames)
local samples, block, frame, start = {}, 0, 0, nil

local function nothing() end

local function empty()
  hook.Add("Think", ID, nothing)
  timer.Create(ID, 0, 0, nothing)
end

local function measure()
  frame = frame + 1
  if frame < frames then
    return
  end
  frame = 0
  local now = SysTime()
  block = block + 1
  if block > WARM_UP then
    samples[#samples + 1] = (now - start) / frames
  end
  if block == WARM_UP + blocks then
    bench.samples("samples", samples)
    bench.mark("result", blocks)
    host.Quit(0)
  end
  start = SysTime()
end

assert(realtime.Subscribe("bench:nothing", nothing))
assert(realtime.On("PlayerDeath", nothing))
bench.connect(function()
  if kind == "empty" then
    empty()
  end
  start = SysTime()
  hook.Add("Think", "bench.measure", measure)
end)

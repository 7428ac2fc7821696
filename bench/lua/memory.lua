-- Fills a queue and keeps it full, so that the harness can look at the process from outside. Arguments: "inbound" or "outbound",
-- events, bytes of each (outbound).
require("realtime")
local bench = include("bench.lua")

local ID = "realtime.ProcessEvents"
local direction, total, bytes = bench.arguments()
total, bytes = tonumber(total), tonumber(bytes)
-- Numbers of events have that many digits more, on average, than that of the first one.
local MORE_DIGITS = 3

-- What Lua left behind so far is not what is measured.
local function tell(name)
  collectgarbage()
  collectgarbage()
  bench.stats()
  bench.mark(name)
end

-- Another addon may take the driver's hook and timer away together; from then on nothing drains.
local function stopDriver()
  hook.Remove("Think", ID)
  timer.Remove(ID)
end

-- Waits for as many messages as shall be in flight, then says so once.
local function tellWhenFull(column)
  bench.eachFrame("full", function()
    if realtime.GetStats()[column] == total then
      bench.stop("full")
      tell("full")
    end
  end)
end

local function publish(padding)
  assert(realtime.PlayerDeath("Alice", string.rep("b", padding), "weapon_crowbar"))
end

--- Once the first event has told how long an envelope is, and has left, calls `run` with the padding for all others.
local function whenMeasured(run)
  publish(0)
  bench.eachFrame("measured", function()
    local stats = realtime.GetStats()
    if stats.pending == 0 then
      bench.stop("measured")
      run(bytes - stats.bytesPublished - MORE_DIGITS)
    end
  end)
end

local function fillOutbound(padding)
  bench.eachFrame("lost", function()
    if realtime.GetState() == "reconnecting" then
      bench.stop("lost")
      tellWhenFull("pending")
      for _ = 1, total do
        publish(padding)
      end
    end
  end)
end

assert(realtime.On("PlayerDeath", function() end))
bench.connect(function()
  if direction == "inbound" then
    stopDriver()
    tellWhenFull("queued")
    tell("idle")
    return
  end
  whenMeasured(function(padding)
    tell("idle")
    fillOutbound(padding)
  end)
end)

-- What a publish costs the game thread: batches of calls, timed together, each batch into an empty queue.
require("realtime")
local e2e = include("e2e.lua")

local BATCH = 2000
local BATCHES = 20
local payload = string.rep("x", 120)
local kinds = {
  { name = "event", call = function()
    return realtime.PlayerDeath("Alice", "Bob", "weapon_crowbar")
  end },
  { name = "raw", call = function()
    return realtime.Publish("bench:publish", payload)
  end },
}
local samples = { event = {}, raw = {} }
local step = 0

local function measure(kind)
  local call = kind.call
  local start = SysTime()
  for _ = 1, BATCH do
    call()
  end
  local elapsed = SysTime() - start
  table.insert(samples[kind.name], elapsed / BATCH * 1e9)
end

e2e.connect(function()
  e2e.eachFrame("measure", function()
    if realtime.GetStats().pending > 0 then
      return
    end
    if step == BATCHES * #kinds then
      e2e.stop("measure")
      for name, list in pairs(samples) do
        table.sort(list)
        e2e.mark("cost", name, string.format("%.1f", list[math.ceil(#list / 2)]))
      end
      e2e.stats()
      host.Quit(0)
      return
    end
    step = step + 1
    measure(kinds[step % #kinds + 1])
  end)
end)

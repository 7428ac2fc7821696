-- What the scenarios of faults of the host have in common: numbered events that go round in every frame while something
-- happens, each of which must come back once and in order, and the account of it at the end.
--
-- The steps of a scenario are a coroutine that a timer without delay goes on with in every frame: timers run while the server
-- hibernates, and an addon that breaks Think does not break them.
require("realtime")
local e2e = include("e2e.lua")
local stall = include("stall.lua")

-- As long as EngineDriver waits: that is a hang. How many frames it is depends on the machine, some a microsecond short.
local MOST_SECONDS = 60
local PUBLISH_LIMIT = 0.001
-- The budget of a call, and what one callback may take over it.
local PROCESS_LIMIT = 0.003

local fault = { sent = 0, got = 0, wrong = 0, rounds = tonumber(host.Args()[4]) or 1, e2e = e2e }

-- The host's own: the fault of a clock that jumps puts another in its place.
local now = SysTime

local drain = realtime_core.ProcessEvents
function fault.drain(...)
  return stall.timed("process", PROCESS_LIMIT, drain, ...)
end
realtime_core.ProcessEvents = fault.drain

function fault.listen()
  return select(2, assert(realtime.On("ChatMessage", function(event)
    fault.got = fault.got + 1
    if event.data.player_name ~= "fault" or event.data.message ~= tostring(fault.got) then
      fault.wrong = fault.wrong + 1
    end
  end)))
end

function fault.publish(count)
  for _ = 1, count do
    assert(stall.timed("publish", PUBLISH_LIMIT, realtime.ChatMessage, "fault", tostring(fault.sent + 1)))
    fault.sent = fault.sent + 1
  end
end

function fault.frame()
  coroutine.yield()
end

--- Goes on, frame by frame, until the condition holds. `flow`: events published in each of these frames.
function fault.wait(what, condition, flow)
  local deadline = now() + MOST_SECONDS
  while not condition() do
    if now() > deadline then
      error("waited in vain: " .. what)
    end
    fault.publish(flow or 0)
    coroutine.yield()
  end
end

--- Until everything that was published has come back.
function fault.settle()
  fault.wait("all is back", function() return fault.got >= fault.sent and e2e.settled() end)
end

--- Everything that the API says, for the test to look through for the password.
local function tellAll(value, depth)
  if type(value) == "table" and depth < 5 then
    for key, each in pairs(value) do
      e2e.mark("said", key)
      tellAll(each, depth + 1)
    end
  end
  e2e.mark("said", (tostring(value):gsub("%c", " ")))
end

function fault.tellAll()
  tellAll({ realtime.GetConfig() }, 0)
  tellAll({ realtime.Config({ host = "" }) }, 0)
  tellAll({ realtime.Publish("", "") }, 0)
  tellAll({ realtime.Connect() }, 0)
  tellAll(realtime.GetStats(), 0)
  tellAll({ realtime.GetState(), realtime_core.GetEnvironment("REDIS_PASSWORD") }, 0)
end

function fault.report()
  e2e.mark("order", fault.sent, fault.got, fault.wrong)
  stall.report(e2e.mark)
  e2e.stats()
  fault.tellAll()
end

--- Runs the steps once connected; at their end the account is told and the server quits.
function fault.main(steps)
  e2e.connect(function()
    local thread = coroutine.create(function()
      steps()
      fault.settle()
      fault.report()
      e2e.mark("done")
      host.Quit(0)
    end)
    timer.Create("fault.steps", 0, 0, function()
      if coroutine.status(thread) ~= "suspended" then
        return
      end
      local ok, reason = coroutine.resume(thread)
      if not ok then
        e2e.mark("failed", debug.traceback(thread, reason))
        host.Quit(1)
      end
    end)
  end)
end

return fault

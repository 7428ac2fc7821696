-- Events flow every frame while the test stops and starts the server. Each call on the game thread is timed.
--
-- The time that counts is what the call itself took or waited. Time in which this thread could run but the machine gave
-- the processor to others is no fault of ours: the kernel counts it, and /proc/self/schedstat (linked into the game's
-- folder by the test) tells. Reading it costs little; only a call that looks too long is corrected by it. A call that was long
-- and did not wait (it never gave the processor up, says /proc/self/status) is told apart: a hypervisor takes the processor from
-- the kernel, too, and no counter of this thread says so.
require("realtime")
local e2e = include("e2e.lua")

local LIMIT = 0.001
local PER_FRAME = 5
local FLOWING = 200
local publishing = true
local refused, sent, received, waitingFor = 0, 0, 0, FLOWING
local calls, slow, unwaited = 0, 0, 0
local longest = { publish = 0, process = 0 }
local longestWall = { publish = 0, process = 0 }

-- Not linked where there is no such thing.
local MEASURES = file.Exists("schedstat", "MOD")

local function runQueueSeconds()
  if not MEASURES then return 0 end
  local text = file.Read("schedstat", "MOD")
  return tonumber(text:match("^%d+ (%d+)")) / 1e9
end

local function waits()
  if not MEASURES then return 0 end
  return tonumber(file.Read("status", "MOD"):match("\nvoluntary_ctxt_switches:%s*(%d+)"))
end

local function timed(kind, call, ...)
  local ready, waitsBefore = runQueueSeconds(), waits()
  local start = SysTime()
  local ok, err = call(...)
  local wall = SysTime() - start
  local own = wall
  if wall > LIMIT then
    own = wall - (runQueueSeconds() - ready)
    slow = slow + 1
    if own > LIMIT and waits() == waitsBefore then
      unwaited = unwaited + 1
      own = 0
    end
    local times = string.format("%.3f ms in all, %.3f ms of its own", wall * 1e3, own * 1e3)
    e2e.mark("slow", kind, times, realtime.GetState())
  end
  calls = calls + 1
  longest[kind] = math.max(longest[kind], own)
  longestWall[kind] = math.max(longestWall[kind], wall)
  return ok, err
end

-- Each drain of the shipped driver, from Think as from its timer, is timed with all that it delivers.
local drain = realtime_core.ProcessEvents
realtime_core.ProcessEvents = function(...)
  return timed("process", drain, ...)
end

realtime.On("ChatMessage", function()
  received = received + 1
  if waitingFor ~= nil and received >= waitingFor and realtime.IsConnected() then
    waitingFor = nil
    e2e.mark("flowing", received)
  end
end)

realtime.OnStateChange(function(new)
  e2e.mark("state", realtime.GetState(), new)
  if realtime.IsConnected() then
    waitingFor = received + FLOWING
  end
end)

realtime.Subscribe("restart:end", function()
  publishing = false
  e2e.mark("calls", calls, slow, unwaited)
  for kind, own in pairs(longest) do
    e2e.mark("longest", kind, own * 1e3, longestWall[kind] * 1e3)
  end
  e2e.finishWhenSettled()
end)

e2e.connect(function()
  e2e.eachFrame("flow", function()
    if not publishing then
      return
    end
    for _ = 1, PER_FRAME do
      if timed("publish", realtime.ChatMessage, "Alice", "message " .. sent) then
        sent = sent + 1
      else
        refused = refused + 1
      end
    end
  end)
end)

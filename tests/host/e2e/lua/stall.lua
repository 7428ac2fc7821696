-- Times calls on the game thread. The time that counts is what the call itself took or waited. Time in which this thread could
-- run but the machine gave the processor to others is no fault of ours: the kernel counts it, and /proc/self/schedstat (linked
-- into the game's folder by the test, as is status) tells. Reading it costs little; only a call that looks too long is corrected
-- by it. A call that was long and did not wait (it never gave the processor up) is told apart: a hypervisor takes the processor
-- from the kernel, too, and no counter of this thread says so.
local stall = { longest = {}, unwaited = 0, calls = 0 }

local function runQueueSeconds()
  local text = file.Read("schedstat", "MOD")
  return tonumber(text:match("^%d+ (%d+)")) / 1e9
end

local function waits()
  return tonumber(file.Read("status", "MOD"):match("\nvoluntary_ctxt_switches:%s*(%d+)"))
end

--- Calls the function and notes how long it took. `limit`: how many seconds it may take.
function stall.timed(kind, limit, call, ...)
  local ready, waitsBefore = runQueueSeconds(), waits()
  stall.calls = stall.calls + 1
  local start = SysTime()
  local a, b = call(...)
  local own = SysTime() - start
  if own > limit then
    own = own - (runQueueSeconds() - ready)
    if own > limit and waits() == waitsBefore then
      stall.unwaited = stall.unwaited + 1
      own = 0
    end
  end
  stall.longest[kind] = math.max(stall.longest[kind] or 0, own)
  return a, b
end

return stall

-- Times calls on the game thread. A call may take as long as it is allowed to. One that took longer is ours when the thread gave
-- the processor up in it (it waited), or worked for longer than that by its own processor time (it is late). In any other the
-- machine gave the processor to somebody else: the kernel to another thread, or a hypervisor to another machine. Those are
-- excused. Which of the late ones are ours nothing tells (see tests/support/fault_run.h): they are counted by themselves.
local stall = { longest = {}, late = {}, longestLate = {}, excused = 0, calls = 0 }

local function note(longest, kind, took)
  longest[kind] = math.max(longest[kind] or 0, took)
end

--- Calls the function and notes how long it took. `limit`: how many seconds it may take.
function stall.timed(kind, limit, call, ...)
  stall.calls = stall.calls + 1
  local workedBefore, waitsBefore = host.ThreadUsage()
  local start = SysTime()
  local a, b = call(...)
  local took = SysTime() - start
  local worked, waits = host.ThreadUsage()
  if took <= limit or waits ~= waitsBefore then
    note(stall.longest, kind, took)
  elseif worked - workedBefore > limit then
    stall.late[kind] = (stall.late[kind] or 0) + 1
    note(stall.longestLate, kind, took)
  else
    stall.excused = stall.excused + 1
  end
  return a, b
end

--- The account of all calls, for stallOf in tests/support/stall.mjs; milliseconds.
function stall.report(mark)
  for _, kind in ipairs({ "publish", "process" }) do
    local longest, late, longestLate = stall.longest[kind] or 0, stall.late[kind] or 0, stall.longestLate[kind] or 0
    mark("stall", kind, longest * 1e3, late, longestLate * 1e3)
  end
  mark("calls", stall.calls, stall.excused)
end

return stall

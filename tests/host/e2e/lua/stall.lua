-- Times calls on the game thread. A call may take as long as it is allowed to. One that took longer is ours when the thread gave
-- the processor up in it (it waited), or worked for longer than that by its own processor time. In any other the machine gave the
-- processor to somebody else: the kernel to another thread, or a hypervisor to another machine. Those are excused, and counted.
local stall = { longest = {}, excused = 0, calls = 0 }

--- Calls the function and notes how long it took. `limit`: how many seconds it may take.
function stall.timed(kind, limit, call, ...)
  stall.calls = stall.calls + 1
  local workedBefore, waitsBefore = host.ThreadUsage()
  local start = SysTime()
  local a, b = call(...)
  local took = SysTime() - start
  if took > limit then
    local worked, waits = host.ThreadUsage()
    if waits == waitsBefore and worked - workedBefore <= limit then
      stall.excused = stall.excused + 1
      return a, b
    end
  end
  stall.longest[kind] = math.max(stall.longest[kind] or 0, took)
  return a, b
end

return stall

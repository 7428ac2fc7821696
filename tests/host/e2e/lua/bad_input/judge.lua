-- Calls a public function and compares how it answers with how it must: it raises at the caller's line and names the argument,
-- or answers false and an error of that code, or accepts.
local e2e = include("../e2e.lua")

local judge = { calls = 0, raised = 0, refused = 0, accepted = 0 }
local here = debug.getinfo(1, "S").short_src .. ":"

--- What was not as it must be, for the test.
function judge.broken(...) e2e.mark("broken", ...) end

local function has(list, word) return (" " .. list .. " "):find(" " .. word .. " ", 1, true) ~= nil end

-- 32 problems. What was given is never in it as a whole.
local LONGEST_MESSAGE = 4096
local function isError(err)
  return type(err) == "table" and type(err.code) == "string" and #tostring(err) >= 10 and #err.message <= LONGEST_MESSAGE
end

-- Gives what the answer is, in one word, and a text about it.
local function answerOf(name, ok, first, second)
  if not ok then
    judge.raised = judge.raised + 1
    local position = type(first) == "string" and first:sub(1, #here) == here
      and first:match("bad argument #(%d+) to '" .. name .. "' %(")
    return position and "#" .. position or "raised", tostring(first):sub(1, 200)
  elseif first == false then
    judge.refused = judge.refused + 1
    return isError(second) and second.code or "false", tostring(second):sub(1, 200)
  end
  judge.accepted = judge.accepted + 1
  return tostring(first), tostring(second):sub(1, 200)
end

--- `expected` lists the right answers, each in one word: "#2" (raises and names that argument), a code, "true".
function judge.call(name, label, arguments, count, expected)
  judge.calls = judge.calls + 1
  local handle
  local answer, text = answerOf(name, pcall(function()
    local ok, value = realtime[name](unpack(arguments, 1, count))
    if ok == true then handle = value end
    return ok, value
  end))
  if not has(expected, answer) then judge.broken(label, "gave", answer, text, "instead of", expected) end
  -- What was subscribed is ended at once, so that no call depends on those before.
  if type(handle) == "table" and handle.kind and name ~= "Unsubscribe" then
    local ok, ended = realtime.Unsubscribe(handle)
    if not ok or ended ~= 1 then judge.broken(label, "gave no subscription", tostring(ended)) end
  end
end

--- The same for a function that only tells something: it raises, or gives a value of that type.
function judge.telling(name, label, arguments, count, expected)
  judge.calls = judge.calls + 1
  local ok, value = pcall(function()
    local given = realtime[name](unpack(arguments, 1, count))
    return given
  end)
  local answer = answerOf(name, ok, ok and type(value) or value)
  if not has(expected, answer) then judge.broken(label, "gave", answer, tostring(value):sub(1, 200), "instead of", expected) end
end

return judge

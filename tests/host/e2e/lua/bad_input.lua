-- Every public function, each kind of value in each position, and in each place of a table that it takes. bad_input/ has what
-- may be accepted; whatever else it is must be raised at the caller's line, or answered with false and its error. And nothing
-- crashes, nothing is half-sent: what was accepted is what arrives.
require("realtime")
local e2e = include("e2e.lua")
local values = include("bad_input/values.lua")
local judge = include("bad_input/judge.lua")
local functions = include("bad_input/functions.lua")
local settings = include("bad_input/settings.lua")
local definitions = include("bad_input/definitions.lua")
local data = include("bad_input/data.lua")
local handles = include("bad_input/handles.lua")

-- A code that depends on the value is { code, name of a value = its code }.
local function codeOf(refuses, value)
  return type(refuses) == "table" and (refuses[value.name] or refuses[1]) or refuses
end

-- How a call with this value there is answered.
local function expected(accepts, refuses, value)
  return values.isIn(accepts, value) and "true" or codeOf(refuses, value)
end

-- What a function that takes these positions answers to these values, in one word or several.
local function answerOf(of, given, state)
  local wrong, codes = {}, {}
  for index, value in pairs(given) do
    local position = of[index]
    if position and not values.isIn(position.types, value) then
      wrong[#wrong + 1] = "#" .. index
    elseif position and not values.isIn(position.accepts, value) then
      codes[#codes + 1] = codeOf(position.refuses, value)
    end
  end
  -- A mistake of type comes before everything else.
  if #wrong > 0 then return table.concat(wrong, " ") end
  local accepted = of.tells or of[state] or "true"
  if #codes == 0 then return accepted end
  -- Which of two refusals comes first is not promised.
  return table.concat(codes, " ") .. (of[state] and accepted ~= "true" and " " .. accepted:gsub("true ?", "") or "")
end

local function everyPosition(state)
  for _, name in ipairs(functions.order) do
    local of = functions.of[name]
    local call = of.tells and judge.telling or judge.call
    -- One more than there are.
    for index = 1, #of + 1 do
      for _, value in ipairs(values) do
        local arguments, all, allValues = {}, {}, {}
        for i = 1, #of do
          arguments[i], all[i], allValues[i] = of[i].good, value.value, value
        end
        arguments[index] = value.value
        local isAlone = of[index] and of[index].alone == value.type
        local count = isAlone and 1 or math.max(#of, index)
        local label = state .. " " .. name .. "#"
        if isAlone then call(name, label .. "beside " .. value.name, arguments, #of, "#2") end
        call(name, label .. index .. "=" .. value.name, arguments, count, answerOf(of, { [index] = value }, state))
        if index == 1 then call(name, label .. "all=" .. value.name, all, #of, answerOf(of, allValues, state)) end
      end
    end
  end
end

local function everyPlace()
  data.forEach(values, function(label, event, given, value, accepts, refuses)
    judge.call("Emit", label .. "=" .. value.name, { event, given }, 2, expected(accepts, refuses, value))
  end)
  settings(values, function(name, label, given, value, accepts, refuses)
    judge.call(name, label .. "=" .. value.name, { given }, 1, expected(accepts, refuses, value))
  end)
  local count = 0
  definitions(values, function(label, fields, value, accepts)
    count = count + 1
    -- Each is new, so that no conflict with another answers instead.
    judge.call("DefineEvent", "DefineEvent " .. label .. "=" .. value.name, { "New" .. count, "new:" .. count, fields }, 3,
      expected(accepts, "INVALID_ARGUMENT", value))
  end)
  handles(values)
end

-- What arrives from outside can be anything, too.
local function everyMessage()
  for _, body in ipairs({ "", "{", "[]", "null", "5", '{"specversion":"1.0"}', ("["):rep(10000), "\0", ("x"):rep(2 ^ 20) }) do
    assert(realtime.Publish("kind:json", body))
  end
end

local function everyFunctionIsHere()
  for name, value in pairs(realtime) do
    local isPublic = name:sub(1, 1) ~= "_" and type(value) == "function"
    if isPublic and not functions.of[name] then judge.broken(name, "is not in the table") end
  end
end

local function places()
  assert(realtime.Config({ backend = "memory", queueMessages = 100000, queueBytes = 2 ^ 30 }))
  assert(realtime.Connect())
  local arrived = 0
  for _, name in ipairs(data.names) do
    assert(realtime.On(name, function(event)
      arrived = arrived + 1
      if event.data.value == nil then judge.broken("a value did not arrive") end
    end))
  end
  local before = realtime.GetStats()
  everyPlace()
  everyMessage()
  realtime.ProcessEvents(0, 0)
  local stats = realtime.GetStats()
  e2e.mark("places", arrived, stats.sent - before.sent, stats.invalid - before.invalid)
  e2e.mark("calls", judge.calls, judge.raised, judge.refused, judge.accepted)
  e2e.finishWhenSettled()
end

everyFunctionIsHere()
everyPosition("connected")
e2e.disconnect(function()
  assert(realtime.Config({ backend = "memory" }))
  everyPosition("disconnected")
  e2e.disconnect(places)
end)

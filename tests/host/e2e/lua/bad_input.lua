-- Every public function, each wrong or extreme value, each position. Nothing crashes, nothing is half-sent: a call raises at
-- this file's line, or answers false and an error, or is accepted; and what was accepted is what arrives.
require("realtime")
local e2e = include("e2e.lua")

local trap = {}
for _, event in ipairs({ "__index", "__newindex", "__len", "__pairs", "__eq", "__tostring", "__call", "__concat" }) do
  trap[event] = function() error("a metamethod ran: " .. event, 0) end
end
local cycle = {}
cycle.me = cycle
local deep = {}
for _ = 1, 5000 do deep = { deep } end
local wide = {}
for i = 1, 5000 do wide[i] = i end

-- Named, so that a failure says which it was.
local VALUES = {
  { "nil", nil }, { "true", true }, { "false", false }, { "0", 0 }, { "-1", -1 }, { "1.5", 1.5 }, { "NaN", 0 / 0 },
  { "inf", 1 / 0 },
  { "-inf", -1 / 0 }, { "2^53-1", 2 ^ 53 - 1 }, { "2^53+1", 2 ^ 53 + 1 }, { "1e308", 1e308 }, { "empty string", "" },
  { "string", "PlayerDeath" },
  { "digits", "76561198000000001" }, { "NUL", "a\0b" }, { "broken UTF-8", "\255\254" }, { "1 MiB", ("x"):rep(2 ^ 20) },
  { "1 MiB + 1", ("x"):rep(2 ^ 20 + 1) }, { "function", function() end },
  { "raising function", function() error("raised on purpose", 0) end },
  { "thread", coroutine.create(function() end) }, { "userdata", newproxy(true) }, { "Vector", Vector(1, 2, 3) },
  { "Vector of NaN", Vector(0 / 0, 0, 0) }, { "NULL", NULL }, { "empty table", {} }, { "list", { 1, 2, 3 } },
  { "hole", { 1, nil, 3, [7] = 7 } }, { "mixed", { 1, x = 2 } }, { "cycle", cycle }, { "deep", deep }, { "wide", wide },
  { "throwing metatable", setmetatable({}, trap) }, { "hidden metatable", setmetatable({}, { __metatable = false }) },
  { "table of functions", { name = print, type = print, print } }, { "NaN in it", { x = 0 / 0, y = 0, z = 0 } },
}

-- How many arguments each takes, and good ones to stand beside a bad one. The events come from their definitions.
local VECTOR = Vector(1, 2, 3)
local FUNCTIONS = {
  Config = { "h", 1, "p", 5 }, GetConfig = {}, Connect = { "h", 1, "p", 0.05 }, ConnectAsync = { function() end },
  Disconnect = { 0 },
  IsConnected = {}, GetState = {}, OnStateChange = { function() end }, Publish = { "c", "m", function() end },
  PlayerSpawn = { "a", 1, VECTOR }, PlayerDeath = { "a", "b", "c" }, ChatMessage = { "a", "b" },
  PlayerTakeDamage = { "a", 1, "b" },
  RoundStart = { "a", "b" }, RoundEnd = { "a", 1 }, PlayerConnect = { "a", "1" }, PlayerDisconnect = { "a", "1", "r" },
  TeamChange = { "a", 1, 2 }, MapChange = { "a", "b" }, DefineEvent = { "Bad", "bad", { { name = "x", type = "json" } } },
  Emit = { "ChatMessage", { player_name = "a", message = "b" } }, PublishGameEvents = { {} },
  Subscribe = { "c", function() end },
  SubscribePattern = { "c*", function() end }, On = { "ChatMessage", function() end }, Unsubscribe = { "c", function() end },
  ProcessEvents = { 1, 1 }, GetStats = {},
}
-- These tell something, and cannot be refused.
local TELLING = { IsConnected = true, GetState = true, ProcessEvents = true, GetStats = true }

local FIELD_TYPES = { "string", "number", "integer", "boolean", "steamId64", "team", "vector", "enum", "array", "object",
"json" }
for _, kind in ipairs(FIELD_TYPES) do
  local field = { name = "value", type = kind }
  if kind == "enum" then field.values = { "a", "b" } end
  if kind == "array" then field.items = { type = "integer" } end
  if kind == "object" then field.fields = { { name = "x", type = "integer" } } end
  assert(realtime.DefineEvent("Kind_" .. kind, "kind:" .. kind, { field }))
end

local calls, raised, refused, accepted = 0, 0, 0, 0
local here = debug.getinfo(1, "S").short_src .. ":"
local function broken(...) e2e.mark("broken", ...) end

local function check(label, ok, first, second)
  calls = calls + 1
  if not ok then
    raised = raised + 1
    -- At the caller's line, which is in this file, and as a text that names function and argument.
    if type(first) ~= "string" or first:sub(1, #here) ~= here or not first:find("bad argument #%d to '") then
      broken(label, "raised", tostring(first):sub(1, 200))
    end
  elseif first == false then
    refused = refused + 1
    if type(second) ~= "table" or type(second.code) ~= "string" or second.code == "INTERNAL" or #tostring(second) < 10
      or #second.message > 4096 then
      broken(label, "answered", tostring(second):sub(1, 200))
    end
  elseif first == true then
    accepted = accepted + 1
  else
    broken(label, "gave", tostring(first))
  end
end

local function call(name, label, arguments, count)
  if TELLING[name] then
    local ok, value = pcall(function()
      local given = realtime[name](unpack(arguments, 1, count))
      return given
    end)
    check(label, ok, ok or value)
    return
  end
  check(label, pcall(function()
    local ok, value = realtime[name](unpack(arguments, 1, count))
    return ok, value
  end))
end

local function everyPosition()
  for name in pairs(realtime) do
    local isPublic = name:sub(1, 1) ~= "_"
    if isPublic and type(realtime[name]) == "function" and not FUNCTIONS[name] then broken(name, "is not in this table") end
  end
  for name, good in pairs(FUNCTIONS) do
    local count = #good
    -- One more than there are.
    for position = 1, count + 1 do
      for _, value in ipairs(VALUES) do
        local arguments = {}
        for i = 1, count do arguments[i] = good[i] end
        arguments[position] = value[2]
        call(name, name .. "#" .. position .. "=" .. value[1], arguments, math.max(count, position))
        local all = {}
        for i = 1, count do all[i] = value[2] end
        call(name, name .. "#all=" .. value[1], all, count)
      end
    end
  end
end

local function everyField()
  for _, kind in ipairs(FIELD_TYPES) do
    for _, value in ipairs(VALUES) do
      call("Emit", kind .. "=" .. value[1], { "Kind_" .. kind, { value = value[2] } }, 2)
      call("Emit", kind .. "[x]=" .. value[1], { "Kind_" .. kind, { value = { x = value[2] } } }, 2)
      call("Emit", kind .. "[1]=" .. value[1], { "Kind_" .. kind, { value = { value[2] } } }, 2)
      if value[2] ~= nil and value[2] == value[2] then
        call("Emit", kind .. " key " .. value[1], { "Kind_" .. kind, { [value[2]] = 1 } }, 2)
      end
    end
  end
  for _, key in ipairs({ "name", "type", "optional", "maxBytes", "values", "items", "fields", "maxItems", 1 }) do
    for _, value in ipairs(VALUES) do
      local field = { name = "x", type = "array", items = { type = "json" } }
      field[key] = value[2]
      call("DefineEvent", "field " .. key .. "=" .. value[1], { "Bad2", "bad2", { field } }, 3)
      call("DefineEvent", "items " .. key .. "=" .. value[1], { "Bad2", "bad2", { { name = "x", type = "array",
        items = field } } }, 3)
    end
  end
  for _, key in ipairs({
    "backend", "host", "port", "username", "password", "database", "url", "unixSocket", "timeout", "clientName",
      "queueMessages",
    "queueBytes", "maxPayloadBytes", "serverId", "logLevel", "base", "except", 1,
  }) do
    for _, value in ipairs(VALUES) do
      call("Config", "Config." .. key .. "=" .. value[1], { { [key] = value[2] } }, 1)
      call("PublishGameEvents", "PublishGameEvents." .. key .. "=" .. value[1], { { [key] = value[2] } }, 1)
    end
  end
end

-- What arrives from outside can be anything, too.
local function everyMessage()
  for _, body in ipairs({ "", "{", "[]", "null", "5", '{"specversion":"1.0"}', ("["):rep(10000), "\0", ("x"):rep(2 ^ 20) }) do
    assert(realtime.Publish("kind:json", body))
  end
end

local got = {}
local function settle() realtime.ProcessEvents(0, 0) end

local function reconnect()
  realtime.Disconnect(0)
  e2e.eachFrame("reconnect", function()
    if realtime.GetState() ~= "disconnected" then return end
    e2e.stop("reconnect")
    assert(realtime.Config({ backend = "memory", queueMessages = 100000, queueBytes = 2 ^ 30 }))
    assert(realtime.Connect())
    for _, kind in ipairs(FIELD_TYPES) do
      assert(realtime.On("Kind_" .. kind, function(event) got[#got + 1] = event.data.value ~= nil end))
    end
    local before = realtime.GetStats()
    local acceptedBefore = accepted
    everyField()
    everyMessage()
    settle()
    local stats = realtime.GetStats()
    e2e.mark("fields", accepted - acceptedBefore, #got, stats.sent - before.sent, stats.invalid - before.invalid)
    for _, whole in ipairs(got) do
      if not whole then broken("a value did not arrive") end
    end
    e2e.mark("calls", calls, raised, refused, accepted)
    e2e.mark("callbacks", stats.callbackErrors)
    e2e.finishWhenSettled()
  end)
end

everyPosition()
-- In the state of being connected, and in that of not being it.
realtime.Disconnect(0)
e2e.eachFrame("again", function()
  if realtime.GetState() ~= "disconnected" then return end
  e2e.stop("again")
  realtime.Config({ backend = "memory" })
  realtime.Connect()
  everyPosition()
  reconnect()
end)

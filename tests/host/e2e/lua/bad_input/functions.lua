-- What each position of each public function takes, as docs/API.md has it. Another argument is one entry more in a list here.
--
-- A position has `good`, which stands beside a bad one, and two lists as values.isIn takes them: what is not in `types` raises,
-- what is not in `accepts` is refused with the code `refuses`. Without `accepts` every value of the types is good.
local function position(good, types, accepts, refuses)
  return { good = good, types = types, accepts = accepts, refuses = refuses }
end

local function nothing() end

local SHORT_TEXTS = "word digits nul broken"
local CONFIG = "INVALID_CONFIG"

local callback = position(nothing, "function")
local anyCallback = position(nothing, "function nil")
local id = position("mine", "string nil")
local channel = position("c", "string", SHORT_TEXTS, "INVALID_ARGUMENT")
local text = position("a", "string", "empty " .. SHORT_TEXTS, "VALIDATION_FAILED")
local maybeText = position("a", "string nil", "nil empty " .. SHORT_TEXTS, "VALIDATION_FAILED")
local number = position(1, "number", "0 1 -1 1.5 2^53-1 2^53 1e308", "VALIDATION_FAILED")
local steamId = position("1", "string", "digits", "VALIDATION_FAILED")
local team = position(1, "string number", "0 1 -1 2^53-1 empty " .. SHORT_TEXTS, "VALIDATION_FAILED")
local vector = position(Vector(1, 2, 3), "Vector xyz_of_nan", "vector", "VALIDATION_FAILED")

-- A table has all settings in it: what stands beside it raises.
local hostOrOptions = position("h", "nil string table", "nil word digits broken nothing trapped sealed", CONFIG)
hostOrOptions.alone = "table"
local port = position(1, "nil number", "nil 1", CONFIG)
local password = position("p", "nil string", "nil empty word digits broken", CONFIG)
local timeout = position(1, "nil number", "nil 1 1.5", CONFIG)

local eventName = position("ChatMessage", "string", "word", "UNKNOWN_EVENT")
-- No other event may have its channel, and none other its name.
local newName = position("Bad", "string", "", { "INVALID_ARGUMENT", word = "EVENT_CONFLICT" })
local newChannel = position("bad", "string", "", {
  "INVALID_ARGUMENT", word = "EVENT_CONFLICT", digits = "EVENT_CONFLICT", nul = "EVENT_CONFLICT", broken = "EVENT_CONFLICT",
})
local newFields = position({ { name = "x", type = "json" } }, "table", "", "INVALID_ARGUMENT")
assert(realtime.DefineEvent(newName.good, newChannel.good, newFields.good))

local emitName = position("ChatMessage", "string", "", { "UNKNOWN_EVENT", word = "VALIDATION_FAILED" })
local emitData = position({ player_name = "a", message = "b" }, "table", "", "VALIDATION_FAILED")

-- By name, the positions in order. `connected` and `disconnected`: what an accepted call answers then, unless it is true.
-- `tells`: the type of what it gives instead of a Result.
local functions = {
  Config = { hostOrOptions, port, password, timeout }, GetConfig = {},
  IsConnected = { tells = "boolean" }, GetState = { tells = "string" }, GetStats = { tells = "table" },
  OnStateChange = { callback, id },
  Publish = { channel, position("m", "string", "empty mib " .. SHORT_TEXTS, "PAYLOAD_TOO_LARGE"), anyCallback },
  PlayerSpawn = { text, team, vector }, PlayerDeath = { text, text, text }, ChatMessage = { text, text },
  PlayerTakeDamage = { text, number, text }, RoundStart = { text, text }, RoundEnd = { team, number },
  PlayerConnect = { text, steamId }, PlayerDisconnect = { text, steamId, text }, TeamChange = { text, team, team },
  MapChange = { text, maybeText },
  DefineEvent = { newName, newChannel, newFields }, Emit = { emitName, emitData },
  PublishGameEvents = { position({}, "table nil", "nil nothing trapped sealed", "INVALID_ARGUMENT") },
  Subscribe = { channel, callback, id }, SubscribePattern = { channel, callback, id }, On = { eventName, callback, id },
  -- None of these is a subscription: handles.lua has those.
  Unsubscribe = {
    position("none", "string table", "", "UNKNOWN_SUBSCRIPTION"), anyCallback,
    connected = "UNKNOWN_SUBSCRIPTION", disconnected = "UNKNOWN_SUBSCRIPTION",
  },
  -- It has no Result to refuse with.
  ProcessEvents = { position(1, "nil 0 1 1.5 2^53-1 2^53"), position(1, "nil 0 1 1.5"), tells = "number" },
}
for _, name in ipairs({
  "Publish", "PlayerSpawn", "PlayerDeath", "ChatMessage", "PlayerTakeDamage", "RoundStart", "RoundEnd", "PlayerConnect",
  "PlayerDisconnect", "TeamChange", "MapChange", "Emit",
}) do
  functions[name].disconnected = "NOT_CONNECTED"
end

-- These change the state, and are called last, in this order.
functions.Connect = {
  hostOrOptions, port, password, timeout, connected = "ALREADY_CONNECTED", disconnected = "true ALREADY_CONNECTED",
}
functions.ConnectAsync = { anyCallback, connected = "ALREADY_CONNECTED", disconnected = "true ALREADY_CONNECTED" }
functions.Disconnect = {
  position(0, "nil number", "nil 0 1 1.5", "INVALID_ARGUMENT"),
  connected = "true NOT_CONNECTED", disconnected = "true NOT_CONNECTED",
}
local LAST = { "Connect", "ConnectAsync", "Disconnect" }

local order = {}
for name in pairs(functions) do
  if not table.HasValue(LAST, name) then order[#order + 1] = name end
end
table.sort(order)
for _, name in ipairs(LAST) do order[#order + 1] = name end

return { of = functions, order = order }

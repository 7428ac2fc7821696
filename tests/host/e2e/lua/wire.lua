-- Publishes events with every kind of name and value, and prints what subscribers on the raw channel and on the event get, as
-- hexadecimal digits.
require("realtime")
local e2e = include("e2e.lua")

local function hex(text) return (text:gsub(".", function(byte) return ("%02x"):format(byte:byte()) end)) end

local NAMES = {
  "Alice", "", 'quo"tes \\ and / slashes', "tab\tnew\nline", "nul\0byte",
  "emoji \240\159\152\128\240\159\145\169\226\128\141\240\159\154\128",
  "\215\169\215\156\215\149\215\157 \226\128\174rtl", "broken \255\192\175 \237\160\128 end", "cut \240\159\152",
  ("\226\130\172"):rep(80),
  "\239\187\191bom", "\226\128\168 line separator", "</script>", "\127\1\31",
  -- As long as a name may be, and three times as long on its way.
  ("\255"):rep(256),
}

assert(realtime.DefineEvent("Kinds", "kinds", {
  { name = "integer", type = "integer" }, { name = "number", type = "number" }, { name = "flag", type = "boolean" },
  { name = "steam", type = "steamId64" }, { name = "side", type = "enum", values = { "red", "blue" } },
  { name = "place", type = "vector" }, { name = "list", type = "array", items = { type = "array", items = { type = "json" } } },
  { name = "box", type = "object", fields = { { name = "x", type = "integer" },
  { name = "y", type = "integer", optional = true } } },
  { name = "left_out", type = "string", optional = true },
}))

local function show(channel, message) e2e.mark("raw", channel, hex(message)) end
for _, channel in ipairs({ "chat:message", "kinds", "bytes" }) do assert(realtime.Subscribe(channel, show)) end
assert(realtime.On("ChatMessage", function(event)
  e2e.mark("typed", event.id, hex(event.data.player_name), hex(event.data.message), string.format("%.3f", event.timestamp))
end))

-- What is refused takes no number, whatever it is refused for. (A full queue: tests/unit/test_lua_api.cpp.)
local function refused(code, ok, err)
  assert(not ok and err.code == code, tostring(err))
end
local function kinds(list)
  return { integer = 0, number = 0, flag = true, steam = "1", side = "red", place = Vector(), list = list, box = { x = 1 } }
end

refused("NOT_CONNECTED", realtime.ChatMessage("Alice", "too early"))
e2e.connect(function()
  for _, name in ipairs(NAMES) do
    assert(realtime.ChatMessage(name, name))
    refused("VALIDATION_FAILED", realtime.Emit("ChatMessage", { player_name = name }))
    refused("VALIDATION_FAILED", realtime.Emit("Kinds", { integer = 0.5 }))
    refused("ENCODE_FAILED", realtime.Emit("Kinds", kinds({ { print } })))
    refused("PAYLOAD_TOO_LARGE", realtime.Emit("Kinds", kinds({ { ("x"):rep(2 ^ 20) } })))
    assert(realtime.Publish("bytes", name))
  end
  for _, integer in ipairs({ 0, -1, 2 ^ 53 - 1, 1 - 2 ^ 53 }) do
    assert(realtime.Emit("Kinds", {
      integer = integer, number = integer + 0.5 == integer and 1e300 or integer + 0.5, flag = integer < 0,
      steam = "76561198000000001",
      side = "blue", place = Vector(1, -2.5, 0.1), list = { {}, { 1, "a" } }, box = { x = 1 },
    }))
  end
  e2e.finishWhenSettled()
end)

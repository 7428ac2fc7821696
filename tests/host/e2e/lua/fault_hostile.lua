-- What others may put on a typed channel: JSON bombs, what is no event of it, and events that claim to come from elsewhere.
local fault = include("fault.lua")
local json = realtime_core.JsonEncode

local function envelope(change)
  local event = {
    specversion = "1.0", id = "stranger-1", source = "/gmod/another-server", type = "gmod.chat.message",
    time = "2026-01-01T00:00:00.000Z", datacontenttype = "application/json",
    data = { player_name = "Mallory", message = "hello" },
  }
  change(event)
  return select(2, assert(json(event)))
end

local MIB = 1024 * 1024
local function bomb(text) return text end
local INVALID = {
  bomb(string.rep("[", MIB)),
  bomb(string.rep('{"a":', MIB / 5)),
  bomb("[" .. string.rep("0,", MIB / 2 - 2) .. "0]"),
  bomb('"' .. string.rep("\\u0041", MIB / 6 - 1) .. '"'),
  bomb('{"data":' .. string.rep("[", 100) .. string.rep("]", 100) .. "}"),
  bomb(string.rep(" ", MIB)),
  bomb("1" .. string.rep("0", MIB - 1)),
  bomb("{" .. string.rep('"k":1,', 100000) .. '"k":1}'),
  "", "null", "{}", "[]", "\0", "{\"a\":\"\r\n\"}",
  envelope(function(event) event.type = "gmod.player.death" end),
  envelope(function(event) event.specversion = "0.3" end),
  envelope(function(event) event.data = { player_name = 1, message = "hello" } end),
  envelope(function(event) event.data = { player_name = "Mallory" } end),
  envelope(function(event) event.data = nil end),
  envelope(function(event) event.source = nil end),
}
local claimed
realtime.On("ChatMessage", function(event)
  if event.data.player_name == "Mallory" then
    claimed = event.source
  end
end)

fault.main(function()
  local invalid, claims = 0, 0
  for _ = 1, fault.rounds do
    for _, text in ipairs(INVALID) do
      assert(realtime.Publish("chat:message", text))
      fault.frame()
    end
    invalid = invalid + #INVALID
    fault.wait("all bombs", function() return realtime.GetStats().invalid == invalid and fault.e2e.settled() end)
    claimed = nil
    assert(realtime.Publish("chat:message", envelope(function() end)))
    fault.wait("the claim", function() return claimed ~= nil end)
    -- It is delivered with what it claims: who may publish on a channel is the server's to decide (SECURITY.md).
    assert(claimed == "/gmod/another-server")
    claims = claims + 1
    fault.e2e.mark("round")
  end
  fault.e2e.mark("hostile", invalid, claims)
end)

-- Unsubscribe takes the handles that were given out, each once, and nothing that only looks like one.
local judge = include("judge.lua")

local function nothing() end
local UNKNOWN = "UNKNOWN_SUBSCRIPTION"

local SUBSCRIBING = {
  { "Subscribe", "handles", nothing }, { "SubscribePattern", "handles:*", nothing }, { "On", "ChatMessage", nothing },
  { "OnStateChange", nothing },
}

return function(values)
  for _, subscribing in ipairs(SUBSCRIBING) do
    local name = subscribing[1]
    local _, handle = realtime[name](unpack(subscribing, 2))
    local copy = {}
    for key, item in pairs(handle) do copy[key] = item end
    judge.call("Unsubscribe", name .. "'s copied handle", { copy }, 1, UNKNOWN)
    judge.call("Unsubscribe", name .. "'s number", { { number = handle.number } }, 1, UNKNOWN)
    for _, value in ipairs(values) do
      judge.call("Unsubscribe", "number=" .. value.name, { { number = value.value } }, 1, UNKNOWN)
      judge.call("Unsubscribe", name .. " forged with number=" .. value.name, {
        { kind = handle.kind, name = handle.name, callback = handle.callback, number = value.value },
      }, 1, UNKNOWN)
    end
    judge.call("Unsubscribe", name .. "'s handle", { handle }, 1, "true")
    judge.call("Unsubscribe", name .. "'s handle again", { handle }, 1, UNKNOWN)
  end
  -- By name: those of another callback stay.
  assert(realtime.Subscribe("handles", nothing))
  judge.call("Unsubscribe", "of another callback", { "handles", function() end }, 2, UNKNOWN)
  judge.call("Unsubscribe", "by name and callback", { "handles", nothing }, 2, "true")
  judge.call("Unsubscribe", "by name again", { "handles" }, 1, UNKNOWN)
end

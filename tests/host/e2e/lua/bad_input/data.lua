-- What the data of an event may be, for each type of field: the value itself, and as the only entry of a table, under "x" and 1.
local NUMBERS = "0 1 -1 1.5 2^53-1 2^53 1e308"
local INTEGERS = "0 1 -1 2^53-1"
local TEXTS = "empty word digits nul broken"
local EMPTY_TABLES = "nothing trapped sealed"
-- Mixed, with holes, in itself, too deep, or with what JSON has no word for: no table but these.
local JSON = "boolean " .. NUMBERS .. " " .. TEXTS .. " vector list wide " .. EMPTY_TABLES

local INVALID = "VALIDATION_FAILED"
-- In a json field the module finds what is wrong. nil is no value, and a MiB does not fit with an envelope around it.
local BY_MODULE = { "ENCODE_FAILED", ["nil"] = INVALID, mib = "PAYLOAD_TOO_LARGE", ["mib+1"] = "PAYLOAD_TOO_LARGE" }

local KINDS = {
  string = { accepts = TEXTS }, number = { accepts = NUMBERS }, integer = { accepts = INTEGERS },
  boolean = { accepts = "boolean" },
  steamId64 = { accepts = "digits" }, team = { accepts = INTEGERS .. " " .. TEXTS }, vector = { accepts = "vector" },
  enum = { values = { "a", "PlayerDeath" }, accepts = "word" },
  array = {
    items = { type = "integer" }, accepts = "list " .. EMPTY_TABLES, inList = "nil " .. INTEGERS, atX = "nil", asKey = "1",
  },
  object = { fields = { { name = "x", type = "integer" } }, accepts = "", atX = INTEGERS },
  json = { accepts = JSON, inList = "nil " .. JSON, atX = "nil " .. JSON, asKey = "1 " .. TEXTS, refuses = BY_MODULE },
}

local data = { names = {} }
for kind, of in pairs(KINDS) do
  local field = { name = "value", type = kind, values = of.values, items = of.items, fields = of.fields }
  data.names[#data.names + 1] = "Kind_" .. kind
  assert(realtime.DefineEvent("Kind_" .. kind, "kind:" .. kind, { field }))
end

--- `each(label, event, data, value, accepts, refuses)`
function data.forEach(values, each)
  for kind, of in pairs(KINDS) do
    local event, refuses = "Kind_" .. kind, of.refuses or INVALID
    for _, value in ipairs(values) do
      each(kind, event, { value = value.value }, value, of.accepts, refuses)
      each(kind .. "[x]", event, { value = { x = value.value } }, value, of.atX or "", refuses)
      each(kind .. "[1]", event, { value = { value.value } }, value, of.inList or "", refuses)
      each(kind .. " and stranger", event, { value = nil, stranger = value.value }, value, "", INVALID)
      -- nil and NaN cannot be keys.
      if value.value ~= nil and value.name ~= "nan" then
        each(kind .. " key", event, { value = { [value.value] = 1 } }, value, of.asKey or "", refuses)
      end
    end
  end
end

return data

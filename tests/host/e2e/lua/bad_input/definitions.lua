-- What each part of a field's definition takes: { label, accepts, function(value) → field }.
local COUNTS = "nil 1 2^53-1 2^53 1e308"

local function array(items) return { name = "x", type = "array", items = items } end
local function object(fields) return { name = "x", type = "object", fields = fields } end
local function enum(values) return { name = "x", type = "enum", values = values } end

local PARTS = {
  { "name", "word", function(value) return { name = value, type = "json" } end },
  { "type", "", function(value) return { name = "x", type = value } end },
  { "optional", "nil boolean", function(value) return { name = "x", type = "json", optional = value } end },
  { "[1]", "nil", function(value) return { name = "x", type = "json", value } end },
  { "stranger", "nil", function(value) return { name = "x", type = "json", stranger = value } end },
  { "maxBytes of string", COUNTS, function(value) return { name = "x", type = "string", maxBytes = value } end },
  { "maxBytes of team", COUNTS, function(value) return { name = "x", type = "team", maxBytes = value } end },
  { "maxBytes of number", "nil", function(value) return { name = "x", type = "number", maxBytes = value } end },
  { "maxItems", COUNTS, function(value) return { name = "x", type = "array", items = { type = "json" }, maxItems = value } end },
  { "values", "", enum },
  { "values[1]", "string", function(value) return enum({ value }) end },
  { "values[2]", "nil string", function(value) return enum({ "a", value }) end },
  { "values[a]", "nil", function(value) return enum({ "a", a = value }) end },
  { "items", "", array },
  { "items.type", "", function(value) return array({ type = value }) end },
  { "items.name", "nil", function(value) return array({ type = "json", name = value }) end },
  { "items.maxBytes", COUNTS, function(value) return array({ type = "string", maxBytes = value }) end },
  { "fields", "", object },
  { "fields[1]", "", function(value) return object({ value }) end },
  { "fields[2]", "nil", function(value) return object({ { name = "y", type = "json" }, value }) end },
  { "fields.name", "word", function(value) return object({ { name = value, type = "json" } }) end },
}

--- `each(label, fields, value, accepts)`: what is not accepted is INVALID_ARGUMENT.
return function(values, each)
  for _, value in ipairs(values) do
    for _, part in ipairs(PARTS) do
      each(part[1], { part[3](value.value) }, value, part[2])
    end
    each("field 1", { value.value }, value, "")
    each("field 2", { { name = "y", type = "json" }, value.value }, value, "nil")
    each("field a", { { name = "y", type = "json" }, a = value.value }, value, "nil")
  end
end

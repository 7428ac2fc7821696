-- Every kind of value that an argument can have, under a name for the lists of what may be accepted.
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

local VALUES = {
  { "nil", nil }, { "true", true }, { "false", false },
  { "0", 0 }, { "1", 1 }, { "-1", -1 }, { "1.5", 1.5 }, { "nan", 0 / 0 }, { "inf", 1 / 0 }, { "-inf", -1 / 0 },
  { "2^53-1", 2 ^ 53 - 1 }, { "2^53", 2 ^ 53 }, { "1e308", 1e308 },
  { "empty", "" }, { "word", "PlayerDeath" }, { "digits", "76561198000000001" }, { "nul", "a\0b" }, { "broken", "\255\254" },
  { "mib", ("x"):rep(2 ^ 20) }, { "mib+1", ("x"):rep(2 ^ 20 + 1) },
  { "function", function() end }, { "raising", function() error("raised on purpose", 0) end },
  { "thread", coroutine.create(function() end) }, { "userdata", newproxy(true) }, { "vector", Vector(1, 2, 3) },
  { "vector_of_nan", Vector(0 / 0, 0, 0) }, { "NULL", NULL },
  { "nothing", {} }, { "list", { 1, 2, 3 } }, { "hole", { 1, nil, 3, [7] = 7 } }, { "mixed", { 1, x = 2 } }, { "cycle", cycle },
  { "deep", deep }, { "wide", wide }, { "trapped", setmetatable({}, trap) },
  { "sealed", setmetatable({}, { __metatable = false }) }, { "functions", { name = print, type = print, print } },
  { "xyz_of_nan", { x = 0 / 0, y = 0, z = 0 } },
}

local values = {}
for _, pair in ipairs(VALUES) do
  local value = { name = pair[1], type = type(pair[2]), value = pair[2] }
  values[#values + 1] = value
end

--- Whether a list such as "string nil 1.5" names a value, by its own name or by its type. No list names all.
function values.isIn(list, value)
  if not list then return true end
  for word in list:gmatch("%S+") do
    if word == value.name or word == value.type then return true end
  end
  return false
end

return values

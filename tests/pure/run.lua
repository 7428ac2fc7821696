-- Runs the vectors under LuaJIT: arguments are the bundle and the file of vectors; prints each result as hexadecimal digits.
local json = require("dkjson")
local bundle, vectors = arg[1], arg[2]

-- What the bundle finds in the game.
local PLACE = {}
rawset(_G, "Vector", function(x, y, z) return setmetatable({ x = x, y = y, z = z }, PLACE) end)
rawset(_G, "isvector", function(thing) return getmetatable(thing) == PLACE end)

local function read(path)
    local file = assert(io.open(path, "rb"))
    local text = file:read("*a")
    file:close()
    return text
end

-- One character of the file is one byte, 0 to 255.
local function bytes(text)
    return (text:gsub("([\194\195])([\128-\191])", function(lead, tail)
        return string.char((lead:byte() - 194) * 64 + tail:byte())
    end))
end

local NUMBERS = { nan = 0 / 0, inf = math.huge, ["-inf"] = -math.huge }
local function value(given)
    if type(given) == "string" then return bytes(given) end
    if type(given) ~= "table" then return given end
    if given["$number"] then return NUMBERS[given["$number"]] or tonumber(given["$number"]) end
    if given["$vector"] then return Vector(unpack(given["$vector"])) end
    if given["$repeat"] then return bytes(given["$repeat"]):rep(given.times) end
    local copy = {}
    for key, item in pairs(given) do copy[type(key) == "string" and bytes(key) or key] = value(item) end
    return copy
end

local pure = dofile(bundle)
for _, vector in ipairs(assert(json.decode(read(vectors), 1, nil, nil, nil))) do
    local arguments = {}
    for i, argument in ipairs(vector.with) do arguments[i] = value(argument) end
    local result = pure[vector.call](unpack(arguments, 1, #vector.with))
    print((result:gsub(".", function(byte) return ("%02x"):format(byte:byte()) end)))
end

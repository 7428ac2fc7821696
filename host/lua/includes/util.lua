-- Small things that addons expect as globals.
function IsValid(object)
    if not object then return false end
    local isValid = object.IsValid
    return isValid ~= nil and isValid(object) == true
end

local color = {}
color.__index = color
function color:__tostring() return ("%d %d %d %d"):format(self.r, self.g, self.b, self.a) end
function color:__eq(other)
    return self.r == other.r and self.g == other.g and self.b == other.b and self.a == other.a
end

function Color(r, g, b, a)
    return setmetatable({ r = r, g = g, b = b, a = a or 255 }, color)
end

function IsColor(value)
    return istable(value) and getmetatable(value) == color
end

color_white = Color(255, 255, 255)
color_black = Color(0, 0, 0)

function GetConVar(name) return GetConVar_Internal(name) end

local function sortedKeys(values)
    local keys = {}
    for key in pairs(values) do keys[#keys + 1] = key end
    table.sort(keys, function(a, b)
        if isnumber(a) and isnumber(b) then return a < b end
        return tostring(a) < tostring(b)
    end)
    return keys
end

function PrintTable(values, indent, done)
    indent, done = indent or 0, done or {}
    done[values] = true
    for _, key in ipairs(sortedKeys(values)) do
        local value = values[key]
        Msg(("\t"):rep(indent), tostring(key))
        if istable(value) and not done[value] then
            MsgN(":")
            PrintTable(value, indent + 1, done)
        else
            MsgN("\t=\t", tostring(value))
        end
    end
end

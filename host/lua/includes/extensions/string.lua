-- The separator is plain text unless `withPattern`; an empty one gives the single bytes.
function string.Explode(separator, text, withPattern)
    local parts = {}
    if separator == "" then
        for i = 1, #text do parts[i] = text:sub(i, i) end
        return parts
    end
    local from = 1
    local first, last = text:find(separator, from, not withPattern)
    while first and last >= first do
        parts[#parts + 1] = text:sub(from, first - 1)
        from = last + 1
        first, last = text:find(separator, from, not withPattern)
    end
    parts[#parts + 1] = text:sub(from)
    return parts
end

function string.Split(text, separator) return string.Explode(separator, text) end
function string.Implode(separator, parts) return table.concat(parts, separator) end

function string.StartsWith(text, start) return text:sub(1, #start) == start end
string.StartWith = string.StartsWith
function string.EndsWith(text, ending) return ending == "" or text:sub(-#ending) == ending end

local function literal(text)
    return (text:gsub("%W", "%%%0"))
end

-- `char` may be a class such as %s (the default) or any single character.
local function class(char)
    if char == nil then return "%s" end
    return literal(char)
end

function string.Trim(text, char)
    return string.TrimLeft(string.TrimRight(text, char), char)
end

function string.TrimLeft(text, char) return (text:gsub("^" .. class(char) .. "+", "")) end

function string.TrimRight(text, char)
    local pattern, last = "^" .. class(char) .. "$", #text
    while last > 0 and text:sub(last, last):find(pattern) do last = last - 1 end
    return text:sub(1, last)
end

function string.Replace(text, find, replacement)
    return table.concat(string.Explode(find, text), replacement)
end

function string.ToTable(text) return string.Explode("", text) end

-- ("abc")[1] is "a", and ("abc"):upper() still works.
local meta = getmetatable("")
function meta:__index(key)
    local method = string[key]
    if method ~= nil then return method end
    local position = tonumber(key)
    if position then return self:sub(position, position) end
end

-- The pure modules under LuaJIT, one call after the other: a line is a function's name and its arguments as hexadecimal digits,
-- the answer "=" and the result, or "!" and the error, the same way.
local bundle = arg[1]
rawset(_G, "isvector", function() return false end)
local pure = dofile(bundle)

local function hex(text)
    return (text:gsub(".", function(byte) return ("%02x"):format(byte:byte()) end))
end
local function text(digits)
    return (digits:gsub("%x%x", function(two) return string.char(tonumber(two, 16)) end))
end

for line in io.lines() do
    local words = {}
    for word in line:gmatch("[^ ]+") do words[#words + 1] = word end
    for i = 2, #words do words[i] = text(words[i]:sub(2)) end
    local ok, result = pcall(pure[words[1]], unpack(words, 2))
    io.write(ok and "=" or "!", hex(tostring(result)), "\n")
    io.flush()
end

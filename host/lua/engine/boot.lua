-- The engine's part of the environment: what the game has in C++. The host runs this file first in every new state
-- and gives it its native functions; it returns the table whose Start, Frame and Close the host calls.
local native = ...

local engine = {
    native = native,
    curTime = 0, -- seconds of simulated time since the map began
    realTime = 0, -- seconds since the map began
    frameTime = 0,
    tick = 0,
    hibernating = false,
}

local parts = {
    "errors", "output", "types", "time", "file", "loader", "timer", "gameevent", "convar", "game", "gamemode", "frame",
    "host",
}
for _, name in ipairs(parts) do
    local text = assert(native.read(native.runtime .. "/engine/" .. name .. ".lua"), "the host lacks engine/" .. name)
    assert(native.compile(text, "@[host]/" .. name .. ".lua"))(engine)
end

return engine

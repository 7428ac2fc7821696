-- The console for scripts.
local engine = ...
local out = engine.native.out

function print(...)
    local parts = { ... }
    for i = 1, select("#", ...) do parts[i] = tostring(parts[i]) end
    out(table.concat(parts, "\t"), "\n")
end

function Msg(...)
    for i = 1, select("#", ...) do out(tostring((select(i, ...)))) end
end

function MsgN(...)
    Msg(...)
    out("\n")
end

-- Colours are left out: the console of a dedicated server is often a file.
function MsgC(...)
    for i = 1, select("#", ...) do
        local part = select(i, ...)
        if not (IsColor and IsColor(part)) then out(tostring(part)) end
    end
end

function MsgAll(...)
    MsgN(...)
end

-- Errors on the console, as the game prints them: [ERROR] position: message, then the numbered stack.
local engine = ...
local native = engine.native

engine.errorCount = 0

local OWN = "@[host]/"

local function isOwn(info)
    return info.source:sub(1, #OWN) == OWN
end

-- The callers from `level` on (1 is the caller of this function). What the engine's own functions do inside is not
-- shown; the one that a script called looks like what it is in the game, a C function, and what the engine calls has
-- no name. Below the last frame of a script there is nothing to tell.
local function stackLines(level)
    local frames, last = {}, 0
    local info = debug.getinfo(level + 1, "Snl")
    while info do
        level = level + 1
        local own, caller = isOwn(info), debug.getinfo(level + 1, "Snl")
        local calledByOwn = caller ~= nil and isOwn(caller)
        if not (calledByOwn and (own or info.what == "C")) then
            local engineFunction = own or info.what == "C"
            local place = engineFunction and "[C]:-1" or info.short_src .. ":" .. info.currentline
            frames[#frames + 1] = (not calledByOwn and info.name or "unknown") .. " - " .. place
            if not engineFunction then last = #frames end
        end
        info = caller
    end
    local lines = {}
    for i = 1, last do
        lines[i] = (" "):rep(i + 1) .. i .. ". " .. frames[i] .. "\n"
    end
    return table.concat(lines)
end

local function printError(message, level)
    native.err("\n[ERROR] ", tostring(message), "\n", level and stackLines(level + 1) or "", "\n")
    engine.errorCount = engine.errorCount + 1 -- last: see Guard
end

local function handler(message)
    printError(message, 2)
    return message
end

-- Runs a function of a script. An error is printed with its stack; the answer is then false.
function engine.Guard(callback, ...)
    local before, directory = engine.errorCount, engine.directory
    local ok, result = xpcall(callback, handler, ...)
    if not ok then
        engine.directory = directory
        -- Without room for the handler (a stack overflow) it was not printed and counted yet.
        if engine.errorCount == before then printError(result) end
    end
    return ok
end

local function joined(...)
    local parts = { ... }
    for i = 1, select("#", ...) do parts[i] = tostring(parts[i]) end
    return table.concat(parts)
end

local function position(level)
    local info = debug.getinfo(level + 1, "Sl")
    if info and info.currentline > 0 then return info.short_src .. ":" .. info.currentline .. ": " end
    return ""
end

function ErrorNoHalt(...)
    printError(position(2) .. joined(...))
end

function ErrorNoHaltWithStack(...)
    printError(position(2) .. joined(...), 2)
end

function Error(...)
    error(joined(...), 2)
end

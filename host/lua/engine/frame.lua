-- The life of a map: start, frames, close.
local engine = ...
local native = engine.native

engine.frameNumber = 0

local function runHook(name)
    engine.Guard(hook.Run, name)
end

function engine.Start()
    local init = engine.Find("includes/init.lua")
    engine.Guard(engine.Execute, init)
    engine.RunFolder("autorun")
    engine.RunFolder("autorun/server")
    runHook("Initialize")
    runHook("InitPostEntity")
    GM = GAMEMODE
    for _, script in ipairs(native.scripts) do
        if not engine.RunScript(script) then native.scriptFailed() end
    end
    GM = nil
end

-- Hibernating, the game simulates nothing: its time stands still and Think does not run, but timers without delay do.
local function simulates()
    return not engine.hibernating or GetConVar_Internal("sv_hibernate_think"):GetBool()
end

-- Gives the seconds that Think took.
function engine.Frame(elapsed)
    engine.frameNumber = engine.frameNumber + 1
    engine.realTime = engine.realTime + elapsed
    if simulates() then
        engine.curTime = engine.curTime + elapsed
        engine.frameTime = elapsed
        engine.tick = engine.tick + 1
    end
    engine.RunTimers()
    if not simulates() then return 0 end
    local began = native.sysTime()
    runHook("Think")
    runHook("Tick")
    return native.sysTime() - began
end

function engine.Close()
    runHook("ShutDown")
end

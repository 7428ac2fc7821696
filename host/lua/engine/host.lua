-- The table `host`: what a script can ask of this server and of no real one. Described in host/README.md.
local engine = ...
local native = engine.native

host = {
    Quit = native.quit,
    ChangeMap = native.changeMap,
    Store = native.store,
    Load = native.load,
    FrameStats = native.stats,
    ResetFrameStats = native.resetStats,
    References = native.references,
    InvalidFrees = native.invalidFrees,
    CoroutineStates = native.coroutineStates,
    MemoryBytes = native.memoryBytes,
    HeapBytes = native.heapBytes,
    Descriptors = native.descriptors,
    Threads = native.threads,
    ThreadUsage = native.threadUsage,
    Mapped = native.mapped,
    FireGameEvent = engine.FireGameEvent,
    RunCommand = engine.RunCommand,
}

function host.SetHibernating(hibernating) engine.hibernating = hibernating == true end
function host.Hibernating() return engine.hibernating end
function host.MapNumber() return native.mapNumber end
function host.ErrorCount() return engine.errorCount end

function host.Args()
    local copy = {}
    for i, argument in ipairs(native.arguments) do copy[i] = argument end
    return copy
end

-- Runs a file of lua/ again in the same state, as the game does when it was saved. False: missing, or an error.
function host.Refresh(path)
    local found = engine.Find(path)
    return found ~= nil and engine.Guard(engine.Execute, found)
end

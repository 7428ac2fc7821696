-- The timer library. A timer whose callback raises is removed; one with delay 0 is due in every frame, hibernating too.
local engine = ...

local named = {} -- name → timer
local simple = {} -- list, in the order of creation

timer = {}

local function checked(name, position, value, wanted)
    if type(value) ~= wanted then
        error(("bad argument #%d to '%s' (%s expected, got %s)"):format(position, name, wanted, type(value)), 3)
    end
end

local function due(entry, now)
    return not entry.stopped and entry.created ~= engine.frameNumber and (entry.delay <= 0 or now >= entry.at)
end

-- repetitions 0: for ever.
function timer.Create(name, delay, repetitions, callback)
    checked("Create", 2, delay, "number")
    checked("Create", 3, repetitions, "number")
    checked("Create", 4, callback, "function")
    named[name] = {
        name = name, delay = delay, repetitions = repetitions, left = repetitions, callback = callback,
        at = engine.curTime + delay, created = engine.frameNumber,
    }
end

function timer.Simple(delay, callback)
    checked("Simple", 1, delay, "number")
    checked("Simple", 2, callback, "function")
    simple[#simple + 1] = {
        delay = delay, callback = callback, at = engine.curTime + delay, created = engine.frameNumber,
    }
end

function timer.Remove(name) named[name] = nil end
timer.Destroy = timer.Remove

function timer.Exists(name) return named[name] ~= nil end

function timer.Adjust(name, delay, repetitions, callback)
    local entry = named[name]
    if not entry then return false end
    if delay then
        entry.delay, entry.at = delay, engine.curTime + delay
    end
    if repetitions then
        entry.repetitions, entry.left = repetitions, repetitions
    end
    entry.callback = callback or entry.callback
    return true
end

function timer.Start(name)
    local entry = named[name]
    if not entry then return false end
    entry.stopped, entry.paused, entry.left, entry.at = nil, nil, entry.repetitions, engine.curTime + entry.delay
    return true
end

function timer.Stop(name)
    local entry = named[name]
    if not entry or entry.stopped then return false end
    entry.stopped, entry.paused = true, entry.delay
    return true
end

function timer.Pause(name)
    local entry = named[name]
    if not entry or entry.stopped then return false end
    entry.stopped, entry.paused = true, entry.at - engine.curTime
    return true
end

function timer.UnPause(name)
    local entry = named[name]
    if not entry or not entry.stopped then return false end
    entry.stopped, entry.at = nil, engine.curTime + (entry.paused or entry.delay)
    return true
end

function timer.Toggle(name)
    local entry = named[name]
    if not entry then return false end
    if entry.stopped then return timer.UnPause(name) end
    return timer.Pause(name)
end

function timer.RepsLeft(name) return named[name] and named[name].left or nil end

function timer.TimeLeft(name)
    local entry = named[name]
    return entry and (entry.stopped and entry.paused or entry.at - engine.curTime) or nil
end

local function runNamed(entry, now)
    entry.at = now + entry.delay
    local last = entry.repetitions > 0 and entry.left <= 1
    if entry.repetitions > 0 then entry.left = entry.left - 1 end
    local ok = engine.Guard(entry.callback)
    -- The callback may have put another timer of that name in its place.
    if named[entry.name] == entry and (not ok or last and entry.left <= 0) then named[entry.name] = nil end
end

-- The list is taken before anything runs: callbacks create and remove timers.
function engine.RunTimers()
    local now, ready = engine.curTime, {}
    for _, entry in pairs(named) do
        if due(entry, now) then ready[#ready + 1] = entry end
    end
    for _, entry in ipairs(ready) do
        if named[entry.name] == entry and not entry.stopped then runNamed(entry, now) end
    end
    local waiting = simple
    simple = {}
    local kept = {}
    for _, entry in ipairs(waiting) do
        if due(entry, now) then
            engine.Guard(entry.callback)
        else
            kept[#kept + 1] = entry
        end
    end
    for _, entry in ipairs(simple) do kept[#kept + 1] = entry end
    simple = kept
end

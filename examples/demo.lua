-- The demo that `npm start` plays in the headless server: a pretend round, seen by three kinds of subscribers, then measured.
-- It runs in a real server as well (lua_openscript), where it does not end the server. Argument: seconds=N, how long it takes.
require("realtime")

local HOOK = "realtime.demo"
local EVENTS = 300 -- of each measurement
local SPIN_SECONDS = 0.05 -- longest wait for one message outside of the frames
local MILLISECONDS = 1000
local MICROSECONDS = 1e6

local seconds = 5
for _, argument in ipairs(host and host.Args() or {}) do
    seconds = tonumber(argument:match("^seconds=(.+)$")) or seconds
end

local began = SysTime()
local function out(format, ...) print("  " .. string.format(format, ...)) end
local function title(text)
    print("")
    out("%s", text)
    out("%s", string.rep("-", 88))
end

local function quit(code)
    hook.Remove("Think", HOOK)
    if host then host.Quit(code) end
end

local function check(ok, value)
    if not ok then
        quit(1)
        error(value.message .. ". " .. value.remedy, 2)
    end
    return value
end

local usable, config = realtime.GetConfig()
if not usable then
    -- What is wrong, and what to do, has been printed when the addon was loaded.
    out("There is nothing to show: %s.", config.code)
    quit(1)
    return
end

-- ---- the subscribers -------------------------------------------------------------------------------------------------

local handles = {}
local function keep(ok, value) handles[#handles + 1] = check(ok, value) end
local function show(how, what, format, ...)
    out("%6.2f s   %-8s %-18s " .. format, SysTime() - began, how, what, ...)
end

keep(realtime.On("RoundStart", function(event)
    show("typed", event.name, "%s on %s", event.data.gamemode, event.data.map)
end))
keep(realtime.On("PlayerSpawn", function(event)
    local pos = event.data.pos
    show("typed", event.name, "%s, team %s, at (%g, %g, %g)", event.data.player_name, event.data.team, pos.x, pos.y, pos.z)
end))
keep(realtime.On("ChatMessage", function(event)
    show("typed", event.name, "%s: %s", event.data.player_name, event.data.message)
end))
keep(realtime.On("PlayerTakeDamage", function(event)
    show("typed", event.name, "%s loses %g to %s", event.data.victim_name, event.data.damage, event.data.attacker_name)
end))
keep(realtime.On("PlayerDeath", function(event)
    show("typed", event.name, "%s, by %s with %s", event.data.victim_name, event.data.attacker_name, event.data.weapon)
end))
keep(realtime.On("RoundEnd", function(event)
    show("typed", event.name, "%s win, %g to nothing", event.data.winner_team, event.data.score)
end))
keep(realtime.SubscribePattern("player:*", function(channel, message, pattern)
    show("pattern", pattern, "%s, %d bytes", channel, #message)
end))
keep(realtime.Subscribe("chat:message", function(channel, message)
    show("raw", channel, "%s", message:match('"data":(.*)}$') or message)
end))

-- ---- the round -------------------------------------------------------------------------------------------------------

local round = {
    function() return realtime.RoundStart("murder", "md_library") end,
    function() return realtime.PlayerSpawn("Alice", 1, Vector(128, -64, 32)) end,
    function() return realtime.PlayerSpawn("Bob", "murderers", Vector(-512.5, 96, 32)) end,
    function() return realtime.ChatMessage("Alice", "has anyone seen Bob? \226\152\185") end,
    function() return realtime.PlayerTakeDamage("Alice", 37.5, "Bob") end,
    function() return realtime.PlayerDeath("Alice", "Bob", "weapon_mu_knife") end,
    function() return realtime.RoundEnd("murderers", 1) end,
}

-- ---- the measurement ---------------------------------------------------------------------------------------------------

-- For lua-language-server.
---@class DemoPingEvent: realtime.ReceivedEvent
---@field data { number: integer }

---@class realtime
---@field On fun(name: "DemoPing", callback: fun(event: DemoPingEvent), id?: string): boolean, realtime.SubscriptionOrError
---@field Emit fun(name: "DemoPing", data: { number: integer }): boolean, realtime.RealtimeError

check(realtime.DefineEvent("DemoPing", "demo:ping", { { name = "number", type = "integer" } }))
local ping = { number = 0 }
local frames = { sentAt = {}, latencies = {}, cost = {} }
local alone = { sentAt = {}, latencies = {}, cost = {} }
local measured, lastSeen = frames, nil

local function measure(what)
    if measured == what and lastSeen then return end
    measured, lastSeen = what, SysTime()
end
local function publishPing()
    ping.number = ping.number + 1
    local start = SysTime()
    measured.sentAt[ping.number] = start
    check(realtime.Emit("DemoPing", ping))
    measured.cost[#measured.cost + 1] = SysTime() - start
end
local function onPing(event)
    local now, start = SysTime(), measured.sentAt[event.data.number]
    -- What an earlier run left behind, or another server of the same demo.
    if start == nil then return end
    measured.latencies[#measured.latencies + 1] = now - start
    measured.sentAt[event.data.number] = nil
    lastSeen = now
end
check(realtime.On("DemoPing", onPing))

-- All came back; or none for as long as the server may take to answer, on a machine of any speed.
local function measurementEnds()
    return #measured.latencies == EVENTS or SysTime() - lastSeen > config.timeout
end

local function row(name, values, scale, unit)
    table.sort(values)
    local function at(part) return (values[math.max(1, math.ceil(part * #values))] or 0) * scale end
    out("%-44s %10.3f %10.3f %10.3f %10.3f  %s", name, at(0), at(0.5), at(0.95), at(1), unit)
end

-- ---- frame by frame ------------------------------------------------------------------------------------------------------

-- Each step gets the seconds since it began and answers whether it is done.
local steps = {}
local tickrate = math.floor(1 / engine.TickInterval() + 0.5)

function steps.connect(elapsed)
    if realtime.IsConnected() then
        out("realtime %s", realtime.VERSION)
        out("backend   %s, %s", config.backend, config.address)
        out("server    %s, %d ticks per second", config.source, tickrate)
        title("  when     how      what               as it arrives")
        began = SysTime()
        return true
    end
    if elapsed > config.timeout + 1 then
        out("No connection to %s at %s within %.1f s.", config.backend, config.address, elapsed)
        quit(1)
    end
    return false
end

local played = 0
local pause = seconds * 0.5 / (#round + 1)
function steps.round(elapsed)
    if played == #round then return elapsed > (played + 1) * pause end
    if elapsed > (played + 1) * pause then
        played = played + 1
        check(round[played]())
    end
    return false
end

local perFrame = math.max(1, math.ceil(EVENTS / (seconds * 0.25 * tickrate)))
function steps.measureFrames()
    measure(frames)
    for _ = 1, perFrame do
        if #frames.cost < EVENTS then publishPing() end
    end
    return measurementEnds()
end

function steps.measureAlone()
    measure(alone)
    -- For one that is late the next ones wait: the server's frames bring it.
    while #alone.latencies == #alone.cost and #alone.cost < EVENTS do
        local before, start = #alone.latencies, SysTime()
        publishPing()
        while #alone.latencies == before and SysTime() - start < SPIN_SECONDS do realtime.ProcessEvents() end
    end
    return measurementEnds()
end

function steps.settle(elapsed)
    return realtime.GetStats().pending == 0 or elapsed > 1
end

function steps.report()
    title(string.format("%-44s %10s %10s %10s %10s", EVENTS .. " events, publish to callback", "min", "median", "95 %", "max"))
    row(string.format("at %d ticks per second, a frame is %.1f ms", tickrate, engine.TickInterval() * MILLISECONDS),
        frames.latencies, MILLISECONDS, "ms")
    row("without waiting for the next frame", alone.latencies, MILLISECONDS, "ms")
    row("the call itself, on the game thread", frames.cost, MICROSECONDS, "\194\181s")

    local stats = realtime.GetStats()
    title("counters")
    out("sent      %6d = published %6d + failed  %4d + unknown %4d + pending %4d",
        stats.sent, stats.published, stats.failed, stats.unknown, stats.pending)
    out("received  %6d = delivered %6d + dropped %4d + queued  %4d",
        stats.received, stats.delivered, stats.dropped, stats.queued)
    out("invalid   %6d; callbacks that failed: %d; what matches a channel and a pattern arrives twice",
        stats.invalid, stats.callbackErrors)
    print("")
    local complete = #frames.latencies == EVENTS and #alone.latencies == EVENTS and stats.callbackErrors == 0
    if not complete then out("Not every event came back.") end
    quit(complete and 0 or 1)
    return true
end

local order = { "connect", "round", "measureFrames", "measureAlone", "settle", "report" }
local current, since = 1, SysTime()
local function onThink()
    if steps[order[current]](SysTime() - since) then
        current, since = current + 1, SysTime()
        if order[current] == "measureFrames" then
            for _, handle in ipairs(handles) do check(realtime.Unsubscribe(handle)) end
        end
    end
end

if realtime.GetState() == "disconnected" then check(realtime.ConnectAsync()) end
hook.Add("Think", HOOK, onThink)

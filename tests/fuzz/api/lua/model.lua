-- What the public API should do, written down a second time: counters, states, who is called with what and in which order, on
-- the backend inside this process. It knows the documentation, and nothing of the code.
--
-- The module's ProcessEvents is followed call by call: `begin` starts a coroutine that comes to each callback that is expected,
-- `called` compares one that came with it, `finish` compares what is left. What callbacks do changes the model in between, as it
-- does the module.
local Model = {}
Model.__index = Model

Model.DEFAULTS = { queueMessages = 10000, queueBytes = 67108864, maxPayloadBytes = 1048576 }

local MOST_ATTEMPTS = 64 -- ends of attempts that were not told yet
local MOST_CHANGES = 256
local AT_ONCE = 64 -- messages taken out of the inbox together
local LONGEST_NAME = 1024

function Model.new()
    return setmetatable({
        state = "disconnected",
        configured = Model.DEFAULTS, -- for the next connection
        inForce = Model.DEFAULTS, -- of this one, or the last
        changes = {}, -- {to, from} not told yet
        attempts = {}, -- ends of attempts not told yet: {fn = …}
        listeners = {}, -- of the state, by handle
        answers = {}, -- of publish calls, not told yet
        subscriptions = {}, -- in the order they were made
        inbox = {}, -- in the order of arrival; those with `gone` are not there any more
        first = 1,
        last = 0,
        count = 0,
        bytes = 0,
        turns = {}, -- lanes with messages; the first has the next turn
        lanes = {},
        taken = {},
        fellBehind = false,
        reports = 0, -- errors that were reported
        stats = {
            sent = 0, refused = 0, published = 0, failed = 0, unknown = 0, pending = 0, bytesPublished = 0,
            received = 0, delivered = 0, dropped = 0, queued = 0, droppedOverflow = 0, droppedUnclaimed = 0, bytesReceived = 0,
            invalid = 0, callbackErrors = 0, subscriptions = 0, connects = 0, connectFailures = 0,
            stateChanges = 0,
        },
    }, Model)
end

-- ---- connection ----------------------------------------------------------------------------------------------------

function Model:change(to)
    if #self.changes == MOST_CHANGES then table.remove(self.changes, 1) end
    self.stats.stateChanges = self.stats.stateChanges + 1
    self.changes[#self.changes + 1] = { to = to, from = self.state, number = self.stats.stateChanges }
    self.state = to
end

--- The code of the error, or nil.
function Model:connect(fn)
    if self.state ~= "disconnected" then return "ALREADY_CONNECTED" end
    if #self.attempts >= MOST_ATTEMPTS then return "QUEUE_FULL" end
    self.inForce = self.configured
    self:change("connecting")
    self:change("connected")
    self.stats.connects = self.stats.connects + 1
    self.attempts[#self.attempts + 1] = { fn = fn }
end

function Model:disconnect()
    if self.state == "disconnected" then return "NOT_CONNECTED" end
    self:change("closing")
    self:change("disconnected")
end

-- ---- subscriptions -------------------------------------------------------------------------------------------------

function Model:subscribe(subscription)
    if #subscription.topic == 0 or #subscription.topic > LONGEST_NAME then return "INVALID_ARGUMENT" end
    subscription.live = true
    self.subscriptions[#self.subscriptions + 1] = subscription
    self.stats.subscriptions = self.stats.subscriptions + 1
end

function Model:unsubscribe(subscription)
    subscription.live = false
    for i, each in ipairs(self.subscriptions) do
        if each == subscription then
            table.remove(self.subscriptions, i)
            self.stats.subscriptions = self.stats.subscriptions - 1
            return
        end
    end
end

-- ---- publishing ----------------------------------------------------------------------------------------------------

--- Why this would be refused, or nil.
function Model:refusal(channel, size, fn)
    if self.state ~= "connected" then return "NOT_CONNECTED" end
    if #channel == 0 or #channel > LONGEST_NAME then return "INVALID_ARGUMENT" end
    if size > self.inForce.maxPayloadBytes then return "PAYLOAD_TOO_LARGE" end
    local isFull = fn ~= nil and #self.answers >= self.inForce.queueMessages
    if isFull or #channel + size > self.inForce.queueBytes then return "QUEUE_FULL" end
end

function Model:refused() self.stats.refused = self.stats.refused + 1 end

--- Whether a channel matches one of the few patterns that are used here.
local function matches(pattern, channel)
    if pattern == "*" then return true end
    local body, last = pattern:sub(1, -2), pattern:sub(-1)
    if last == "*" then return channel:sub(1, #body) == body end
    return last == "?" and #channel == #pattern and channel:sub(1, #body) == body
end

--- The same for an event; what it takes at least is all that is known of its size.
function Model:eventRefusal(channel, atLeast)
    if atLeast > self.inForce.maxPayloadBytes then return "PAYLOAD_TOO_LARGE" end
    return self:refusal(channel, atLeast)
end

--- The message was accepted: it arrives once for its channel and once for each pattern that somebody listens to.
function Model:publish(channel, message, size, fn)
    local stats = self.stats
    stats.sent, stats.published = stats.sent + 1, stats.published + 1
    stats.bytesPublished = stats.bytesPublished + size
    local topics, patterns = {}, {}
    for _, subscription in ipairs(self.subscriptions) do
        local topic = subscription.topic
        if subscription.isPattern then
            if not patterns[topic] and matches(topic, channel) then
                patterns[topic] = true
                topics[#topics + 1] = topic
            end
        end
    end
    table.sort(topics)
    local receivers = #topics
    for _, subscription in ipairs(self.subscriptions) do
        if not subscription.isPattern and subscription.topic == channel then
            receivers = receivers + 1
            self:arrive({
                lane = self:lane("c" .. channel), channel = channel, message = message, size = size, bytes = #channel + size,
            })
            break
        end
    end
    for _, pattern in ipairs(topics) do
        self:arrive({
            lane = self:lane("p" .. pattern), pattern = pattern, channel = channel, message = message, size = size,
            bytes = #pattern + #channel + size,
        })
    end
    if fn then self.answers[#self.answers + 1] = { fn = fn, receivers = receivers } end
end

-- ---- the inbox -----------------------------------------------------------------------------------------------------

function Model:lane(key)
    local lane = self.lanes[key]
    if not lane then
        lane = { messages = {}, first = 1, last = 0 }
        self.lanes[key] = lane
    end
    return lane
end

local function isEmpty(lane) return lane.messages[lane.first] == nil end

function Model:remove(entry)
    local lane = entry.lane
    lane.messages[lane.first] = nil
    lane.first = lane.first + 1
    entry.gone = true
    self.count, self.bytes = self.count - 1, self.bytes - entry.bytes
    if isEmpty(lane) then
        lane.messages, lane.first, lane.last = {}, 1, 0
        for i, each in ipairs(self.turns) do
            if each == lane then
                table.remove(self.turns, i)
                break
            end
        end
    end
    return entry
end

function Model:oldest()
    while self.inbox[self.first].gone do
        self.inbox[self.first] = nil
        self.first = self.first + 1
    end
    local entry = self.inbox[self.first]
    self.inbox[self.first] = nil
    self.first = self.first + 1
    return self:remove(entry)
end

function Model:inTurn()
    local lane = self.turns[1]
    local entry = self:remove(lane.messages[lane.first])
    if not isEmpty(lane) then
        table.remove(self.turns, 1)
        self.turns[#self.turns + 1] = lane
    end
    return entry
end

function Model:arrive(entry)
    local stats, bounds = self.stats, self.inForce
    stats.received, stats.bytesReceived = stats.received + 1, stats.bytesReceived + entry.size
    if entry.bytes > bounds.queueBytes then
        stats.droppedOverflow = stats.droppedOverflow + 1
        return
    end
    while self.count >= bounds.queueMessages or self.bytes > bounds.queueBytes - entry.bytes do
        self:oldest()
        stats.droppedOverflow = stats.droppedOverflow + 1
    end
    local lane = entry.lane
    if isEmpty(lane) then self.turns[#self.turns + 1] = lane end
    lane.last = lane.last + 1
    lane.messages[lane.last] = entry
    self.last = self.last + 1
    self.inbox[self.last] = entry
    self.count, self.bytes = self.count + 1, self.bytes + entry.bytes
end

-- ---- ProcessEvents -------------------------------------------------------------------------------------------------

local function tellChanges(self)
    for _ = 1, #self.changes do
        local change = table.remove(self.changes, 1)
        local waiting = {}
        for handle, listener in pairs(self.listeners) do
            -- Of what was before it, a listener is not told.
            if change.number > listener.after then waiting[handle] = listener end
        end
        -- In whatever order; one that was ended meanwhile is not called any more.
        while true do
            local fns = {}
            for handle, listener in pairs(waiting) do
                if self.listeners[handle] ~= listener then
                    waiting[handle] = nil
                else
                    fns[listener.fn] = handle
                end
            end
            if next(fns) == nil then break end
            waiting[coroutine.yield({ any = fns, change.to, change.from, n = 2 })] = nil
        end
    end
end

local function tellAttempts(self)
    for _ = 1, #self.attempts do
        local attempt = table.remove(self.attempts, 1)
        if attempt.fn then coroutine.yield({ fn = attempt.fn, true, n = 1 }) end
    end
end

local function tellAnswer(self)
    local answer = table.remove(self.answers, 1)
    coroutine.yield({ fn = answer.fn, true, answer.receivers, n = 2 })
end

local function deliver(self, entry)
    local stats, listeners = self.stats, {}
    local topic, isPattern = entry.pattern or entry.channel, entry.pattern ~= nil
    for _, subscription in ipairs(self.subscriptions) do
        if subscription.topic == topic and (subscription.isPattern or false) == isPattern then
            listeners[#listeners + 1] = subscription
        end
    end
    if #listeners == 0 then
        stats.droppedUnclaimed = stats.droppedUnclaimed + 1
        return
    end
    stats.delivered = stats.delivered + 1
    for _, subscription in ipairs(listeners) do
        if subscription.live then
            if subscription.event then
                if type(entry.message) == "table" and entry.message.event == subscription.event then
                    coroutine.yield({ fn = subscription.fn, event = entry.message, n = 1 })
                else
                    stats.invalid = stats.invalid + 1
                end
            else
                local n = isPattern and 3 or 2
                coroutine.yield({ fn = subscription.fn, entry.channel, entry.message, entry.pattern, n = n })
            end
        end
    end
end

local function process(self, maxEvents, run)
    tellChanges(self)
    tellAttempts(self)
    local answers = #self.answers
    local waiting = #self.taken + self.count
    local most = maxEvents == 0 and waiting or math.min(maxEvents, waiting)
    local take = self.fellBehind and self.inTurn or self.oldest
    while answers > 0 or run.handled < most do
        if answers > 0 then
            answers = answers - 1
            tellAnswer(self)
        end
        if run.handled < most then
            if #self.taken == 0 then
                for _ = 1, math.min(AT_ONCE, self.count) do self.taken[#self.taken + 1] = take(self) end
                -- Callbacks may have lowered the bound, and the rest was dropped.
                if #self.taken == 0 then break end
            end
            deliver(self, table.remove(self.taken, 1))
            run.handled = run.handled + 1
        end
        -- Here a budget of time may have ended it.
        if run.timed and run.handled == run.stopAt then break end
    end
    self.fellBehind = run.handled < waiting and self.count + #self.taken > 0
end

local function close(self)
    tellAttempts(self)
    while #self.answers > 0 do tellAnswer(self) end
end

--- One ProcessEvents begins; nil when it is inside another one, which does nothing.
function Model:begin(maxEvents, timed)
    if self.run then return nil end
    local run = { handled = 0, timed = timed }
    run.routine = coroutine.create(process)
    run.arguments = { self, math.floor(maxEvents), run }
    self.run = run
    return run
end

--- The module is closed: from here on only what is still owed is told.
function Model:beginClosing()
    local run = { handled = 0, closing = true, routine = coroutine.create(close), arguments = { self } }
    self.run = run
end

local function resume(run, value)
    local arguments = run.arguments
    run.arguments = nil
    local ok, expected
    if arguments then
        ok, expected = coroutine.resume(run.routine, unpack(arguments, 1, 3))
    else
        ok, expected = coroutine.resume(run.routine, value)
    end
    if not ok then error("the model: " .. tostring(expected), 0) end
    return expected
end

local function show(value)
    return type(value) == "string" and ("%q"):format(value:sub(1, 60)) or tostring(value)
end

--- A callback was called. Gives what is wrong with that, or nil.
function Model:called(fn, ...)
    local run = self.run
    if not run then return "a callback is called outside of ProcessEvents" end
    local expected = resume(run, run.answer)
    if expected == nil then return "a callback is called although none is due" end
    if expected.any then
        local handle = expected.any[fn]
        if not handle then return "a listener is called that is not due" end
        run.answer = handle
    elseif expected.fn ~= fn then
        return "another callback is due"
    end
    if expected.event then
        local event = ...
        if type(event) ~= "table" or type(event.data) ~= "table" or event.name ~= expected.event.event then
            return "an event has a name and data"
        end
        if event.data[expected.event.key] ~= expected.event.sequence then
            return "another event is due: " .. show(expected.event.sequence) .. ", got " .. show(event.data[expected.event.key])
        end
        return nil
    end
    if select("#", ...) ~= expected.n then return "a callback has " .. expected.n .. " arguments, got " .. select("#", ...) end
    for i = 1, expected.n do
        local got, wanted = (select(i, ...)), expected[i]
        if type(wanted) == "table" then -- an event, seen by somebody who takes the bytes
            if type(got) ~= "string" or not got:find(wanted.json, 1, true) then return "another event is due: " .. wanted.json end
        elseif got ~= wanted then
            return "argument " .. i .. " is " .. show(got) .. ", expected " .. show(wanted)
        end
    end
end

--- How many answers closing still owes.
function Model:owedAtClosing()
    local owed = #self.answers
    for _, attempt in ipairs(self.attempts) do owed = owed + (attempt.fn and 1 or 0) end
    return owed
end

--- ProcessEvents ended with this result. Gives what is wrong with it, or nil.
function Model:finish(handled)
    local run = self.run
    self.run = nil
    run.stopAt = handled
    if resume(run, run.answer) ~= nil then return "a callback that is due was not called" end
    if run.handled ~= handled then return "ProcessEvents gives " .. handled .. ", expected " .. run.handled end
end

--- The columns that the module must have now.
function Model:expectedStats()
    local stats = self.stats
    stats.queued = self.count + #self.taken
    stats.dropped = stats.droppedOverflow + stats.droppedUnclaimed
    return stats
end

--- Functions that the module must hold now: its three handlers, and one for whatever is not over.
function Model:liveCallbacks()
    return 3 + #self.subscriptions + self:owedAtClosing()
end

return Model

-- The steps of the state machine. A step is a number: what it does is drawn from a generator of its own, and refers to what there is
-- ("the third subscription") by a draw, too. So any part of a run can be left out, and the rest means something still.
local realtime = realtime

local SHAPES = {
    { { name = "seq", type = "integer" } },
    { { name = "seq", type = "integer" }, { name = "text", type = "string", optional = true, maxBytes = 20 } },
    { { name = "seq", type = "integer" }, { name = "list", type = "array", items = { type = "integer" }, maxItems = 3 } },
}
local EVENT_NAMES = { "FuzzOne", "FuzzTwo", "FuzzThree", "FuzzFour" }
local EVENT_CHANNELS = { "ev:1", "ev:2", "ev:3", "ev:4", "chat:message" }
local CHANNELS = { "c1", "c2", "c3", "c:long", "ev:1", "ev:2", "chat:message", "round:end", "c\0\255" }
local PATTERNS = { "c*", "ev:*", "*", "c?", "round:*", "nothing*" }
local BUILT_IN = {
    ChatMessage = { channel = "chat:message", key = "message" },
    RoundEnd = { channel = "round:end", key = "score" },
}
local LEAST_EVENT = 150 -- bytes of the shortest event
local MOST_SUBSCRIPTIONS = 40
local MOST_LISTENERS = 8
local BUDGETS = { { 0, 0 }, { 0, 0 }, { nil, 0 }, { 1, 0 }, { 2.9, 0 }, { 7, 0 }, { 100, 0 }, { 2 ^ 53, 0 }, { 0, 3600000 }, { 0, 0.0001 }, { nil, nil }, { 3, 1e-9 }, { 0.5, 0 } }
local NAN = 0 / 0

--- `api` is what a step may need of the run: model, violated(text), draw(n), and so on (api.lua).
return function(api)
    local model, draw = api.model, api.draw
    local run = {} -- what exists besides the model: handles, the functions shared by several subscriptions
    run.handles, run.ended, run.listeners, run.shared = {}, {}, {}, {}
    run.events = {} -- by name: {channel, shape}
    run.sequence = 0
    local steps = {}

    local function pick(list) return list[draw(#list)] end

    local function expect(holds, text, ...)
        if not holds then
            local parts = {}
            for i = 1, select("#", ...) do parts[i] = tostring((select(i, ...))) end
            api.violated(text .. ": " .. table.concat(parts, ", "))
        end
    end

    --- A Result must be this: `code` nil for success.
    local function answered(what, code, ok, value)
        if code == nil then
            expect(ok == true, what .. " answers true", ok, value)
        else
            expect(ok == false and type(value) == "table" and value.code == code, what .. " answers " .. code, ok, value)
            if type(value) == "table" then
                expect(type(value.message) == "string" and #value.remedy > 0 and tostring(value):find(code, 1, true), "an error explains itself", value)
            end
        end
        return ok, value
    end

    --- It must raise, at the caller's line.
    local function raises(what, fn)
        local ok, message = pcall(fn)
        expect(not ok and type(message) == "string" and message:find("steps.lua:", 1, true) and message:find("to '" .. what .. "'", 1, true),
            what .. " raises at its caller", ok, message)
    end

    -- ---- what callbacks do ---------------------------------------------------------------------------------------------

    --- A function for a callback. It tells the model that it was called, and then does what its draw says: mostly nothing.
    local function callback(kind)
        local random = api.branch()
        local own
        own = function(...)
            api.called(own, ...)
            if api.closing then
                answered("Publish while closing", "SHUTTING_DOWN", realtime.Publish("c1", "x"))
                return "what a callback gives back is nobody's business"
            end
            local outer = api.swap(random)
            local what = draw(100)
            if what <= 4 then
                api.swap(outer)
                model.reports = model.reports + 1
                if kind ~= "state" then model.stats.callbackErrors = model.stats.callbackErrors + 1 end
                error(what == 1 and { "no text" } or "on purpose", 0)
            elseif what <= 6 then
                steps.publish()
            elseif what <= 9 then
                if own == run.newest then steps.unsubscribe() else steps.unsubscribeFunction(own) end
            elseif what == 10 then
                steps.subscribe()
            elseif what == 11 then
                expect(realtime.ProcessEvents(0, 0) == 0, "ProcessEvents inside itself gives 0")
            elseif what == 12 then
                steps.disconnect()
            elseif what == 13 then
                steps.connectAsync()
            elseif what == 14 then
                steps.on()
            elseif what == 15 then
                steps.defineEvent()
            elseif what == 16 then
                steps.emit()
            elseif what == 17 then
                steps.config()
            elseif what == 18 then
                steps.onStateChange()
            end
            api.swap(outer)
            return true
        end
        return own
    end

    --- Sometimes one that others have, too: it does nothing, so that nobody can tell which of them was meant.
    local function maybeShared(kind)
        if draw(5) > 1 then return callback(kind) end
        local index = draw(3)
        run.shared[index] = run.shared[index] or function(...) api.called(run.shared[index], ...) end
        return run.shared[index]
    end

    -- ---- publishing ----------------------------------------------------------------------------------------------------

    local SIZES = { 0, 1, 5, 5, 5, 20, 63, 64, 65, 100, 3000 }

    local function message()
        run.sequence = run.sequence + 1
        local size = pick(SIZES)
        return (("m%d:"):format(run.sequence) .. ("\0x\255"):rep(math.ceil(size / 3))):sub(1, size)
    end

    function steps.publish()
        local channel, text = pick(CHANNELS), message()
        local odd = draw(40)
        if odd == 1 then channel = "" elseif odd == 2 then channel = ("c"):rep(1025) elseif odd == 3 then channel = ("c"):rep(1024) end
        local fn = draw(3) == 1 and callback("answer") or nil
        local code = model:refusal(channel, #text, fn)
        if code then model:refused() else model:publish(channel, text, #text, fn) end
        answered("Publish", code, realtime.Publish(channel, text, fn))
    end

    function steps.publishBadly()
        local bad = pick({ false, 5, {}, print })
        local position = draw(3)
        raises("Publish", function()
            if position == 1 then realtime.Publish(bad, "x") elseif position == 2 then realtime.Publish("c1", bad) else realtime.Publish("c1", "x", bad == print and 1 or bad) end
        end)
    end

    --- Publishes an event; `call` gives the Result. The size of an event is read from the module's own account.
    local function publishEvent(what, name, channel, key, value, json, call)
        local before = realtime.GetStats().bytesPublished
        local code = model:eventRefusal(channel, LEAST_EVENT)
        local ok = answered(what, code, call())
        if code then
            model:refused()
        elseif ok then
            local size = realtime.GetStats().bytesPublished - before
            expect(size >= LEAST_EVENT, "an event has its size", size)
            model:publish(channel, { event = name, key = key, sequence = value, json = json }, size)
        end
    end

    function steps.builtIn()
        run.sequence = run.sequence + 1
        local sequence = run.sequence
        if draw(2) == 1 then
            local text = "m" .. sequence
            publishEvent("ChatMessage", "ChatMessage", "chat:message", "message", text, ('"message":"m%d"'):format(sequence), function()
                return realtime.ChatMessage("Alice", text)
            end)
        else
            publishEvent("RoundEnd", "RoundEnd", "round:end", "score", sequence, ('"score":%d}'):format(sequence), function()
                return realtime.RoundEnd("traitors", sequence)
            end)
        end
    end

    function steps.builtInBadly()
        local how = draw(6)
        if how == 1 then
            answered("ChatMessage", "VALIDATION_FAILED", realtime.ChatMessage(("x"):rep(257), "m"))
        elseif how == 2 then
            answered("RoundEnd", "VALIDATION_FAILED", realtime.RoundEnd("a", NAN))
        elseif how == 3 then
            answered("RoundEnd", "VALIDATION_FAILED", realtime.RoundEnd(1.5, 1))
        elseif how == 4 then
            raises("ChatMessage", function() realtime.ChatMessage("Alice") end)
        elseif how == 5 then
            raises("RoundEnd", function() realtime.RoundEnd({}, 1) end)
        else
            raises("PlayerSpawn", function() realtime.PlayerSpawn("Alice", "Red", "nowhere") end)
        end
    end

    function steps.emit()
        local name = pick(EVENT_NAMES)
        local event = run.events[name]
        run.sequence = run.sequence + 1
        local sequence = run.sequence
        local data = { seq = sequence, text = draw(2) == 1 and "t\255" or nil, list = draw(2) == 1 and {} or { 1, 2 } }
        if not event then
            answered("Emit", "UNKNOWN_EVENT", realtime.Emit(name, data))
            return
        end
        if event.shape ~= 2 then data.text = nil end
        if event.shape ~= 3 then data.list = nil end
        local wrong = draw(10)
        if wrong <= 5 then
            if wrong == 1 then
                data.seq = 1.5
            elseif wrong == 2 then
                data.seq = nil
            elseif wrong == 3 then
                data.stranger = 1
            elseif wrong == 4 then
                data.seq = NAN
            elseif event.shape == 3 then
                data.list = { 1, 2, 3, 4 }
            else
                data.list = 1
            end
            answered("Emit", "VALIDATION_FAILED", realtime.Emit(name, data))
            return
        end
        local json = event.shape == 1 and ('"seq":%d}'):format(sequence) or ('"seq":%d'):format(sequence)
        publishEvent("Emit", name, event.channel, "seq", sequence, json, function() return realtime.Emit(name, data) end)
    end

    function steps.emitBadly()
        local bad = pick({ false, 5, print })
        if draw(2) == 1 then
            raises("Emit", function() realtime.Emit(bad, {}) end)
        else
            raises("Emit", function() realtime.Emit("ChatMessage", bad) end)
        end
        answered("Emit", "UNKNOWN_EVENT", realtime.Emit("ChatMesage", {}))
        answered("Emit", "VALIDATION_FAILED", realtime.Emit("ChatMessage", setmetatable({}, { __index = error, __pairs = error })))
    end

    -- ---- definitions ---------------------------------------------------------------------------------------------------

    local function ownerOf(channel)
        for name, event in pairs(BUILT_IN) do if event.channel == channel then return name end end
        for name, event in pairs(run.events) do if event.channel == channel then return name end end
    end

    function steps.defineEvent()
        local name, channel, shape = pick(EVENT_NAMES), pick(EVENT_CHANNELS), draw(#SHAPES)
        local fields = SHAPES[shape]
        local odd = draw(24)
        if odd == 1 then
            answered("DefineEvent", "INVALID_ARGUMENT", realtime.DefineEvent(pick({ "", "9x", "a-b", ("x"):rep(65), "\255" }), channel, fields))
        elseif odd == 2 then
            answered("DefineEvent", "INVALID_ARGUMENT", realtime.DefineEvent(name, pick({ "", ("c"):rep(1025) }), fields))
        elseif odd == 3 then
            local bad = pick({ {}, { 1 }, { { name = "a" } }, { { name = "a", type = "strin" } }, { { name = "a", type = "integer", maxBytes = 1 } },
                { fields[1], fields[1] }, { fields[1], nil, fields[1] }, { x = fields[1] }, { { name = "a", type = "array" } } })
            answered("DefineEvent", "INVALID_ARGUMENT", realtime.DefineEvent(name, channel, bad))
        elseif odd == 4 then
            local bad = pick({ false, 5, print })
            local position = draw(3)
            raises("DefineEvent", function()
                if position == 1 then
                    realtime.DefineEvent(bad, channel, fields)
                elseif position == 2 then
                    realtime.DefineEvent(name, bad, fields)
                else
                    realtime.DefineEvent(name, channel, bad)
                end
            end)
        elseif odd == 5 then
            answered("DefineEvent", "EVENT_CONFLICT", realtime.DefineEvent("ChatMessage", channel, fields))
        else
            local known = run.events[name]
            local code
            if known then
                code = (known.channel ~= channel or known.shape ~= shape) and "EVENT_CONFLICT" or nil
            else
                code = ownerOf(channel) and "EVENT_CONFLICT" or nil
            end
            answered("DefineEvent", code, realtime.DefineEvent(name, channel, fields))
            if not code then run.events[name] = { channel = channel, shape = shape } end
        end
    end

    -- ---- subscriptions -------------------------------------------------------------------------------------------------

    --- `call` gives the Result; what is subscribed is known to the model from then on.
    local function subscribed(what, subscription, call)
        local code = model:subscribe(subscription)
        local ok, handle = answered(what, code, call())
        if ok and not code then
            subscription.handle = handle
            run.handles[#run.handles + 1] = subscription
            run.newest = subscription.fn
        end
    end

    local function hasRoom() return #model.subscriptions < MOST_SUBSCRIPTIONS end

    function steps.subscribe()
        if not hasRoom() then return steps.unsubscribe() end
        local channel = pick(CHANNELS)
        local odd = draw(40)
        if odd == 1 then channel = "" elseif odd == 2 then channel = ("c"):rep(1025) elseif odd == 3 then channel = ("c"):rep(1024) end
        local fn = maybeShared("message")
        subscribed("Subscribe", { name = channel, topic = channel, fn = fn }, function() return realtime.Subscribe(channel, fn) end)
    end

    function steps.subscribePattern()
        if not hasRoom() then return steps.unsubscribe() end
        local pattern = pick(PATTERNS)
        local fn = maybeShared("message")
        subscribed("SubscribePattern", { name = pattern, topic = pattern, isPattern = true, fn = fn }, function()
            return realtime.SubscribePattern(pattern, fn)
        end)
    end

    function steps.on()
        if not hasRoom() then return steps.unsubscribe() end
        local isBuiltIn = draw(2) == 1
        local name = isBuiltIn and pick({ "ChatMessage", "RoundEnd" }) or pick(EVENT_NAMES)
        local event = BUILT_IN[name] or run.events[name]
        local fn = maybeShared("event")
        if not event then
            answered("On", "UNKNOWN_EVENT", realtime.On(name, fn))
            return
        end
        subscribed("On", { name = name, topic = event.channel, event = name, fn = fn }, function() return realtime.On(name, fn) end)
    end

    function steps.subscribeBadly()
        local bad = pick({ false, 5, {} })
        local what = pick({ "Subscribe", "SubscribePattern", "On" })
        local first = draw(2) == 1
        raises(what, function()
            if first then realtime[what](bad, print) else realtime[what]("ChatMessage", bad) end
        end)
        raises("OnStateChange", function() realtime.OnStateChange(bad) end)
    end

    local function forget(subscription)
        model:unsubscribe(subscription)
        for i, each in ipairs(run.handles) do
            if each == subscription then
                table.remove(run.handles, i)
                break
            end
        end
        if draw(4) == 1 then run.ended[draw(5)] = subscription.handle end
    end

    function steps.unsubscribe()
        if #run.handles == 0 then return end
        local subscription = pick(run.handles)
        forget(subscription)
        local ok, count = answered("Unsubscribe", nil, realtime.Unsubscribe(subscription.handle))
        expect(not ok or count == 1, "Unsubscribe gives 1", count)
    end

    --- Those of a name, or of a name and a function.
    local function unsubscribeAll(name, fn)
        local count = 0
        for i = #run.handles, 1, -1 do
            local subscription = run.handles[i]
            if subscription.name == name and (fn == nil or subscription.fn == fn) then
                forget(subscription)
                count = count + 1
            end
        end
        local ok, given = answered("Unsubscribe", count == 0 and "UNKNOWN_SUBSCRIPTION" or nil, realtime.Unsubscribe(name, fn))
        expect(not ok or given == count, "Unsubscribe gives how many", given, count)
    end

    function steps.unsubscribeName()
        local name = pick({ pick(CHANNELS), pick(PATTERNS), pick(EVENT_NAMES), "ChatMessage", "OnStateChange", "" })
        unsubscribeAll(name, draw(3) == 1 and run.shared[draw(3)] or nil)
    end

    --- What has this function, by the name of the first that has it.
    function steps.unsubscribeFunction(fn)
        for _, subscription in ipairs(run.handles) do
            if subscription.fn == fn then return unsubscribeAll(subscription.name, fn) end
        end
    end

    function steps.unsubscribeBadly()
        local how = draw(5)
        local ended = run.ended[draw(5)]
        if how == 1 and ended then
            answered("Unsubscribe", "UNKNOWN_SUBSCRIPTION", realtime.Unsubscribe(ended))
        elseif how == 2 then
            answered("Unsubscribe", "UNKNOWN_SUBSCRIPTION", realtime.Unsubscribe({}))
        elseif how == 3 then
            answered("Unsubscribe", "UNKNOWN_SUBSCRIPTION", realtime.Unsubscribe({ number = draw(50), name = "c1", kind = "channel" }))
        elseif how == 4 then
            local bad = pick({ false, 5, print })
            raises("Unsubscribe", function() realtime.Unsubscribe(bad) end)
        else
            raises("Unsubscribe", function() realtime.Unsubscribe("c1", "c1") end)
        end
    end

    function steps.onStateChange()
        if draw(2) == 1 and #run.listeners > 0 or #run.listeners >= MOST_LISTENERS then
            local handle = table.remove(run.listeners, draw(#run.listeners))
            model.listeners[handle] = nil
            answered("Unsubscribe", nil, realtime.Unsubscribe(handle))
            return
        end
        local fn = callback("state")
        local ok, handle = answered("OnStateChange", nil, realtime.OnStateChange(fn))
        if ok then
            model.listeners[handle] = { fn = fn }
            run.listeners[#run.listeners + 1] = handle
        end
    end

    -- ---- connection ----------------------------------------------------------------------------------------------------

    local BOUNDS = {
        queueMessages = { false, false, 1, 8, 100, 1000000 },
        queueBytes = { false, false, 2000, 1073741824 },
        maxPayloadBytes = { false, false, 64, 67108864 },
    }

    local function options()
        local given, configured = { backend = "memory" }, {}
        for key, values in pairs({ queueMessages = 10000, queueBytes = 67108864, maxPayloadBytes = 1048576 }) do configured[key] = values end
        for _, key in ipairs({ "queueMessages", "queueBytes", "maxPayloadBytes" }) do
            local value = pick(BOUNDS[key])
            if value then given[key], configured[key] = value, value end
        end
        return given, configured
    end

    function steps.config()
        local given, configured = options()
        if draw(3) == 1 then given.serverId = pick({ "a", "A-1._~" }) end
        model.configured = configured
        answered("Config", nil, realtime.Config(given))
        local ok, config = answered("GetConfig", nil, realtime.GetConfig())
        expect(ok and config.backend == "memory" and config.configured, "GetConfig tells what Config was given", config)
    end

    function steps.configBadly()
        local how = draw(4)
        if how == 1 then
            local bad = pick({
                { backend = "memory", hots = "x" }, { backend = 5 }, { backend = "memory", queueMessages = 0 }, { backend = "memory", queueBytes = 1.5 },
                { backend = "memory", timeout = NAN }, { backend = "memory", maxPayloadBytes = 67108865 }, { host = "h:1" }, { url = "http://u:p@h" },
                { port = -1 }, { logLevel = "loud" }, { serverId = "a b" }, { unixSocket = "/s", host = "h" }, { "memory" }, { [5] = 1 },
                { backend = "memory", clientName = "a b" }, { password = ("x"):rep(1025) }, { database = 2 ^ 53 }, { timeout = math.huge }, { port = "6379" },
            })
            answered("Config", "INVALID_CONFIG", realtime.Config(bad))
        elseif how == 2 then
            answered("Config", "UNKNOWN_BACKEND", realtime.Config({ backend = "postgres" }))
        elseif how == 3 then
            local what, bad = pick({ "Config", "Connect" }), pick({ false, print })
            local position = draw(4)
            raises(what, function()
                if position == 1 then
                    realtime[what](bad)
                elseif position == 2 then
                    realtime[what](nil, bad)
                elseif position == 3 then
                    realtime[what](nil, nil, bad)
                else
                    realtime[what](nil, nil, nil, bad)
                end
            end)
        else
            answered("Connect", "INVALID_CONFIG", realtime.Connect({ backend = "memory", prot = 1 }))
        end
    end

    function steps.connect()
        if draw(2) == 1 then
            answered("Connect", model:connect(), realtime.Connect())
        else
            local given, configured = options()
            model.configured = configured
            answered("Connect", model:connect(), realtime.Connect(given))
        end
    end

    function steps.connectAsync()
        local fn = draw(3) > 1 and callback("attempt") or nil
        answered("ConnectAsync", model:connect(fn), realtime.ConnectAsync(fn))
    end

    function steps.disconnect()
        answered("Disconnect", model:disconnect(), realtime.Disconnect(pick({ false, 0, 0.5, 300 }) or nil))
    end

    function steps.disconnectBadly()
        answered("Disconnect", "INVALID_ARGUMENT", realtime.Disconnect(pick({ -1, 301, NAN, math.huge })))
        raises("Disconnect", function() realtime.Disconnect("1") end)
        raises("ConnectAsync", function() realtime.ConnectAsync(5) end)
    end

    -- ---- frames --------------------------------------------------------------------------------------------------------

    function steps.process()
        local budget = pick(BUDGETS)
        realtime.ProcessEvents(budget[1], budget[2])
    end

    function steps.processBadly()
        local bad = pick({ -1, NAN, 2 ^ 54, math.huge, "1", {} })
        local first = draw(2) == 1
        raises("ProcessEvents", function()
            if first then realtime.ProcessEvents(bad) else realtime.ProcessEvents(1, bad) end
        end)
    end

    function steps.frame() api.endFrame() end

    function steps.loseDriver()
        if draw(2) == 1 then hook.Remove("Think", "realtime.ProcessEvents") else timer.Remove("realtime.ProcessEvents") end
        api.endFrame()
    end

    function steps.refresh()
        expect(host.Refresh("includes/modules/realtime.lua"), "the bundle runs again")
        expect(_G.realtime == realtime, "the table stays the same")
    end

    function steps.collect() collectgarbage() end

    function steps.changeMap() api.changeMap() end

    local WEIGHTS = {
        publish = 300, publishBadly = 10, builtIn = 80, builtInBadly = 20, emit = 80, emitBadly = 8, defineEvent = 25, subscribe = 60,
        subscribePattern = 25, on = 50, subscribeBadly = 8, unsubscribe = 90, unsubscribeName = 12, unsubscribeBadly = 12, onStateChange = 15,
        config = 15, configBadly = 15, connect = 30, connectAsync = 30, disconnect = 16, disconnectBadly = 4, process = 200, processBadly = 8,
        frame = 12, loseDriver = 2, refresh = 2, collect = 1, changeMap = 1,
    }
    local names, total = {}, 0
    for name in pairs(WEIGHTS) do names[#names + 1] = name end
    table.sort(names)
    for _, name in ipairs(names) do total = total + WEIGHTS[name] end

    --- Does one step, inside a coroutine now and then. Gives its name.
    return function()
        local at = draw(total)
        for _, name in ipairs(names) do
            at = at - WEIGHTS[name]
            if at <= 0 then
                if draw(20) == 1 then
                    local ok, message = coroutine.resume(coroutine.create(steps[name]))
                    expect(ok, "a step raises", name, message)
                else
                    steps[name]()
                end
                return name
            end
        end
    end
end

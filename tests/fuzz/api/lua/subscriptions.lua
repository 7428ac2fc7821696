-- Steps that subscribe, and end subscriptions.
local values = include("values.lua")
local realtime = realtime

local MOST_SUBSCRIPTIONS = 40
local MOST_LISTENERS = 8

return function(kit)
    local model, draw, run, steps, pick = kit.model, kit.draw, kit.run, kit.steps, kit.pick
    local expect, answered, raises, callback, maybeShared = kit.expect, kit.answered, kit.raises, kit.callback, kit.maybeShared

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

    --- What gives way to a subscription: the one of its function, name and id.
    local function replaced(what, subscription)
        for _, each in ipairs(run.handles) do
            if subscription.id and each.id == subscription.id and each.what == what and each.name == subscription.name then
                return each
            end
        end
    end

    --- `call` gives the Result; what is subscribed is known to the model from then on.
    local function subscribed(what, subscription, call)
        subscription.what, subscription.id = what, draw(3) == 1 and pick({ "a", "b" }) or nil
        local code = model:subscribe(subscription)
        local ok, handle = answered(what, code, call(subscription.id))
        if ok and not code then
            local earlier = replaced(what, subscription)
            if earlier then forget(earlier) end
            subscription.handle = handle
            run.handles[#run.handles + 1] = subscription
            run.newest = subscription.fn
        end
    end

    local function hasRoom() return #model.subscriptions < MOST_SUBSCRIPTIONS end

    function steps.subscribe()
        if not hasRoom() then return steps.unsubscribe() end
        local channel = kit.oddChannel()
        local fn = maybeShared("message")
        subscribed("Subscribe", { name = channel, topic = channel, fn = fn }, function(id)
            return realtime.Subscribe(channel, fn, id)
        end)
    end

    function steps.subscribePattern()
        if not hasRoom() then return steps.unsubscribe() end
        local pattern = pick(values.PATTERNS)
        local fn = maybeShared("message")
        subscribed("SubscribePattern", { name = pattern, topic = pattern, isPattern = true, fn = fn }, function(id)
            return realtime.SubscribePattern(pattern, fn, id)
        end)
    end

    function steps.on()
        if not hasRoom() then return steps.unsubscribe() end
        local isBuiltIn = draw(2) == 1
        local name = isBuiltIn and pick({ "ChatMessage", "RoundEnd" }) or pick(values.EVENT_NAMES)
        local event = values.BUILT_IN[name] or run.events[name]
        local fn = maybeShared("event")
        if not event then
            answered("On", "UNKNOWN_EVENT", realtime.On(name, fn))
            return
        end
        subscribed("On", { name = name, topic = event.channel, event = name, fn = fn }, function(id)
            return realtime.On(name, fn, id)
        end)
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
        local lists = { values.CHANNELS, values.PATTERNS, values.EVENT_NAMES, { "ChatMessage", "OnStateChange", "" } }
        local name = pick(pick(lists))
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
            local forged = { number = draw(50), name = "c1", kind = "channel" }
            answered("Unsubscribe", "UNKNOWN_SUBSCRIPTION", realtime.Unsubscribe(forged))
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
            model.listeners[handle] = { fn = fn, after = model.stats.stateChanges }
            run.listeners[#run.listeners + 1] = handle
        end
    end
end

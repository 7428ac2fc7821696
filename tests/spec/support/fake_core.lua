-- Stands in for the binary module: records every call, answers as the contract says, delivers when a spec asks it to.
local contract = require("support.contract")

local function pack(...) return { n = select("#", ...), ... } end

-- environment: name → value, as GetEnvironment shows it.
return function(environment)
    local core = { ABI = contract.abi, VERSION = contract.version, PLATFORM = "linux64" }
    -- What a spec looks at and changes. `refuse.Publish = { "QUEUE_FULL", "detail" }` makes the next calls fail.
    local control = {
        calls = {}, refuse = {}, state = 0, subscriptions = {}, events = {}, publishAnswers = {}, handlers = {},
        changes = 0,
    }
    local nextSubscription = 0
    local behaviour = {}

    function behaviour.Connect(callback)
        control.connectAnswer = callback
        control.state = 1
        return true
    end
    function behaviour.WaitForConnect()
        control.state = 2
        return true
    end
    function behaviour.Disconnect()
        control.state = 0
        return true
    end
    function behaviour.GetState() return control.state end
    function behaviour.Publish(_, _, callback)
        control.publishAnswers[#control.publishAnswers + 1] = callback
        return true
    end
    function behaviour.DefineEvent(name, channel, fields)
        local shape = channel .. "|" .. table.concat(fields, ",")
        for number, event in ipairs(control.events) do
            if event.name == name then
                if event.shape ~= shape then return false, contract.number.EVENT_CONFLICT, name end
                return true, number
            end
        end
        control.events[#control.events + 1] = { name = name, channel = channel, fields = fields, shape = shape }
        return true, #control.events
    end
    local function subscribe(subscription)
        nextSubscription = nextSubscription + 1
        control.subscriptions[nextSubscription] = subscription
        return true, nextSubscription
    end
    function behaviour.Subscribe(kind, name, callback)
        return subscribe({ kind = kind, name = name, callback = callback })
    end
    function behaviour.SubscribeEvent(event, callback) return subscribe({ event = event, callback = callback }) end
    function behaviour.Unsubscribe(number)
        if not control.subscriptions[number] then return false, contract.number.UNKNOWN_SUBSCRIPTION, "" end
        control.subscriptions[number] = nil
        return true
    end
    function behaviour.ProcessEvents()
        if control.raise then error(control.raise, 0) end
        return 3
    end
    function behaviour.GetStats()
        local stats = {}
        for index, stat in ipairs(contract.stats) do stats[stat.name] = index end
        stats.stateChanges = stats.stateChanges + control.changes
        return stats
    end
    function behaviour.SetHandlers(onError, onState, onLog)
        control.handlers = { onError = onError, onState = onState, onLog = onLog }
    end
    function behaviour.GetEnvironment(name)
        assert(name:match("^REDIS_") or name:match("^REALTIME_"), "the module refuses to read " .. name)
        return environment and environment[name]
    end

    for name in pairs(contract.functions) do
        core[name] = function(...)
            if name ~= "GetEnvironment" then control.calls[#control.calls + 1] = { name = name, args = pack(...) } end
            local refusal = control.refuse[name]
            if refusal then return false, contract.number[refusal[1]], refusal[2] or "" end
            if behaviour[name] then return behaviour[name](...) end
            return true
        end
    end

    -- The arguments of the last call of a function, or nil.
    function control.last(name)
        for index = #control.calls, 1, -1 do
            if control.calls[index].name == name then return control.calls[index].args end
        end
    end
    function control.count(name)
        local count = 0
        for _, call in ipairs(control.calls) do
            if call.name == name then count = count + 1 end
        end
        return count
    end
    function control.eventNumber(name)
        for number, event in ipairs(control.events) do
            if event.name == name then return number end
        end
    end
    -- Tells of a change of the state that happens now, or of one that is `before` changes old.
    function control.change(new, old, before)
        if not before then control.changes = control.changes + 1 end
        control.handlers.onState(new, old, behaviour.GetStats().stateChanges - (before or 0))
    end
    -- Hands an envelope to every typed subscriber; gives what the last one answered and how many values that were.
    function control.deliver(name, data)
        local number, answer = control.eventNumber(name), nil
        local channel = control.events[number].channel
        for _, subscription in pairs(control.subscriptions) do
            if subscription.event == number then
                answer = pack(subscription.callback(
                    data, "a-1", "/gmod/test", "2026-01-02T03:04:05.678Z", 1767323045.678, channel, true))
            end
        end
        return answer
    end
    return core, control
end

-- Steps that publish.
local values = include("values.lua")
local realtime = realtime

local LEAST_EVENT = 150 -- bytes of the shortest event

return function(kit)
    local model, draw, run, steps, pick = kit.model, kit.draw, kit.run, kit.steps, kit.pick
    local expect, answered, raises, callback = kit.expect, kit.answered, kit.raises, kit.callback

    local SIZES = { 0, 1, 5, 5, 5, 20, 63, 64, 65, 100, 3000 }

    local function message()
        run.sequence = run.sequence + 1
        local size = pick(SIZES)
        return (("m%d:"):format(run.sequence) .. ("\0x\255"):rep(math.ceil(size / 3))):sub(1, size)
    end

    function steps.publish()
        local channel, text = kit.oddChannel(), message()
        local fn = draw(3) == 1 and callback("answer") or nil
        local code = model:refusal(channel, #text, fn)
        if code then model:refused() else model:publish(channel, text, #text, fn) end
        answered("Publish", code, realtime.Publish(channel, text, fn))
    end

    --- More than are taken out of the inbox together.
    function steps.burst()
        for _ = 1, draw(200) do steps.publish() end
    end

    function steps.publishBadly()
        local bad = pick({ false, 5, {}, print })
        local position = draw(3)
        raises("Publish", function()
            if position == 1 then
                realtime.Publish(bad, "x")
            elseif position == 2 then
                realtime.Publish("c1", bad)
            else
                realtime.Publish("c1", "x", bad == print and 1 or bad)
            end
        end)
    end

    --- What is refused before the module sees it is counted all the same.
    local function refused(what, code, ...)
        model:refused()
        answered(what, code, ...)
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
            local json = ('"message":"m%d"'):format(sequence)
            publishEvent("ChatMessage", "ChatMessage", "chat:message", "message", text, json, function()
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
            refused("ChatMessage", "VALIDATION_FAILED", realtime.ChatMessage(("x"):rep(257), "m"))
        elseif how == 2 then
            refused("RoundEnd", "VALIDATION_FAILED", realtime.RoundEnd("a", values.NAN))
        elseif how == 3 then
            refused("RoundEnd", "VALIDATION_FAILED", realtime.RoundEnd(1.5, 1))
        elseif how == 4 then
            raises("ChatMessage", function() realtime.ChatMessage("Alice") end)
        elseif how == 5 then
            raises("RoundEnd", function() realtime.RoundEnd({}, 1) end)
        else
            raises("PlayerSpawn", function() realtime.PlayerSpawn("Alice", "Red", "nowhere") end)
        end
    end

    function steps.emit()
        local name = pick(values.EVENT_NAMES)
        local event = run.events[name]
        run.sequence = run.sequence + 1
        local sequence = run.sequence
        local data = { seq = sequence, text = draw(2) == 1 and "t\255" or nil, list = draw(2) == 1 and {} or { 1, 2 } }
        if not event then
            refused("Emit", "UNKNOWN_EVENT", realtime.Emit(name, data))
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
                data.seq = values.NAN
            elseif event.shape == 3 then
                data.list = { 1, 2, 3, 4 }
            else
                data.list = 1
            end
            refused("Emit", "VALIDATION_FAILED", realtime.Emit(name, data))
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
        refused("Emit", "UNKNOWN_EVENT", realtime.Emit("ChatMesage", {}))
        local trap = setmetatable({}, { __index = error, __pairs = error })
        refused("Emit", "VALIDATION_FAILED", realtime.Emit("ChatMessage", trap))
    end
end

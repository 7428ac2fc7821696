-- What every step is made of: draws, and what must hold of an answer.
local values = include("values.lua")
local realtime = realtime

--- `api` is what a step may need of the run (api.lua).
return function(api)
    local model, draw = api.model, api.draw
    local kit = { api = api, model = model, draw = draw, steps = {} }
    local steps = kit.steps
    -- What exists besides the model: subscriptions, ended handles, listeners, functions that several have, events by name.
    local run = { handles = {}, ended = {}, listeners = {}, shared = {}, events = {}, sequence = 0 }
    kit.run = run

    local function pick(list) return list[draw(#list)] end
    kit.pick = pick

    --- A channel, now and then an empty one, one that is too long or one that is just not.
    function kit.oddChannel()
        local odd = draw(40)
        return odd == 1 and "" or odd == 2 and ("c"):rep(1025) or odd == 3 and ("c"):rep(1024) or pick(values.CHANNELS)
    end

    local function expect(holds, text, ...)
        if not holds then
            local parts = {}
            for i = 1, select("#", ...) do parts[i] = tostring((select(i, ...))) end
            api.violated(text .. ": " .. table.concat(parts, ", "))
        end
    end
    kit.expect = expect

    --- A Result must be this: `code` nil for success.
    local function answered(what, code, ok, value)
        if code == nil then
            expect(ok == true, what .. " answers true", ok, value)
        else
            expect(ok == false and type(value) == "table" and value.code == code, what .. " answers " .. code, ok, value)
            if type(value) == "table" then
                local explains = type(value.message) == "string" and #value.remedy > 0 and tostring(value):find(code, 1, true)
                expect(explains, "an error explains itself", value)
            end
        end
        return ok, value
    end
    kit.answered = answered

    --- It must raise, at the caller's line.
    function kit.raises(what, fn)
        local ok, message = pcall(fn)
        local isOurs = not ok and type(message) == "string" and message:find("/tests/fuzz/api/lua/", 1, true)
        expect(isOurs and message:find("to '" .. what .. "'", 1, true), what .. " raises at its caller", ok, message)
    end

    --- A function for a callback. It tells the model that it was called, and then does what its draw says: mostly nothing.
    function kit.callback(kind)
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
    function kit.maybeShared(kind)
        if draw(5) > 1 then return kit.callback(kind) end
        local index = draw(3)
        run.shared[index] = run.shared[index] or function(...) api.called(run.shared[index], ...) end
        return run.shared[index]
    end

    return kit
end

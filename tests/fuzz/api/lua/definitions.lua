-- Steps that define events.
local values = include("values.lua")
local realtime = realtime

return function(kit)
    local draw, run, steps, pick, answered, raises = kit.draw, kit.run, kit.steps, kit.pick, kit.answered, kit.raises

    local function ownerOf(channel)
        for name, event in pairs(values.BUILT_IN) do if event.channel == channel then return name end end
        for name, event in pairs(run.events) do if event.channel == channel then return name end end
    end

    function steps.defineEvent()
        local name, channel, shape = pick(values.EVENT_NAMES), pick(values.EVENT_CHANNELS), draw(#values.SHAPES)
        local fields = values.SHAPES[shape]
        local odd = draw(24)
        if odd == 1 then
            local bad = pick({ "", "9x", "a-b", ("x"):rep(65), "\255" })
            answered("DefineEvent", "INVALID_ARGUMENT", realtime.DefineEvent(bad, channel, fields))
        elseif odd == 2 then
            answered("DefineEvent", "INVALID_ARGUMENT", realtime.DefineEvent(name, pick({ "", ("c"):rep(1025) }), fields))
        elseif odd == 3 then
            local bad = pick({ {}, { 1 }, { { name = "a" } }, { { name = "a", type = "strin" } },
                { { name = "a", type = "integer", maxBytes = 1 } },
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
end

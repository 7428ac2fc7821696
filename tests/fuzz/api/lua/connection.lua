-- Steps that configure, connect and disconnect.
local values = include("values.lua")
local realtime = realtime

return function(kit)
    local model, draw, steps, pick = kit.model, kit.draw, kit.steps, kit.pick
    local expect, answered, raises, callback = kit.expect, kit.answered, kit.raises, kit.callback

    local BOUNDS = {
        queueMessages = { false, false, 1, 8, 100, 1000000 },
        queueBytes = { false, false, 2000, 1073741824 },
        maxPayloadBytes = { false, false, 64, 67108864 },
    }

    local function options()
        local given, configured = { backend = "memory" }, {}
        for key, usual in pairs(kit.model.DEFAULTS) do configured[key] = usual end
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
                { backend = "memory", hots = "x" }, { backend = 5 }, { backend = "memory", queueMessages = 0 }, { port = -1 },
                { backend = "memory", queueBytes = 1.5 }, { backend = "memory", timeout = values.NAN }, { [5] = 1 },
                { backend = "memory", maxPayloadBytes = 67108865 }, { url = "http://u:p@h" }, { logLevel = "loud" }, { "memory" },
                { serverId = "a b" }, { unixSocket = "/s", host = "h" }, { backend = "memory", clientName = "a b" },
                { password = ("x"):rep(1025) }, { database = 2 ^ 53 }, { timeout = math.huge }, { port = "6379" },
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

    --- More ends of attempts, and changes, than may wait.
    function steps.flap()
        for _ = 1, draw(80) do
            steps.connectAsync()
            steps.disconnect()
        end
    end

    function steps.disconnectBadly()
        answered("Disconnect", "INVALID_ARGUMENT", realtime.Disconnect(pick({ -1, 301, values.NAN, math.huge })))
        raises("Disconnect", function() realtime.Disconnect("1") end)
        raises("ConnectAsync", function() realtime.ConnectAsync(5) end)
    end
end

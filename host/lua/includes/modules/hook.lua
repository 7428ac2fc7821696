-- Hooks: called in the order of pairs, unprotected; the first value that is not nil ends the chain.
hook = {}

local events = {}

function hook.GetTable() return events end

-- `name` is a string, or an object with IsValid: it is then the callback's first argument, and its end removes the hook.
function hook.Add(event, name, callback)
    if not isstring(event) then
        return ErrorNoHaltWithStack("bad argument #1 to 'Add' (string expected, got " .. type(event) .. ")\n")
    end
    if not isfunction(callback) then
        return ErrorNoHaltWithStack("bad argument #3 to 'Add' (function expected, got " .. type(callback) .. ")\n")
    end
    local known = isstring(name) or (name ~= nil and not isnumber(name) and not isbool(name) and not isfunction(name)
        and name.IsValid and IsValid(name))
    if not known then
        return ErrorNoHaltWithStack("bad argument #2 to 'Add' (string expected, got " .. type(name) .. ")\n")
    end
    events[event] = events[event] or {}
    events[event][name] = callback
end

function hook.Remove(event, name)
    if events[event] then events[event][name] = nil end
end

function hook.Run(event, ...)
    return hook.Call(event, gmod and gmod.GetGamemode() or nil, ...)
end

local function callNamed(callbacks, name, callback, ...)
    if isstring(name) then return callback(...) end
    if IsValid(name) then return callback(name, ...) end
    callbacks[name] = nil
end

function hook.Call(event, gamemode, ...)
    local callbacks = events[event]
    if callbacks then
        for name, callback in pairs(callbacks) do
            local a, b, c, d, e, f = callNamed(callbacks, name, callback, ...)
            if a ~= nil then return a, b, c, d, e, f end
        end
    end
    local own = gamemode and gamemode[event]
    if own then return own(gamemode, ...) end
end

-- Game events: after gameevent.Listen a hook of the event's name gets its table.
local engine = ...

local listened = {}

gameevent = {}
function gameevent.Listen(name) listened[name] = true end

function engine.FireGameEvent(name, data)
    if not listened[name] then return false end
    return engine.Guard(hook.Run, name, data or {})
end

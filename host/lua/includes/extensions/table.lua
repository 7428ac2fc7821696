function table.Count(values)
    local count = 0
    for _ in pairs(values) do count = count + 1 end
    return count
end

function table.IsEmpty(values) return next(values) == nil end

function table.HasValue(values, wanted)
    for _, value in pairs(values) do
        if value == wanted then return true end
    end
    return false
end

function table.KeyFromValue(values, wanted)
    for key, value in pairs(values) do
        if value == wanted then return key end
    end
end

function table.RemoveByValue(values, wanted)
    local key = table.KeyFromValue(values, wanted)
    if not key then return false end
    if isnumber(key) then
        table.remove(values, key)
    else
        values[key] = nil
    end
    return key
end

function table.GetKeys(values)
    local keys = {}
    for key in pairs(values) do keys[#keys + 1] = key end
    return keys
end

-- Deep; a table that occurs twice is copied once, vectors and angles are copied too.
function table.Copy(values, done)
    if values == nil then return nil end
    done = done or {}
    local copy = setmetatable({}, debug.getmetatable(values))
    done[values] = copy
    for key, value in pairs(values) do
        if istable(value) then
            copy[key] = done[value] or table.Copy(value, done)
        elseif isvector(value) then
            copy[key] = Vector(value)
        elseif isangle(value) then
            copy[key] = Angle(value)
        else
            copy[key] = value
        end
    end
    return copy
end

function table.Merge(target, source)
    for key, value in pairs(source) do
        if istable(value) and istable(target[key]) then
            table.Merge(target[key], value)
        else
            target[key] = value
        end
    end
    return target
end

function table.Add(target, source)
    for _, value in pairs(source) do target[#target + 1] = value end
    return target
end

function table.Empty(values)
    for key in pairs(values) do values[key] = nil end
end

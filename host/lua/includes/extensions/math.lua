function math.Clamp(value, low, high)
    return math.min(math.max(value, low), high)
end

function math.Round(value, decimals)
    local factor = 10 ^ (decimals or 0)
    return math.floor(value * factor + 0.5) / factor
end

function math.Rand(low, high)
    return low + (high - low) * math.random()
end

function math.Truncate(value, decimals)
    local factor = 10 ^ (decimals or 0)
    return (value < 0 and math.ceil or math.floor)(value * factor) / factor
end

function Lerp(fraction, from, to)
    return from + (to - from) * math.Clamp(fraction, 0, 1)
end

-- Console commands of scripts: callback(player, name, arguments, argument text).
concommand = {}

local commands = {}

function concommand.GetTable() return commands end

function concommand.Add(name, callback)
    commands[name:lower()] = callback
    AddConsoleCommand(name)
end

function concommand.Remove(name) commands[name:lower()] = nil end

function concommand.Run(player, name, arguments, text)
    local callback = commands[name:lower()]
    if not callback then return false end
    callback(player, name, arguments, text)
    return true
end

-- Console variables and commands.
local engine = ...
local native = engine.native

local variables = {} -- lower-case name → userdata
local state = setmetatable({}, { __mode = "k" }) -- userdata → { name, value, default, help, flags }

local meta = native.metaTable("ConVar", TYPE_CONVAR)
function meta:GetName() return state[self].name end
function meta:GetString() return state[self].value end
function meta:GetDefault() return state[self].default end
function meta:GetHelpText() return state[self].help end
function meta:GetFloat() return tonumber(state[self].value) or 0 end
function meta:GetInt()
    local number = self:GetFloat()
    return number < 0 and math.ceil(number) or math.floor(number)
end
function meta:GetBool() return self:GetInt() ~= 0 end
function meta:SetString(value) state[self].value = tostring(value) end
function meta:SetInt(value) self:SetString(math.floor(value)) end
function meta:SetFloat(value) self:SetString(value) end
function meta:SetBool(value) self:SetString(value and "1" or "0") end
function meta:Revert() self:SetString(state[self].default) end
function meta:__tostring() return "ConVar [" .. state[self].name .. "]" end

function CreateConVar(name, default, flags, help)
    local key = name:lower()
    if variables[key] then return variables[key] end
    local variable = native.newBlock(TYPE_CONVAR)
    local value = tostring(default)
    state[variable] = { name = name, value = value, default = value, help = help or "", flags = flags }
    variables[key] = variable
    return variable
end

function GetConVar_Internal(name) return variables[tostring(name):lower()] end
function ConVarExists(name) return GetConVar_Internal(name) ~= nil end

local commands = {}
function AddConsoleCommand(name) commands[name:lower()] = true end

-- A variable with a value is set; anything else goes to concommand.
local function run(name, arguments)
    local variable = GetConVar_Internal(name)
    if variable then
        if arguments[1] then variable:SetString(arguments[1]) end
        return true
    end
    if commands[name:lower()] and concommand then
        return engine.Guard(concommand.Run, NULL, name, arguments, table.concat(arguments, " "))
    end
    native.err("Unknown command \"", name, "\"\n")
    return false
end

function RunConsoleCommand(name, ...)
    local arguments = { ... }
    for i = 1, select("#", ...) do arguments[i] = tostring(arguments[i]) end
    run(name, arguments)
end

-- A line as one types it: words, or texts in double quotes.
function engine.RunCommand(line)
    local words, rest = {}, line
    while rest:find("%S") do
        local text, after = rest:match('^%s*"([^"]*)"?(.*)$')
        if not text then text, after = rest:match('^%s*([^%s"]+)(.*)$') end
        words[#words + 1], rest = text, after
    end
    local name = table.remove(words, 1)
    return name ~= nil and run(name, words)
end

CreateConVar("hostname", "gmod-host")
CreateConVar("sv_hibernate_think", "0")
CreateConVar("hostport", "27015")
CreateConVar("hostip", "0")
CreateConVar("sv_password", "")

-- Types as the game names and numbers them.
local engine = ...
local native = engine.native
local luaType = type

local TYPE_ENTITY, TYPE_CONVAR = 9, 27

FindMetaTable = native.findMetaTable

function type(...)
    if select("#", ...) == 0 then error("bad argument #1 to 'type' (value expected)", 2) end
    local value = (...)
    local name = luaType(value)
    if name ~= "userdata" then return name end
    local meta = debug.getmetatable(value)
    return luaType(meta) == "table" and meta.MetaName or name
end

TypeID = native.typeNumber

function isstring(value) return luaType(value) == "string" end
function isnumber(value) return luaType(value) == "number" end
function istable(value) return luaType(value) == "table" end
function isfunction(value) return luaType(value) == "function" end
function isbool(value) return luaType(value) == "boolean" end

local function ofType(name)
    return function(value) return type(value) == name end
end

isvector = ofType("Vector")
isangle = ofType("Angle")
isentity = ofType("Entity")
function ispanel() return false end
function ismatrix() return false end

function tobool(value)
    return value ~= nil and value ~= false and value ~= 0 and value ~= "0" and value ~= "false"
end

for name, number in pairs({
    NONE = -1, NIL = 0, BOOL = 1, LIGHTUSERDATA = 2, NUMBER = 3, STRING = 4, TABLE = 5, FUNCTION = 6, USERDATA = 7,
    THREAD = 8, ENTITY = TYPE_ENTITY, VECTOR = 10, ANGLE = 11, CONVAR = TYPE_CONVAR,
}) do
    _G["TYPE_" .. name] = number
end

-- The one entity of a server without players: none.
local entity = native.metaTable("Entity", TYPE_ENTITY)
function entity:IsValid() return false end
function entity:IsPlayer() return false end
function entity:EntIndex() return 0 end
function entity:__tostring() return "[NULL Entity]" end
NULL = native.newBlock(TYPE_ENTITY)

function Entity() return NULL end
function Player() return NULL end

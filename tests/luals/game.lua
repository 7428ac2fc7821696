---@meta
-- What the corpus needs of the game, as its annotations commonly have it; each number is a `number` there.

hook = {}

---@param event string
---@param identifier string
---@param callback function
function hook.Add(event, identifier, callback) end

---@param x number
---@param y number
---@param z number
---@return Vector
function Vector(x, y, z) end

---@class Player
local player = {}

---@return string
function player:Nick() end

---@return string
function player:SteamID64() end

---@return number
function player:Team() end

---@return Vector
function player:GetPos() end

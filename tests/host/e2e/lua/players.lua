-- Players, characters and damage in small, for a server without entities: what hooks hand over, as far as it is read.
-- It plays the game's part, so it sets the game's globals.
-- luacheck: ignore 111 112 113 121 122 142 143
local players = {}

local Entity = {}
Entity.__index = Entity
function Entity:IsValid() return not self.removed end
function Entity:IsPlayer() return self.nick ~= nil end
function Entity:GetClass() return self.class end
function Entity:Nick() return self.nick end
function Entity:Team() return self.team or 1 end
function Entity:GetPos() return self.pos or Vector(1, 2, 3) end
function Entity:GetActiveWeapon() return self.weapon or NULL end
function Entity:IsBot() return self.isBot == true end
function Entity:SteamID64() return self.steamId or "76561198000000001" end

function players.entity(class) return setmetatable({ class = class }, Entity) end
function players.player(nick, more)
  local player = setmetatable(more or {}, Entity)
  player.nick, player.class = nick, "player"
  return player
end
function players.damage(amount, attacker)
  return { GetDamage = function() return amount end, GetAttacker = function() return attacker or NULL end }
end

--- A message to the whole server, which there is nobody to see of.
PrintMessage = PrintMessage or function(_, text) print("[chat] " .. text) end
HUD_PRINTTALK = HUD_PRINTTALK or 3

team = team or {}
team.GetName = team.GetName or function(number) return ({ "Red", "Blue" })[number] end
util.SteamIDTo64 = util.SteamIDTo64 or function(id)
  local y, z = id:match("^STEAM_%d:(%d):(%d+)$")
  return y and string.format("76561197960%06d", 265728 + z * 2 + y) or "0"
end

return players

-- The gamemode: empty functions that scripts replace.
local names = {
    "Initialize", "InitPostEntity", "Think", "Tick", "ShutDown", "PlayerInitialSpawn", "PlayerSpawn", "PlayerDeath",
    "PlayerSilentDeath", "PlayerSay", "PlayerDisconnected", "PlayerHurt", "EntityTakeDamage", "PostEntityTakeDamage",
    "OnNPCKilled", "PlayerChangedTeam",
}

local gamemode = { Name = "Base", FolderName = "base" }
for _, name in ipairs(names) do
    gamemode[name] = function() end
end

GAMEMODE = gamemode
gmod = { GetGamemode = function() return GAMEMODE end }

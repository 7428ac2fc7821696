-- Runs every file of lua/snippets as a gamemode would; what raises is a mark.
require("realtime")
local e2e = include("e2e.lua")
local players = include("players.lua")

local number = 1
while file.Exists("lua/snippets/" .. number .. ".lua", "MOD") do
  local ok, problem = pcall(include, "snippets/" .. number .. ".lua")
  if not ok then e2e.mark("broken", number, problem) end
  number = number + 1
end
e2e.mark("ran", number - 1)

-- What they hooked is run once.
hook.Run("PlayerDeath", players.player("Alice"), players.entity("weapon_crowbar"), players.player("Bob"))
local frames = 0
e2e.eachFrame("count", function()
  frames = frames + 1
  if frames == 5 then
    e2e.mark("errors", host.ErrorCount(), realtime.GetStats().callbackErrors)
    host.Quit(0)
  end
end)

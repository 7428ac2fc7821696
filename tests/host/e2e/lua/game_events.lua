-- Every hook that PublishGameEvents watches is run as the game runs it; what arrives is printed, and no hook was answered.
-- It plays the game's part, so it sets the game's globals.
-- luacheck: ignore 111 112 113 121 122 142 143
require("realtime")
local e2e = include("e2e.lua")
local players = include("players.lua")

local alice = players.player("Alice", { weapon = players.entity("weapon_crowbar") })
local bob = players.player("Bob", { team = 2 })
local bot = players.player("Bot", { isBot = true, steamId = "90071996842377216" })
local rocket, zombie = players.entity("rpg_missile"), players.entity("npc_zombie")
Player = function(id) return id == 7 and alice or NULL end
local gamemode = host.Args()[1]
function engine.ActiveGamemode() return gamemode end

local answered = {}
for _, name in ipairs({
  "PlayerInitialSpawn", "PlayerSpawn", "PlayerDeath", "PlayerSilentDeath", "PostEntityTakeDamage", "PlayerHurt",
  "PlayerChangedTeam", "OnNPCKilled", "InitPostEntity",
  "TTTPrepareRound", "TTTBeginRound", "TTTEndRound", "playerArrested", "playerWanted", "playerGetSalary", "playerWalletChanged",
  "OnPlayerChangedTeam", "player_connect", "player_disconnect", "player_say", "ShutDown",
}) do
  -- The gamemode's own function runs only when no hook has answered.
  GAMEMODE[name] = function() answered[name] = true end
end

local function check(ok, err) if not ok then error(tostring(err), 2) end end
check(realtime.PublishGameEvents())
check(realtime.SubscribePattern("*", function(channel, message)
  e2e.mark("event", channel, message:match('"data":(.*)}$'))
end))

local function run(...)
  local name = (...)
  local count = select("#", hook.Run(...))
  if count ~= 0 or not answered[name] then e2e.mark("broken", name, count) end
end

assert(realtime.IsConnected(), "the addon connects by itself")
e2e.eachFrame("go", function()
  e2e.stop("go")
  for name, data in pairs({
    player_connect = { name = 'Al"ice\0', networkid = "STEAM_0:1:23456", bot = 0 },
    player_disconnect = { name = "Bot", networkid = "BOT", reason = "Kicked", bot = 1 },
    player_say = { userid = 7, text = "hi", teamonly = 0 },
  }) do
    if not host.FireGameEvent(name, data) then e2e.mark("broken", name) end
  end
  host.FireGameEvent("player_say", { userid = 0, text = "from the console", teamonly = 0 })
  host.FireGameEvent("player_say", { userid = 7, text = "for the team", teamonly = 1 })
  host.FireGameEvent("player_say", { userid = 8, text = "and gone", teamonly = 0 })
  run("PlayerInitialSpawn", alice, false)
  run("PlayerInitialSpawn", bot, false)
  run("PlayerSpawn", alice, false)
  run("PlayerDeath", alice, bob, bob)
  run("PlayerDeath", bob, alice, alice)
  run("PlayerDeath", alice, rocket, zombie)
  run("PlayerDeath", alice, NULL, NULL)
  run("PlayerSilentDeath", bob)
  run("PostEntityTakeDamage", alice, players.damage(12.5, bob), true)
  run("PostEntityTakeDamage", alice, players.damage(12.5, bob), false)
  run("PostEntityTakeDamage", zombie, players.damage(12.5, bob), true)
  run("PlayerHurt", alice, bob, 87.5, 12.5)
  run("PlayerHurt", alice, NULL, 80, 7.5)
  run("PlayerChangedTeam", alice, 1, 2)
  run("OnNPCKilled", zombie, alice, rocket)
  run("InitPostEntity")
  run("TTTPrepareRound")
  run("TTTBeginRound")
  for result = 1, 4 do run("TTTEndRound", result) end
  run("playerArrested", bob, 120, nil)
  run("playerWanted", bob, nil, "theft")
  run("playerGetSalary", bob, 45)
  run("playerWalletChanged", bob, -45, 100)
  run("OnPlayerChangedTeam", bob, 1, 9)
  run("ShutDown")
  -- A value that no event can carry, and a hook that was handed nonsense: said, and the frame goes on.
  run("playerGetSalary", bob, 0 / 0)
  run("playerGetSalary", bob, 0 / 0)
  run("PlayerSpawn", nil)
  check(realtime.PublishGameEvents({ base = false, ttt = false, darkrp = false }))
  run("PlayerSpawn", alice, false)
  check(realtime.PublishGameEvents({ ttt = false, darkrp = false, except = { "PlayerSpawn" } }))
  run("PlayerSpawn", alice, false)
  run("PlayerSilentDeath", alice)
  e2e.mark("errors", host.ErrorCount())
  e2e.finishWhenSettled()
end)

-- Plays a gamemode's part for an example that the test put into lua/autorun/server. Argument: what to play.
-- The test reads what the example prints.
-- It plays the game's part, so it sets the game's globals.
-- luacheck: ignore 111 112 113 121 122 142 143
require("realtime")
local e2e = include("e2e.lua")
local players = include("players.lua")

local alice = players.player("Alice", { team = 1 })
local bob = players.player("Bob", { team = 2 })
Player = function(id) return id == 7 and alice or NULL end

local parts = {}

function parts.gamemode()
  hook.Run("PlayerSpawn", alice, false)
  hook.Run("PlayerDeath", alice, players.entity("weapon_crowbar"), bob)
  StartRound()
  EndRound("Red", 3)
  realtime.Publish("server:announce", "maintenance at noon")
end

function parts.own_events()
  PublishMatch("ranked", 600, { red = 3, blue = 1 }, { alice, bob })
  PublishMatch("friendly", 600.5, { red = "3" }, {})
  PublishMatch("casual", 1, { red = 0, blue = 0 }, {})
end

function parts.game_events()
  hook.Run("PlayerSpawn", alice, false)
  hook.Run("PostEntityTakeDamage", alice, players.damage(5, bob), true)
  hook.Run("PlayerHurt", alice, bob, 95, 5)
  hook.Run("OnNPCKilled", players.entity("npc_zombie"), alice, players.entity("weapon_crowbar"))
  host.FireGameEvent("player_say", { userid = 7, text = "hello" })
end

function parts.kill_feed()
  hook.Run("PlayerDeath", alice, players.entity("weapon_crowbar"), bob)
end

function parts.chat_bridge()
  host.FireGameEvent("player_say", { userid = 7, text = 'hello "there" \226\152\186' })
  host.FireGameEvent("player_say", { userid = 0, text = "from the console" })
  host.FireGameEvent("player_say", { userid = 7, text = "for my team", teamonly = 1 })
end

function parts.typescript()
  hook.Run("PlayerSpawn", alice, false)
  hook.Run("BombPlanted", "B", 40)
  assert(realtime.RoundEnd("Red", 3))
end

-- Of two servers one only listens, and says when it can.
function parts.listen() end

realtime.SubscribePattern("*", function(channel, message)
  e2e.mark("event", channel, message)
end)
realtime.Subscribe("example:end", function() e2e.finishWhenSettled() end)

local part = host.Args()[1]
local function play(ok, err)
  assert(ok, tostring(err))
  e2e.mark("ready")
  parts[part]()
  -- What this server published has come back before this does.
  if part ~= "listen" then realtime.Publish("example:end", part) end
end

-- The addon connects by itself, which may be before these subscriptions reach the server: what is published then can pass them
-- by. They are in force in a connection that begins after them.
e2e.eachFrame("connected", function()
  if not realtime.IsConnected() then return end
  e2e.stop("connected")
  e2e.disconnect(function() assert(realtime.ConnectAsync(play)) end, 1)
end)

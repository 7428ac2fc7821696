-- A gamemode that publishes what happens in it, and reacts to what happens elsewhere.
-- To try it: copy it to garrysmod/lua/autorun/server/, and name your Redis server in garrysmod/.env.
require("realtime")

-- A publish function answers true, or false and why. An error is a sentence.
local function report(ok, err)
    if not ok then print("[gamemode] " .. tostring(err)) end
end

hook.Add("PlayerSpawn", "example.gamemode", function(ply)
    report(realtime.PlayerSpawn(ply:Nick(), team.GetName(ply:Team()), ply:GetPos()))
end)

hook.Add("PlayerDeath", "example.gamemode", function(victim, inflictor, attacker)
    local killer = IsValid(attacker) and (attacker:IsPlayer() and attacker:Nick() or attacker:GetClass()) or "world"
    local weapon = IsValid(inflictor) and inflictor:GetClass() or "world"
    report(realtime.PlayerDeath(victim:Nick(), killer, weapon))
end)

-- The gamemode's own code calls these two.
function StartRound()
    report(realtime.RoundStart(engine.ActiveGamemode(), game.GetMap()))
end

function EndRound(winner, score)
    report(realtime.RoundEnd(winner, score))
end

-- Rounds of every server that shares the Redis server, this one's too. The name at the end keeps it one subscription when
-- Lua's auto-refresh runs this file again, as it does with a hook.
assert(realtime.On("RoundEnd", function(event)
    PrintMessage(HUD_PRINTTALK, event.data.winner_team .. " won on " .. event.source .. " with " .. event.data.score)
end, "example.gamemode"))

-- A website or a bot can speak as well: what it publishes on this channel is shown as it is.
assert(realtime.Subscribe("server:announce", function(_, message)
    PrintMessage(HUD_PRINTTALK, message)
end, "example.gamemode"))

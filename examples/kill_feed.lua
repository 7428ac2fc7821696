-- A kill feed over several servers: each shows the deaths of all the others. The same file runs on every one of them.
-- What is shown of a server is its name: REALTIME_SERVER_ID in garrysmod/.env (without one, it is the server's port).
require("realtime")

hook.Add("PlayerDeath", "example.kill_feed", function(victim, inflictor, attacker)
    local killer = IsValid(attacker) and (attacker:IsPlayer() and attacker:Nick() or attacker:GetClass()) or "world"
    local weapon = IsValid(inflictor) and inflictor:GetClass() or "world"
    local ok, err = realtime.PlayerDeath(victim:Nick(), killer, weapon)
    if not ok then print("[kill feed] " .. tostring(err)) end
end)

assert(realtime.On("PlayerDeath", function(event)
    -- Own events come back like everybody's. This server's players saw that one happen.
    if event.isOwn then return end
    local server = event.source:gsub("^/gmod/", "")
    PrintMessage(HUD_PRINTTALK, ("[%s] %s was killed by %s (%s)"):format(
        server, event.data.victim_name, event.data.attacker_name, event.data.weapon))
end, "example.kill_feed"))

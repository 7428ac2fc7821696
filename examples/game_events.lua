-- Publishes what happens in the game by itself: joining, chat, spawns, deaths, damage, teams, the map; in Trouble in Terrorist
-- Town the rounds as well, in DarkRP arrests, jobs and money. Copy it to garrysmod/lua/autorun/server/: it is all there is to do.
-- Which hook becomes which event, and what each event holds, is in docs/API.md.
require("realtime")

local ok, err = realtime.PublishGameEvents({
    -- base = true, ttt = true and darkrp = true, or false, choose by hand what is otherwise chosen by the running gamemode.
    except = { "PlayerTakeDamage", "PlayerHurt" }, -- the most frequent ones by far, and both tell of the same hits
})
if not ok then print("[game events] " .. tostring(err)) end

-- Any server hears of it, with nothing to define: this part alone is enough for one that only listens.
assert(realtime.On("NpcKilled", function(event)
    print(("[game events] %s killed %s with %s on %s"):format(
        event.data.attacker_name, event.data.npc, event.data.weapon, event.source))
end, "example.game_events"))

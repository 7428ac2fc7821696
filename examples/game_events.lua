-- Publishes what happens in the game by itself: joining, chat, spawns, deaths, damage, teams, the map; in Trouble in Terrorist
-- Town the rounds as well, in DarkRP arrests, jobs and money. Copy it to garrysmod/lua/autorun/server/: it is all there is to do.
require("realtime")

local ok, err = realtime.PublishGameEvents({
    -- base = true, ttt = true and darkrp = true, or false, choose by hand what is otherwise chosen by the running gamemode.
    except = { "PlayerTakeDamage" }, -- the most frequent one by far
})
if not ok then print("[game events] " .. tostring(err)) end

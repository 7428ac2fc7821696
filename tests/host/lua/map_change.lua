-- Map change: ShutDown hook, gmod13_close in the live state, unloading, a fresh state, everything again.
-- The script runs once for each map; what it saw is kept by host.Store.
local function remember(text)
    host.Store("log", (host.Load("log") or "") .. text .. "\n")
end

local number = host.MapNumber()
remember("start " .. number .. " " .. game.GetMap() .. " leftover=" .. tostring(leftover)
    .. " mapped=" .. tostring(host.Mapped("gmsv_hosttest")))
leftover = true

require("hosttest")
local reference = hosttest.referenceCreate({})
hosttest.onClose = function()
    remember("close, references=" .. host.References() .. " global=" .. tostring(leftover))
    hosttest.referenceFree(reference)
end
function GM:ShutDown() remember("gamemode ShutDown") end
hook.Add("ShutDown", "selftest", function() remember("hook ShutDown") end)

local frames = 0
hook.Add("Think", "selftest", function()
    frames = frames + 1
    if frames == 3 then
        host.ChangeMap("gm_next" .. number)
        remember("asked")
    end
    if frames > 3 then remember("a frame after the request") end
    if number == 2 then
        print(host.Load("log"))
        print("descriptors", host.Descriptors())
        host.Quit(7)
    end
end)

-- 10,000 typed events from Lua through Redis back into a Lua callback: in order, decoded, none lost.
require("realtime")
local e2e = include("e2e.lua")

local TOTAL = 10000
local PER_FRAME = 500
local sent, received, wrong = 0, 0, 0

realtime.On("PlayerDeath", function(event)
  received = received + 1
  local data = event.data
  if data.victim_name ~= "victim " .. received or data.attacker_name ~= 'Bob "the \195\164xe"'
    or data.weapon ~= "weapon_crowbar" or event.name ~= "PlayerDeath" then
    wrong = wrong + 1
  end
  if received == TOTAL then
    e2e.mark("received", received, "wrong", wrong)
    e2e.finishWhenSettled()
  end
end)

e2e.connect(function()
  e2e.eachFrame("publish", function()
    for _ = 1, math.min(PER_FRAME, TOTAL - sent) do
      sent = sent + 1
      assert(realtime.PlayerDeath("victim " .. sent, 'Bob "the \195\164xe"', "weapon_crowbar"))
    end
  end)
end)

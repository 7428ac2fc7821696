-- A user with the rights that SECURITY.md gives him: everything that the module does works, and nothing else is his.
require("realtime")
local e2e = include("e2e.lua")
local address, port, username, password = unpack(host.Args(), 1, 4)

local heard = { typed = 0, pattern = 0 }
realtime.On("PlayerDeath", function() heard.typed = heard.typed + 1 end)
realtime.SubscribePattern("player:*", function() heard.pattern = heard.pattern + 1 end)
assert(realtime.Config({
  host = address, port = tonumber(port), username = username, password = password, database = 1, timeout = 0.5,
}))
assert(realtime.ConnectAsync(function(ok, err)
  assert(ok, tostring(err))
  assert(realtime.PlayerDeath("Alice", "Bob", "weapon_crowbar"))
  assert(realtime.Publish("elsewhere:1", "m", function(done, refused)
    e2e.mark("elsewhere", done, not done and refused.code)
  end))
  -- Long enough for the keep-alive to ask several times.
  local until_ = SysTime() + 2.5
  e2e.eachFrame("wait", function()
    if SysTime() > until_ then
      e2e.stop("wait")
      e2e.mark("heard", heard.typed, heard.pattern)
      e2e.stats()
      host.Quit(0)
    end
  end)
end))

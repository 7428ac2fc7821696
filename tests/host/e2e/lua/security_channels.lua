-- A user with the rights that SECURITY.md gives him uses the channels that the test names: he publishes on each, and hears it.
-- Arguments: address, port, user, password, channels.
require("realtime")
local e2e = include("e2e.lua")
local address, port, username, password = unpack(host.Args(), 1, 4)
local channels = { select(5, unpack(host.Args())) }

local function isThrough(channel, what)
  e2e.mark(what, channel)
  channels.done = (channels.done or 0) + 1
  if channels.done == 2 * #channels then e2e.finishWhenSettled() end
end

for _, channel in ipairs(channels) do
  assert(realtime.Subscribe(channel, function() isThrough(channel, "heard") end))
end
assert(realtime.Config({ host = address, port = tonumber(port), username = username, password = password }))
assert(realtime.ConnectAsync(function(ok, err)
  assert(ok, tostring(err))
  for _, channel in ipairs(channels) do
    assert(realtime.Publish(channel, "m", function(done, refused)
      isThrough(channel, done and "published" or refused.code)
    end))
  end
end))

-- The map ends at a random point of an event's way. What is left behind is looked at before the next map's addons run.
local fault = include("fault.lua")
local e2e = fault.e2e
local map = host.MapNumber() + 1
local maps = fault.rounds

-- By name: does what leads to the point, and calls `leave` there.
local POINTS = {
  ["before connecting"] = function(leave) leave() end,
  ["while connecting"] = function(leave)
    assert(realtime.ConnectAsync())
    realtime.ChatMessage("fault", "1")
    leave()
  end,
  ["in the answer of connecting"] = function(leave) assert(realtime.ConnectAsync(leave)) end,
  ["in the change of the state"] = function(leave)
    realtime.OnStateChange(leave)
    assert(realtime.ConnectAsync())
  end,
  ["just published"] = function(leave)
    assert(realtime.ConnectAsync(function()
      for number = 1, 100 do
        realtime.ChatMessage("fault", tostring(number))
      end
      leave()
    end))
  end,
  ["some frames after publishing"] = function(leave)
    assert(realtime.ConnectAsync(function()
      local frames = math.random(0, 5)
      e2e.eachFrame("publish", function()
        for number = 1, 200 do
          realtime.ChatMessage("fault", tostring(number))
        end
        frames = frames - 1
        if frames <= 0 then
          leave()
        end
      end)
    end))
  end,
  ["in the answer of a publish"] = function(leave)
    assert(realtime.ConnectAsync(function()
      for _ = 1, 20 do
        realtime.Publish("fault:other", "m", leave)
      end
    end))
  end,
  ["in a typed subscriber, with more waiting"] = function(leave)
    realtime.On("ChatMessage", leave)
    assert(realtime.ConnectAsync(function()
      for number = 1, 50 do
        realtime.ChatMessage("fault", tostring(number))
      end
    end))
  end,
  ["in a pattern's subscriber, raising"] = function(leave)
    realtime.SubscribePattern("fault:*", function()
      leave()
      error("raised while leaving")
    end)
    assert(realtime.ConnectAsync(function() realtime.Publish("fault:other", "m") end))
  end,
  ["while disconnecting"] = function(leave)
    assert(realtime.ConnectAsync(function()
      for number = 1, 100 do
        realtime.ChatMessage("fault", tostring(number))
      end
      realtime.Disconnect(1)
      leave()
    end))
  end,
  ["in the middle of a subscription"] = function(leave)
    assert(realtime.ConnectAsync(function()
      for number = 1, 100 do
        realtime.Subscribe("fault:" .. number, function() end)
      end
      leave()
    end))
  end,
}

collectgarbage()
e2e.mark("map", map, host.Threads(), host.Descriptors(), host.References(), host.InvalidFrees())
if map > maps then
  e2e.mark("done")
  host.Quit(0)
  return
end

math.randomseed(map * 7919 + tonumber(host.Args()[5]))
local names = {}
for each in pairs(POINTS) do
  names[#names + 1] = each
end
table.sort(names)
local name = names[math.random(#names)]
local left = false
hook.Add("ShutDown", "fault", function()
  local stats = realtime.GetStats()
  e2e.mark("account", stats.sent, stats.published, stats.failed, stats.unknown, stats.pending, stats.received, stats.delivered,
    stats.dropped, stats.queued)
end)
e2e.configure()
realtime.On("ChatMessage", function() end)
POINTS[name](function()
  if not left then
    left = true
    e2e.mark("point", (name:gsub(" ", "-")))
    host.ChangeMap("gm_fault_" .. map)
  end
end)

-- Each kind of callback of the Lua API does each thing that a callback may do, on the embedded backend; at last each kind
-- changes the map from inside itself. Everything is driven by the server's own frames.
require("realtime")
local e2e = include("e2e.lua")

local news = 0

-- By kind: `arm(run)` makes the function a callback and answers its handle, `fire()` causes a call of it.
local KINDS = {
  { "subscribe",
    function(run) return select(2, assert(realtime.Subscribe("chat", run))) end,
    function() realtime.Publish("chat", "fire") end },
  { "pattern",
    function(run) return select(2, assert(realtime.SubscribePattern("cha*", run))) end,
    function() realtime.Publish("chat", "fire") end },
  { "on",
    function(run) return select(2, assert(realtime.On("ChatMessage", run))) end,
    function() realtime.ChatMessage("Alice", "fire") end },
  { "publish",
    function() end,
    function(run) realtime.Publish("nobody", "fire", run) end },
  { "connect",
    function() end,
    function(run)
      realtime.Disconnect()
      assert(realtime.ConnectAsync(run))
    end },
  { "state",
    function(run) return select(2, assert(realtime.OnStateChange(run))) end,
    function()
      realtime.Disconnect()
      assert(realtime.ConnectAsync())
    end },
}

-- By name: what the callback does (it is given its handle), how many errors are printed for it, and what must be so afterwards.
local ACTIONS = {
  { "returns", function() return false, "x" end, 0 },
  { "unsubscribes-itself",
    function(handle)
      if handle then
        assert(realtime.Unsubscribe(handle))
      end
    end, 0 },
  { "subscribes",
    function()
      for i = 1, 20 do
        assert(realtime.Subscribe("news", function() news = news + i end))
      end
      assert(realtime.Publish("news", "m"))
    end, 0, function() return news == 210 end },
  { "publishes",
    function()
      for _ = 1, 20 do
        assert(realtime.Publish("nobody", "m", function() news = news + 1 end))
      end
    end, 0, function() return news == 20 end },
  { "raises", function() error("on purpose") end, 1 },
  { "yields", function() coroutine.yield() end, 1 },
  { "processes", function() assert(realtime.ProcessEvents() == 0) end, 0 },
  { "disconnects", function() realtime.Disconnect() end, 0 },
  { "connects-again",
    function()
      realtime.Disconnect()
      assert(realtime.ConnectAsync(function(ok) news = news + (ok and 1 or 100) end))
    end, 0, function() return news == 1 end },
  { "refreshes", function() assert(host.Refresh("autorun/server/realtime.lua")) end, 0 },
}

-- Every frame of the server takes one step of one pair; a pair that needs more than these has failed.
local MOST_FRAMES = 20

local function scenario(kind, action)
  local kindName, arm, fire = unpack(kind)
  local actionName, act, errors, after = unpack(action, 1, 4)
  local calls, heard, handle = 0, 0, nil
  news = 0
  local neighbour = select(2, assert(realtime.Subscribe("neighbour", function() heard = heard + 1 end)))
  local function run(...)
    calls = calls + 1
    if calls == 1 then
      return act(handle)
    end
  end
  local errorsBefore = host.ErrorCount()
  handle = arm(run)
  fire(run)
  local frames = 0
  return function()
    frames = frames + 1
    local done = calls > 0 and heard > 0 and e2e.settled() and (after == nil or after())
    if not done and frames < MOST_FRAMES then
      if realtime.GetState() == "disconnected" then
        assert(realtime.ConnectAsync())
      end
      realtime.Publish("neighbour", "m")
      return false
    end
    e2e.mark("pair", kindName, actionName, done, host.ErrorCount() - errorsBefore == errors, calls)
    realtime.Unsubscribe(neighbour)
    if handle then
      realtime.Unsubscribe(handle)
    end
    realtime.Unsubscribe("news")
    return true
  end
end

local function finish()
  local stats = realtime.GetStats()
  e2e.mark("left", stats.subscriptions, stats.callbacksCreated - stats.callbacksFreed, host.References(), host.InvalidFrees())
  e2e.stats()
end

assert(realtime.Config({ backend = "memory" }))
assert(realtime.Connect())

if host.MapNumber() == 0 then
  -- Everything but the map change, on the first map.
  local pairsLeft = {}
  for _, kind in ipairs(KINDS) do
    for i = 1, #ACTIONS do
      pairsLeft[#pairsLeft + 1] = { kind, ACTIONS[i] }
    end
  end
  e2e.mark("began", host.References())
  local step
  e2e.eachFrame("pairs", function()
    if step == nil or step() then
      local pair = table.remove(pairsLeft, 1)
      if pair == nil then
        e2e.stop("pairs")
        finish()
        host.ChangeMap("gm_callbacks")
        return
      end
      step = scenario(pair[1], pair[2])
    end
  end)
elseif host.MapNumber() <= #KINDS then
  -- One kind a map, which ends inside it; what it publishes and subscribes is still accepted, and what it raises reported.
  local kind = KINDS[host.MapNumber()]
  local changed = false
  local function run()
    if changed then
      return
    end
    changed = true
    e2e.mark("change", kind[1], (realtime.Publish("nobody", "late")), (realtime.Subscribe("late", function() end)))
    host.ChangeMap("gm_callbacks")
    error("raised after the map change")
  end
  kind[2](run)
  e2e.eachFrame("fire", function()
    e2e.stop("fire")
    kind[3](run)
  end)
else
  e2e.mark("done")
  host.Quit(0)
end

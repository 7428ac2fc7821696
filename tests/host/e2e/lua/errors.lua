-- Every function of the module raises, ten thousand times and again. On the 32-bit platforms that skips destructors: had
-- one been due, the heap would grow, or a lock would be held from then on.
require("realtime")
local e2e = include("e2e.lua")
local core = realtime_core
local TIMES = 10000

-- What each raises with. The others object to nothing for as long as the module is open.
local LONG = ("x"):rep(4096)
local RAISING = {
  Configure = { LONG }, Connect = { LONG }, Disconnect = { LONG }, Publish = { LONG, 1, LONG },
  DefineEvent = { LONG, LONG, { LONG, 1 } },
  PublishEvent = { LONG, LONG }, Subscribe = { 0, LONG, LONG }, SubscribeEvent = { 0, LONG }, Unsubscribe = { LONG },
  ProcessEvents = { LONG, LONG }, SetHandlers = { print, print, LONG }, GetEnvironment = { LONG }, JsonDecode = { {} },
}
local NO_OBJECTION = { WaitForConnect = true, GetState = true, GetStats = true, JsonEncode = true }

local function raise(name)
  local call, arguments = core[name], RAISING[name]
  for _ = 1, TIMES do
    local ok, text = pcall(call, unpack(arguments))
    if ok or not text:find("bad argument #%d to '" .. name .. "'") then
      error(name .. " did not raise, but gave " .. tostring(text), 0)
    end
  end
end

-- An error in a callback leaves the module in the middle of delivering.
local function raiseInCallbacks()
  for _ = 1, TIMES / 100 do
    for _ = 1, 100 do
      assert(core.Publish("errors", LONG, function() error(LONG) end))
    end
    repeat core.ProcessEvents(0, 0) until core.GetStats().pending == 0
  end
end

-- Each of these takes locks of its own.
local function stillWorks()
  local ok, id = core.Subscribe(0, "errors:other", function() end)
  assert(ok and core.Unsubscribe(id))
  assert(core.Publish("errors:other", "message"))
  repeat core.ProcessEvents(0, 0) until e2e.settled()
end

local function measure(name, work)
  work(name)
  stillWorks()
  local heap, references = host.HeapBytes(), host.References()
  work(name)
  stillWorks()
  e2e.mark("raised", name, host.HeapBytes() - heap, host.References() - references)
end

for name, value in pairs(core) do
  if type(value) == "function" and not RAISING[name] and not NO_OBJECTION[name] then e2e.mark("forgotten", name) end
end

if #host.Args() == 0 then
  assert(realtime.Config({ backend = "memory" }))
end
local function all()
  core.SetHandlers(function() end, function() end, function() end)
  core.Subscribe(0, "errors", function() error(LONG) end)
  stillWorks()
  for name in pairs(RAISING) do
    measure(name, raise)
  end
  measure("callbacks", raiseInCallbacks)
  e2e.mark("platform", core.PLATFORM)
end

e2e.connect(function()
  e2e.eachFrame("start", function()
    e2e.stop("start")
    local ok, reason = pcall(all)
    if ok then
      e2e.finishWhenSettled()
    else
      e2e.mark("failed", reason)
      host.Quit(1)
    end
  end)
end)

-- Runs every file of lua/snippets as a gamemode would, each on a map of its own: connected, or, when it connects by itself,
-- disconnected. Then happens once what it can have hooked or subscribed to. Marks: what it printed, and each error that it was
-- answered with.
require("realtime")
local e2e = include("e2e.lua")
local players = include("players.lua")

local SOME_FRAMES = 3
local MOST_FRAMES = 200
local number = host.MapNumber() + 1
local path = "snippets/" .. number .. ".lua"
if not file.Exists("lua/" .. path, "MOD") then
  e2e.mark("ran", number - 1)
  host.Quit(0)
  return
end
local connects = file.Read("lua/" .. path, "MOD"):find("realtime%.Connect") ~= nil

local function noteError(value)
  if type(value) == "table" and type(value.code) == "string" then e2e.mark("refused", number, value.code, value.message) end
end

-- luacheck: push ignore 121 122
local function watch()
  local out = print
  function print(...)
    if type(...) == "string" and (...):sub(1, 3) == "@@ " then return out(...) end
    local texts = {}
    for i = 1, select("#", ...) do
      local value = select(i, ...)
      noteError(value)
      texts[i] = tostring(value)
    end
    out("@@ said " .. number .. " " .. table.concat(texts, " "))
  end
  for name, call in pairs(realtime) do
    if type(call) == "function" then
      realtime[name] = function(...)
        local ok, value = call(...)
        if ok == false then noteError(value) end
        return ok, value
      end
    end
  end
end
-- luacheck: pop

local function happen()
  realtime.Publish("shop:sale", "a message")
  realtime.PlayerDeath("Alice", "Bob", "weapon_crowbar")
  hook.Run("PlayerDeath", players.player("Alice"), players.entity("weapon_crowbar"), players.player("Bob"))
  hook.Run("PlayerDeath", players.player("Alice"), NULL, NULL)
end

local function leave()
  e2e.mark("errors", number, host.ErrorCount(), realtime.GetStats().callbackErrors)
  host.ChangeMap("gm_snippet_" .. number)
end

local function run()
  watch()
  local ok, problem = pcall(include, path)
  if not ok then e2e.mark("broken", number, problem) end
  local frames, happened = 0, nil
  e2e.eachFrame("snippet", function()
    frames = frames + 1
    if happened then
      if frames == happened + SOME_FRAMES then leave() end
    elseif not connects or realtime.IsConnected() then
      happened = frames
      -- One that disconnects has nothing left to happen.
      if realtime.IsConnected() then happen() end
    elseif frames == MOST_FRAMES then
      e2e.mark("broken", number, "does not connect")
      leave()
    end
  end)
end

e2e.eachFrame("begin", function()
  -- The addon connects by itself.
  if not realtime.IsConnected() then return end
  e2e.stop("begin")
  if connects then e2e.disconnect(run) else run() end
end)

-- Something is wrong with the installation or the server: the game goes on, and every call has an answer.
local loaded, reason = pcall(require, "realtime")
local e2e = include("e2e.lua")

local FRAMES = 60
local frames = 0
e2e.mark("loaded", loaded, reason)

local function answer(name, ok, err)
  e2e.mark(name, ok, type(err) == "table" and err.code or err)
end

if realtime then
  e2e.configure()
  answer("connect", realtime.Connect())
  answer("publish", realtime.Publish("bad", "message"))
  answer("event", realtime.ChatMessage("Alice", "hello"))
  e2e.mark("state", realtime.GetState())
end

e2e.eachFrame("count", function()
  frames = frames + 1
  if frames == FRAMES then
    e2e.stats()
    e2e.mark("frames", frames)
    host.Quit(0)
  end
end)

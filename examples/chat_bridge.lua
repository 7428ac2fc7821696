-- One chat for several servers, and for a bot or a website besides: whoever publishes a ChatMessage event is heard everywhere.
require("realtime")

-- The game event, not the hook PlayerSay: other addons answer that one first, and what a hook answers would be ours to get right.
gameevent.Listen("player_say")
hook.Add("player_say", "example.chat_bridge", function(data)
    local ply = Player(data.userid)
    if not IsValid(ply) then return end -- the console
    if data.teamonly and data.teamonly ~= 0 then return end -- not for everybody's ears
    local ok, err = realtime.ChatMessage(ply:Nick(), data.text)
    if not ok then print("[chat bridge] " .. tostring(err)) end
end)

assert(realtime.On("ChatMessage", function(event)
    -- Own events come back like everybody's.
    if event.isOwn then return end
    local server = event.source:gsub("^/gmod/", "")
    PrintMessage(HUD_PRINTTALK, ("[%s] %s: %s"):format(server, event.data.player_name, event.data.message))
end, "example.chat_bridge"))

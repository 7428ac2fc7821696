-- Read, never run: lua-language-server has nothing to say about this file (npm run check:luals).
require("realtime")

-- ---- events ----------------------------------------------------------------------------------------------------------

---@param ok boolean
---@param err realtime.RealtimeError
local function report(ok, err)
    if not ok then print(err.code, err.message, err.remedy, tostring(err)) end
end

hook.Add("PlayerSpawn", "right", function(ply) ---@param ply Player
    report(realtime.PlayerSpawn(ply:Nick(), ply:Team(), ply:GetPos()))
    report(realtime.PlayerConnect(ply:Nick(), ply:SteamID64()))
end)

report(realtime.PlayerSpawn("Alice", "red", { x = 1, y = 2, z = 3.5 }))
report(realtime.PlayerSpawn("Alice", 2, Vector(1, 2, 3)))
report(realtime.PlayerDeath("Alice", "Bob", "weapon_crowbar"))
report(realtime.ChatMessage("Alice", "hello"))
report(realtime.PlayerTakeDamage("Alice", 12.5, "Bob"))
report(realtime.RoundStart("terrortown", "ttt_minecraft"))
report(realtime.RoundEnd("traitors", 3))
report(realtime.PlayerDisconnect("Alice", "76561198000000001", "timed out"))
report(realtime.TeamChange("Alice", 1, "blue"))
report(realtime.MapChange("gm_construct"))
report(realtime.MapChange("gm_construct", "gm_flatgrass"))
report(realtime.PublishGameEvents())
report(realtime.PublishGameEvents({ ttt = true, darkrp = false, except = { "PlayerTakeDamage", "NpcKilled" } }))

local ok, err = realtime.ChatMessage("Alice", "hello")
if not ok and err.code == "QUEUE_FULL" then print(err) end

-- Where it does not matter whether it went well.
local _ = realtime.ChatMessage("Alice", "hello")

assert(realtime.On("PlayerDeath", function(event)
    ---@type string, string, string
    local victim, attacker, weapon = event.data.victim_name, event.data.attacker_name, event.data.weapon
    ---@type "PlayerDeath", string, string, string
    local name, id, source, channel = event.name, event.id, event.source, event.channel
    ---@type string, number
    local time, timestamp = event.time, event.timestamp
    print(victim, attacker, weapon, name, id, source, channel, time, timestamp)
end))

assert(realtime.On("PlayerSpawn", function(event)
    ---@type string|number
    local team = event.data.team
    ---@type Vector
    local place = event.data.pos
    print(event.data.player_name .. " of " .. team, place.x, event.data.pos.z)
end))

assert(realtime.On("MapChange", function(event)
    local before = event.data.previous_map
    if before ~= nil then print(before:upper()) end
end))

-- What only the games have.
assert(realtime.On("PlayerHurt", function(event)
    print(event.data.victim_name:upper(), event.data.health_left - event.data.damage)
end))
report(realtime.Emit("NpcKilled", { npc = "npc_zombie", attacker_name = "Alice", weapon = "weapon_crowbar" }))

---@param event realtime.RoundEndEvent
local function onRoundEnd(event)
    print(event.data.winner_team .. " won with " .. event.data.score + 1)
end
assert(realtime.On("RoundEnd", onRoundEnd))
-- A callback may take less than there is.
assert(realtime.On("RoundStart", function() print("go") end))

---@param name realtime.EventName
local function log(name) print(name) end
log("TeamChange")

report(realtime.Emit("ChatMessage", { player_name = "Alice", message = "hello" }))
report(realtime.Emit("PlayerSpawn", { player_name = "Alice", team = 2, pos = Vector(1, 2, 3) }))
report(realtime.Emit("PlayerSpawn", { player_name = "Alice", team = "red", pos = { x = 1, y = 2, z = 3 } }))
report(realtime.Emit("MapChange", { map = "gm_construct" }))

-- ---- events of one's own ---------------------------------------------------------------------------------------------

---@class (exact) MatchEndData
---@field mode "casual"|"ranked"
---@field seconds integer
---@field score { red: integer, blue: integer }
---@field best? string

---@class MatchEndEvent: realtime.ReceivedEvent
---@field data MatchEndData

---@class realtime
---@field On fun(name: "MatchEnd", callback: fun(event: MatchEndEvent), id?: string): boolean, realtime.SubscriptionOrError
---@field Emit fun(name: "MatchEnd", data: MatchEndData): boolean, realtime.RealtimeError

report(realtime.DefineEvent("MatchEnd", "match:end", {
    { name = "mode", type = "enum", values = { "casual", "ranked" } },
    { name = "seconds", type = "integer" },
    { name = "score", type = "object", fields = {
        { name = "red", type = "integer" },
        { name = "blue", type = "integer" },
    } },
    { name = "best", type = "string", maxBytes = 256, optional = true },
    { name = "place", type = "vector", optional = true },
    { name = "side", type = "team", maxBytes = 64, optional = true },
    { name = "ranked", type = "boolean", optional = true },
    { name = "factor", type = "number", optional = true },
    { name = "winner", type = "steamId64", optional = true },
    { name = "more", type = "json", optional = true },
    { name = "players", type = "array", maxItems = 128, optional = true, items = { type = "object", fields = {
        { name = "name", type = "string" },
        { name = "places", type = "array", items = { type = "vector" } },
    } } },
}))

report(realtime.Emit("MatchEnd", { mode = "casual", seconds = 90, score = { red = 3, blue = 1 } }))

assert(realtime.On("MatchEnd", function(event)
    print(event.data.mode, event.data.seconds / 60, event.data.score.red, event.channel)
    if event.data.best then print(event.data.best:lower()) end
end))

---@type realtime.EnumField
local site = { name = "site", type = "enum", values = { "A", "B" } }
---@type realtime.Field[]
local fields = { site, { name = "seconds", type = "number" } }
report(realtime.DefineEvent("BombPlanted", "bomb:planted", fields))

-- ---- channels --------------------------------------------------------------------------------------------------------

report(realtime.Publish("shop:sale", "bytes"))
report(realtime.Publish("shop:sale", "bytes", function(sent, receivers)
    if sent then print(receivers + 1, math.max(receivers, 0)) else print(receivers.code) end
end))

local isSubscribed, subscription = realtime.Subscribe("shop:sale", function(channel, message)
    print(channel:upper(), message:len())
end)
if isSubscribed then
    print(subscription.kind, subscription.name)
    assert(realtime.Unsubscribe(subscription))
else
    print(subscription.code, subscription.message)
end

local function onSale(channel, message, pattern) print(channel, message, pattern) end
local _, handle = assert(realtime.SubscribePattern("shop:*", onSale))
local isEnded, count = realtime.Unsubscribe(handle)
if isEnded then print(count - 1, ("%d"):format(count)) else print(count.remedy) end
assert(realtime.Unsubscribe("shop:sale"))
assert(realtime.Unsubscribe("shop:*", onSale))

---@type realtime.Subscription[]
local handles = {}
---@param made boolean
---@param value realtime.SubscriptionOrError
local function keep(made, value)
    assert(made, value)
    handles[#handles + 1] = value
end
keep(realtime.On("ChatMessage", function(event) print(event.data.message) end))
keep(realtime.OnStateChange(function(newState, oldState) print(newState == "connected" and oldState == "reconnecting") end))

-- ---- configuration and connection ------------------------------------------------------------------------------------

report(realtime.Config("redis.example.com", 6379, "secret", 5))
report(realtime.Config("redis.example.com"))
report(realtime.Config({ host = "redis.example.com", port = 6379, logLevel = "debug" }))
report(realtime.Config { backend = "memory" })
report(realtime.Connect())
report(realtime.Connect("127.0.0.1", 6379))
report(realtime.Connect({ url = "redis://127.0.0.1" }))
report(realtime.ConnectAsync())
report(realtime.ConnectAsync(function(connected, reason)
    if not connected then print(reason.code) end
end))
report(realtime.Disconnect())
report(realtime.Disconnect(0.5))

local isRead, config = realtime.GetConfig()
if isRead then
    print(config.address, config.hasPassword, config.settings.port.value, config.settings.port.name)
    for setting, value in pairs(config.settings) do print(setting:upper(), value.value, value.source) end
else
    print(config.message)
end

---@type realtime.StateName
local state = realtime.GetState()
print(state, realtime.IsConnected(), realtime.VERSION:upper())

local stats = realtime.GetStats()
print(stats.sent, stats.droppedOverflow + stats.pending)

-- Called by itself every frame; a loop that waits may do so, and need not look at the number.
realtime.ProcessEvents()
print(realtime.ProcessEvents(100, 2) + 1)

-- What the game gives as a number, a team's for example, is one.
---@type number
local teamNumber = 2
assert(realtime.PlayerSpawn("Alice", teamNumber, { x = 1, y = 2, z = 3 }))

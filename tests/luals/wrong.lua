-- Read, never run: each line that lua-language-server must complain about ends in `--!` and the names of what it says, and it
-- must say nothing else (npm run check:luals).
require("realtime")

-- ---- arguments -------------------------------------------------------------------------------------------------------

-- A SteamID64 is a string, or it would lose its last digits.
assert(realtime.PlayerConnect("Alice", 7656119)) --! param-type-mismatch
-- The order is name, damage, attacker.
assert(realtime.PlayerTakeDamage("Alice", "Bob", 12.5)) --! param-type-mismatch param-type-mismatch
assert(realtime.PlayerDeath("Alice", "Bob")) --! missing-parameter
assert(realtime.ChatMessage("Alice", "hello", "there")) --! redundant-parameter
assert(realtime.PlayerSpawn("Alice", 2, { x = 1, y = 2 })) --! missing-fields
assert(realtime.PlayerSpawn("Alice", true, Vector(1, 2, 3))) --! param-type-mismatch
assert(realtime.RoundStart(5, "ttt_minecraft")) --! param-type-mismatch
assert(realtime.RoundEnd("traitors", "3")) --! param-type-mismatch
assert(realtime.PlayerDied("Alice")) --! undefined-field
assert(realtime.PublishGameEvents({ tttt = true })) --! assign-type-mismatch
assert(realtime.PublishGameEvents({ ttt = "yes" })) --! assign-type-mismatch
assert(realtime.PublishGameEvents({ except = { "NotAnEvent" } })) --! assign-type-mismatch
-- What only the games have is no function.
assert(realtime.NpcKilled("npc_zombie", "Alice", "weapon_crowbar")) --! undefined-field

-- ---- answers ---------------------------------------------------------------------------------------------------------

-- Nobody looks whether it went well.
realtime.ChatMessage("Alice", "hello") --! discard-returns
realtime.Emit("ChatMessage", { player_name = "Alice", message = "hello" }) --! discard-returns
local message = { player_name = "Alice", message = "hello" }
realtime.Emit("ChatMessage", message) --! discard-returns
realtime.On("ChatMessage", function(event) print(event.data.message) end) --! discard-returns
realtime.Subscribe("shop:sale", print) --! discard-returns
realtime.Publish("shop:sale", "bytes") --! discard-returns
realtime.Unsubscribe("shop:sale") --! discard-returns
realtime.Config({ host = "redis.example.com" }) --! discard-returns
realtime.Connect() --! discard-returns
realtime.Disconnect() --! discard-returns
realtime.DefineEvent("Bell", "bell", {}) --! discard-returns
-- A question that nobody asks.
realtime.GetState() --! discard-returns

local ok, err = realtime.ChatMessage("Alice", "hello")
print(ok, err.mesage) --! undefined-field
local _, value = realtime.Subscribe("shop:sale", print)
print(value.channel) --! undefined-field
local _, count = realtime.Unsubscribe("shop:sale")
print(count.number) --! undefined-field
-- The first value is whether it went well, and no subscription.
local subscription = realtime.Subscribe("shop:sale", print)
assert(realtime.Unsubscribe(subscription)) --! param-type-mismatch
---@type realtime.ErrorCode
local code = "CONECT_FAILED" --! assign-type-mismatch
print(code)

-- ---- receiving -------------------------------------------------------------------------------------------------------

assert(realtime.On("PlayerDeath", function(event)
    print(event.data.victim) --! undefined-field
    print(event.chanel) --! undefined-field
    event.data.killer = "Bob" --! inject-field
    ---@type number
    local damage = event.data.weapon --! assign-type-mismatch
    print(damage)
end))
assert(realtime.On("PlayerSpawn", function(event)
    print(event.data.pos.w) --! undefined-field
    ---@type number
    local number = event.data.team --! assign-type-mismatch
    print(number)
end))
assert(realtime.On("MapChange", function(event)
    local before = event.data.previous_map
    print(before:upper()) --! need-check-nil
end))
assert(realtime.On("NpcKilled", function(event) print(event.data.victim) end)) --! undefined-field
assert(realtime.On("PlayerDied", function(event) print(event.name) end)) --! param-type-mismatch
assert(realtime.On("PlayerDeath", function(first, second) print(first, second) end)) --! redundant-parameter
assert(realtime.On("PlayerDeath")) --! missing-parameter
assert(realtime.On("PlayerDeath", "print")) --! param-type-mismatch
---@param event realtime.RoundEndEvent
local function onRoundEnd(event)
    print(event.data.winner) --! undefined-field
end
assert(realtime.On("RoundEnd", onRoundEnd))

-- ---- emitting --------------------------------------------------------------------------------------------------------

assert(realtime.Emit("ChatMessage", { player_name = "Alice" })) --! missing-fields
assert(realtime.Emit("ChatMessage", { player_name = "Alice", mesage = "hello" })) --! assign-type-mismatch missing-fields
assert(realtime.Emit("ChatMessage", { player_name = "Alice", message = "hello", team = 2 })) --! assign-type-mismatch
assert(realtime.Emit("ChatMessage", { player_name = "Alice", message = 5 })) --! assign-type-mismatch
assert(realtime.Emit("PlayerSpawn", { player_name = "Alice", team = 2, pos = { x = 1, y = 2 } })) --! missing-fields
assert(realtime.Emit("NpcKilled", { npc = "npc_zombie", attacker_name = "Alice" })) --! missing-fields
assert(realtime.Emit("PlayerDied", { player_name = "Alice" })) --! param-type-mismatch
assert(realtime.Emit("ChatMessage")) --! missing-parameter

-- ---- events of one's own ---------------------------------------------------------------------------------------------

---@class (exact) BombPlantedData
---@field site "A"|"B"
---@field seconds number

---@class BombPlantedEvent: realtime.ReceivedEvent
---@field data BombPlantedData

---@class realtime
---@field On fun(name: "BombPlanted", callback: fun(event: BombPlantedEvent), id?: string): boolean, realtime.SubscriptionOrError
---@field Emit fun(name: "BombPlanted", data: BombPlantedData): boolean, realtime.RealtimeError

assert(realtime.Emit("BombPlanted", { site = "C", seconds = 40 })) --! assign-type-mismatch
assert(realtime.Emit("BombPlanted", { site = "A" })) --! missing-fields
assert(realtime.Emit("BombPlante", { site = "A", seconds = 40 })) --! param-type-mismatch
assert(realtime.On("BombPlanted", function(event) print(event.data.sites) end)) --! undefined-field

assert(realtime.DefineEvent("B", "b", { { name = "site", type = "text" } })) --! assign-type-mismatch
assert(realtime.DefineEvent("B", "b", { { type = "string" } })) --! missing-fields
assert(realtime.DefineEvent("B", "b", { { name = "site", type = "string", maxByte = 5 } })) --! assign-type-mismatch
assert(realtime.DefineEvent("B", "b", { { name = "site", type = "string", maxBytes = "5" } })) --! assign-type-mismatch
assert(realtime.DefineEvent("B", "b", { { name = "site", type = "string", optional = "yes" } })) --! assign-type-mismatch
assert(realtime.DefineEvent("B", "b", { { name = "site", type = "array", items = { type = "text" } } })) --! assign-type-mismatch
assert(realtime.DefineEvent("B", { { name = "site", type = "string" } })) --! missing-parameter param-type-mismatch
---@type realtime.EnumField
local side = { name = "side", type = "enum" } --! missing-fields
---@type realtime.NumberField
local factor = { name = "factor", type = "number", maxBytes = 5 } --! assign-type-mismatch
print(side, factor)

-- ---- channels --------------------------------------------------------------------------------------------------------

assert(realtime.Publish("shop:sale", 5)) --! param-type-mismatch
assert(realtime.Unsubscribe(5)) --! param-type-mismatch
assert(realtime.Subscribe("shop:sale", function(channel, bytes, more) print(channel, bytes, more) end)) --! redundant-parameter
assert(realtime.Subscribe("shop:sale", function(channel) print(channel.name) end)) --! undefined-field
assert(realtime.OnStateChange(function(new) print(new.name) end)) --! undefined-field

-- ---- configuration and connection ------------------------------------------------------------------------------------

assert(realtime.Config("redis.example.com", "6379")) --! param-type-mismatch
assert(realtime.Config(6379)) --! param-type-mismatch
assert(realtime.Config({ hots = "redis.example.com" })) --! assign-type-mismatch
assert(realtime.Config({ port = "6379" })) --! assign-type-mismatch
assert(realtime.Connect({ logLevel = "loud" })) --! assign-type-mismatch
assert(realtime.Disconnect("1")) --! param-type-mismatch
assert(realtime.ConnectAsync(function(connected, reason) print(connected, reason.cod) end)) --! undefined-field

local _, config = realtime.GetConfig()
print(config.settings.prot) --! undefined-field
print(config.settings.port.form) --! undefined-field
-- Secrets are not shown.
print(config.password) --! undefined-field

print(realtime.GetStats().lost) --! undefined-field
---@type realtime.StateName
local state = "conected" --! assign-type-mismatch
print(state, realtime.VERSON) --! undefined-field

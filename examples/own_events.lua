-- Events of one's own: defined once, then checked, published and received like the ready-made ones.
require("realtime")

-- Every server that wants to publish or receive the event defines it the same way.
assert(realtime.DefineEvent("MatchEnd", "match:end", {
    { name = "mode", type = "enum", values = { "casual", "ranked" } },
    { name = "seconds", type = "integer" },
    { name = "score", type = "object", fields = {
        { name = "red", type = "integer" },
        { name = "blue", type = "integer" },
    } },
    { name = "players", type = "array", maxItems = 128, items = { type = "object", fields = {
        { name = "name", type = "string", maxBytes = 256 },
        { name = "steam_id", type = "steamId64" },
        { name = "place", type = "vector", optional = true },
    } } },
}))

-- What an editor with lua-language-server is told, so that it checks and completes the event as it does the ready-made ones.
---@class (exact) MatchEndPlayer
---@field name string
---@field steam_id string
---@field place? Vector

---@class (exact) MatchEndData
---@field mode "casual"|"ranked"
---@field seconds integer
---@field score { red: integer, blue: integer }
---@field players MatchEndPlayer[]

---@class MatchEndEvent: realtime.ReceivedEvent
---@field data MatchEndData

---@class realtime
---@field On fun(name: "MatchEnd", callback: fun(event: MatchEndEvent), id?: string): boolean, realtime.SubscriptionOrError
---@field Emit fun(name: "MatchEnd", data: MatchEndData): boolean, realtime.RealtimeError

-- The gamemode calls this when a match is over.
function PublishMatch(mode, seconds, score, players)
    local list = {}
    for i, ply in ipairs(players) do
        list[i] = { name = ply:Nick(), steam_id = ply:SteamID64(), place = ply:GetPos() }
    end
    local ok, err = realtime.Emit("MatchEnd", { mode = mode, seconds = seconds, score = score, players = list })
    -- What does not fit is refused, and everything that is wrong is named with its path.
    if not ok then print("[match] " .. err.message) end
end

assert(realtime.On("MatchEnd", function(event)
    local data = event.data
    print(("[match] %s, %d s, red %d : blue %d, %d players"):format(
        data.mode, data.seconds, data.score.red, data.score.blue, #data.players))
end, "example.own_events"))

---@meta realtime
-- Generated from src/ by scripts/generate-api.mjs. Change the source, not this file.
-- For lua-language-server: add this folder to workspace.library. The game never loads it.
--
-- What can fail answers `true` and a value, where there is one, or `false` and a realtime.RealtimeError. The server cannot know from
-- the first which of them the second is, so it knows both: look at the first before you use the second. An answer that nobody looks at
-- is flagged (discard-returns); where it does not matter, `local _ = realtime.ChatMessage(name, text)` says so.
--
-- Events of your own, once they are declared like this, anywhere in your workspace, are checked and completed as the ready-made ones are:
--
--     ---@class (exact) MatchEndData
--     ---@field mode "casual"|"ranked"
--     ---@field seconds integer
--
--     ---@class MatchEndEvent: realtime.ReceivedEvent
--     ---@field data MatchEndData
--
--     ---@class realtime
--     ---@field On fun(name: "MatchEnd", callback: fun(event: MatchEndEvent), id?: string): boolean, realtime.SubscriptionOrError
--     ---@field Emit fun(name: "MatchEnd", data: MatchEndData): boolean, realtime.RealtimeError

---The game's own class, as far as it is needed here; annotations of the game add the rest.
---@class Vector
---@field x number
---@field y number
---@field z number

---What a misspelled name in a table would have to be.
---@class (exact) realtime.NoSuchField

---Why something was refused.
---@alias realtime.ErrorCode "INVALID_ARGUMENT"|"INVALID_CONFIG"|"UNKNOWN_BACKEND"|"NOT_CONNECTED"|"ALREADY_CONNECTED"|"QUEUE_FULL"|"PAYLOAD_TOO_LARGE"|"CONNECT_FAILED"|"RESOLVE_FAILED"|"TIMEOUT"|"CONNECTION_LOST"|"AUTH_REQUIRED"|"AUTH_FAILED"|"NO_PERMISSION"|"SERVER_LOADING"|"SERVER_READONLY"|"SERVER_MOVED"|"SERVER_OUT_OF_MEMORY"|"SERVER_ERROR"|"PROTOCOL_ERROR"|"FATE_UNKNOWN"|"SHUTTING_DOWN"|"ENCODE_FAILED"|"DECODE_FAILED"|"VALIDATION_FAILED"|"UNKNOWN_EVENT"|"EVENT_CONFLICT"|"UNKNOWN_SUBSCRIPTION"|"BINARY_MISSING"|"BINARY_BROKEN"|"BINARY_MISMATCH"|"INTERNAL"

---Where the connection is.
---@alias realtime.StateName "disconnected"|"connecting"|"connected"|"reconnecting"|"closing"

---How much a log line matters.
---@alias realtime.LogLevelName "debug"|"info"|"warn"|"error"

---The counters of GetStats.
---@class (exact) realtime.Stats
---@field sent number Messages that Publish and the events accepted.
---@field refused number Publish calls, of messages and of events, that were answered with an error.
---@field published number Accepted messages that the server confirmed.
---@field failed number Accepted messages that the server refused, or that closing left unsent.
---@field unknown number Accepted messages whose connection was lost before the server's answer, or of which nobody could tell any more when it was closed out of memory.
---@field pending number Accepted messages still waiting: sent = published + failed + unknown + pending.
---@field received number Messages that arrived from the server.
---@field delivered number Arrived messages handed to at least one callback, or found invalid by all.
---@field dropped number Arrived messages that were thrown away: droppedOverflow + droppedUnclaimed + droppedTooLarge.
---@field queued number Arrived messages still waiting: received = delivered + dropped + queued.
---@field droppedOverflow number Thrown away, oldest first, because the inbound queue was full.
---@field droppedUnclaimed number Thrown away because their last subscriber had gone.
---@field droppedTooLarge number Thrown away on arrival because they were longer than maxPayloadBytes.
---@field invalid number Messages on an event's channel that were not a valid event, counted per typed subscriber.
---@field callbackErrors number Lua errors in callbacks.
---@field callbacksCreated number Lua functions the module ever took hold of.
---@field callbacksFreed number Lua functions it let go again; the difference is what it holds now.
---@field subscriptions number Subscriptions that exist now.
---@field connects number Times the state became connected.
---@field stateChanges number Changes of the connection's state.
---@field connectFailures number Attempts to connect that failed.
---@field bytesPublished number Payload bytes of the accepted messages.
---@field bytesReceived number Payload bytes of the arrived messages.
---@field droppedLogLines number Log lines thrown away because the game thread did not print them in time.

---Why something was refused. `tostring(err)` is a sentence.
---@class (exact) realtime.RealtimeError
---@field code realtime.ErrorCode A name that never changes; compare with this.
---@field message string What happened, for people. It never holds a secret.
---@field remedy string What to do about it, for people.

---What Subscribe, SubscribePattern, On and OnStateChange give back: keep it to unsubscribe.
---@class (exact) realtime.Subscription
---@field kind "channel"|"pattern"|"event"|"state"
---@field name string The channel, pattern or event name.
---@field number number
---@field id? string What the caller called it, if anything: a later one of the same kind, name and id takes its place.
---@field callback unknown The caller's own function, which Unsubscribe compares with.

---Called when the connection's state changed.
---@alias realtime.StateCallback fun(newState: realtime.StateName, oldState: realtime.StateName)

---The backends that come with the addon.
---@alias realtime.BackendName "redis"|"memory"

---What Config{…} takes. Everything is optional; what is left out comes from the environment, .env or the default.
---@class (exact) realtime.ConfigOptions
---@field backend? realtime.BackendName `redis`, or `memory` for the bus inside this process. Default: `redis` as soon as a server is configured, else `memory`.
---@field host? string Name or address of the server, without a port, at most 1024 bytes. Default: 127.0.0.1.
---@field port? number 1 to 65535. Default: 6379.
---@field username? string For a server with users of its own (ACL), at most 1024 bytes; needs a password beside it. Default: none.
---@field password? string At most 1024 bytes, none of them 0; empty is the same as none. Default: none.
---@field database? number Number of the logical database, 0 to 1000000. Default: 0.
---@field url? string `redis://[user[:password]@]host[:port][/database]` or `unix:///path`; the single settings of the same source, or a stronger one, win over its parts.
---@field unixSocket? string Path of a unix socket, instead of host and port, at most 1024 bytes.
---@field timeout? number Seconds, to connect and for an answer, 0.05 to 300. Default: 5.
---@field clientName? string How the server's administrator sees this connection: no spaces, at most 1024 bytes. Default: `gmod-realtime`.
---@field queueMessages? number Bound of each queue, in messages, 1 to 1000000. Default: 10000.
---@field queueBytes? number Bound of each queue, in bytes, 1 to 1 GiB. Default: 64 MiB.
---@field maxPayloadBytes? number Longest message that Publish accepts, in bytes, 1 to 64 MiB. A longer one of somebody else is dropped and counted. Default: 1 MiB.
---@field serverId? string Names this server in the events it publishes: letters, digits and `- . _ ~`, at most 1024 bytes. Default: its port.
---@field logLevel? realtime.LogLevelName The least important lines that are still printed: `debug`, `info`, `warn`, `error`. Default: `info`.
---@field [string] realtime.NoSuchField

---@alias realtime.SettingKey "backend"|"host"|"port"|"username"|"password"|"database"|"url"|"unixSocket"|"timeout"|"clientName"|"queueMessages"|"queueBytes"|"maxPayloadBytes"|"serverId"|"logLevel"

---Where a value can come from, strongest first.
---@alias realtime.SourceName "Config"|"environment"|".env"|"default"

---A setting in force, and where it comes from.
---@class (exact) realtime.ConfigValue
---@field value string|number `***` for what is secret.
---@field source realtime.SourceName
---@field name? string What the source calls it: `port`, `REDIS_PORT`, `REDIS_URL, line 3`. Not there for a default.

---The configuration in force, with nothing secret in it.
---@class (exact) realtime.ConfigSummary
---@field backend string
---@field configured boolean Whether anybody chose a backend or named a server.
---@field address string Where the backend is: `127.0.0.1:6379`, `unix:/run/redis.sock`, `in this process`.
---@field username? string
---@field hasPassword boolean
---@field database number
---@field timeout number Seconds.
---@field source string The CloudEvents source of this server's events.
---@field logLevel realtime.LogLevelName
---@field settings table<realtime.SettingKey, realtime.ConfigValue> Every setting in force, by the name that Config{…} has for it, and where its value comes from.

---Anything with three coordinates; a GMod Vector is one.
---@class (exact) realtime.Coordinates
---@field x number
---@field y number
---@field z number

---Bytes; what is no UTF-8 arrives as U+FFFD. `maxBytes`: the longest that is accepted, 1024 unless said.
---@class (exact) realtime.StringKind
---@field type "string"
---@field maxBytes? number
---@field [string] realtime.NoSuchField

---Finite.
---@class (exact) realtime.NumberKind
---@field type "number"
---@field [string] realtime.NoSuchField

---Whole, and exact in a double: at most 2^53 - 1 either way.
---@class (exact) realtime.IntegerKind
---@field type "integer"
---@field [string] realtime.NoSuchField

---@class (exact) realtime.BooleanKind
---@field type "boolean"
---@field [string] realtime.NoSuchField

---A SteamID64 as `ply:SteamID64()` gives it: a string, since a number would lose its last digits.
---@class (exact) realtime.SteamId64Kind
---@field type "steamId64"
---@field [string] realtime.NoSuchField

---A team by its number or by its name.
---@class (exact) realtime.TeamKind
---@field type "team"
---@field maxBytes? number
---@field [string] realtime.NoSuchField

---A Vector, or a table with x, y and z; it arrives as a Vector.
---@class (exact) realtime.VectorKind
---@field type "vector"
---@field [string] realtime.NoSuchField

---One of these strings.
---@class (exact) realtime.EnumKind
---@field type "enum"
---@field values string[]
---@field [string] realtime.NoSuchField

---Any number of the same, up to `maxItems`: 1000 unless said.
---@class (exact) realtime.ArrayKind
---@field type "array"
---@field items realtime.Kind
---@field maxItems? number
---@field [string] realtime.NoSuchField

---A table with fields of its own.
---@class (exact) realtime.ObjectKind
---@field type "object"
---@field fields realtime.Field[]
---@field [string] realtime.NoSuchField

---Whatever JSON can hold, but nil.
---@class (exact) realtime.JsonKind
---@field type "json"
---@field [string] realtime.NoSuchField

---What a value must be: a field's type with what belongs to it.
---@alias realtime.Kind realtime.StringKind|realtime.NumberKind|realtime.IntegerKind|realtime.BooleanKind|realtime.SteamId64Kind|realtime.TeamKind|realtime.VectorKind|realtime.EnumKind|realtime.ArrayKind|realtime.ObjectKind|realtime.JsonKind

---@alias realtime.FieldType "string"|"number"|"integer"|"boolean"|"steamId64"|"team"|"vector"|"enum"|"array"|"object"|"json"

---@class (exact) realtime.StringField: realtime.StringKind
---@field name string
---@field optional? boolean May be left out. Default: false.

---@class (exact) realtime.NumberField: realtime.NumberKind
---@field name string
---@field optional? boolean May be left out. Default: false.

---@class (exact) realtime.IntegerField: realtime.IntegerKind
---@field name string
---@field optional? boolean May be left out. Default: false.

---@class (exact) realtime.BooleanField: realtime.BooleanKind
---@field name string
---@field optional? boolean May be left out. Default: false.

---@class (exact) realtime.SteamId64Field: realtime.SteamId64Kind
---@field name string
---@field optional? boolean May be left out. Default: false.

---@class (exact) realtime.TeamField: realtime.TeamKind
---@field name string
---@field optional? boolean May be left out. Default: false.

---@class (exact) realtime.VectorField: realtime.VectorKind
---@field name string
---@field optional? boolean May be left out. Default: false.

---@class (exact) realtime.EnumField: realtime.EnumKind
---@field name string
---@field optional? boolean May be left out. Default: false.

---@class (exact) realtime.ArrayField: realtime.ArrayKind
---@field name string
---@field optional? boolean May be left out. Default: false.

---@class (exact) realtime.ObjectField: realtime.ObjectKind
---@field name string
---@field optional? boolean May be left out. Default: false.

---@class (exact) realtime.JsonField: realtime.JsonKind
---@field name string
---@field optional? boolean May be left out. Default: false.

---One field of an event. Fields travel in the order of the definition.
---@alias realtime.Field realtime.StringField|realtime.NumberField|realtime.IntegerField|realtime.BooleanField|realtime.SteamId64Field|realtime.TeamField|realtime.VectorField|realtime.EnumField|realtime.ArrayField|realtime.ObjectField|realtime.JsonField

---An event as a subscriber gets it.
---@class (exact) realtime.ReceivedEvent
---@field name string The name it was defined with.
---@field id string Unique: `<instance>-<sequence>` when it was published by this module.
---@field source string Which server published it: `/gmod/<server id>`.
---@field time string When it was published, as RFC 3339 text: in UTC when it was published by this module.
---@field timestamp number The same in seconds since 1970, to the millisecond.
---@field channel string
---@field isOwn boolean Whether it is this server that published it, on this map. Two servers may have the same `source`, if nobody named them.
---@field data unknown What was published; checked against the definition.

---Which of the game's own events PublishGameEvents publishes. What is left out is chosen by the running gamemode.
---@class (exact) realtime.GameEventOptions
---@field base? boolean Joining, leaving, chat, spawns, deaths, damage, teams, characters of the game, the map. Default: true.
---@field ttt? boolean The rounds of Trouble in Terrorist Town. Default: whether that is what runs.
---@field darkrp? boolean Arrests, wanted players, money and jobs of DarkRP. Default: whether that is what runs.
---@field except? realtime.GameEventName[] Names of events that are not published all the same.
---@field [string] realtime.NoSuchField

---What a subscriber finds in `event.data` of PlayerSpawn.
---@class (exact) realtime.PlayerSpawnData
---@field player_name string
---@field team string|integer
---@field pos Vector

---What Emit takes for PlayerSpawn.
---@class (exact) realtime.PlayerSpawnInput
---@field player_name string
---@field team string|integer
---@field pos Vector|realtime.Coordinates
---@field [string] realtime.NoSuchField

---A player came to life. Published on `player:spawn`.
---@class (exact) realtime.PlayerSpawnEvent: realtime.ReceivedEvent
---@field name "PlayerSpawn"
---@field data realtime.PlayerSpawnData

---What a subscriber finds in `event.data` of PlayerDeath.
---@class (exact) realtime.PlayerDeathData
---@field victim_name string
---@field attacker_name string
---@field weapon string

---What Emit takes for PlayerDeath.
---@class (exact) realtime.PlayerDeathInput
---@field victim_name string
---@field attacker_name string
---@field weapon string
---@field [string] realtime.NoSuchField

---A player died. Published on `player:death`.
---@class (exact) realtime.PlayerDeathEvent: realtime.ReceivedEvent
---@field name "PlayerDeath"
---@field data realtime.PlayerDeathData

---What a subscriber finds in `event.data` of ChatMessage.
---@class (exact) realtime.ChatMessageData
---@field player_name string
---@field message string

---What Emit takes for ChatMessage.
---@class (exact) realtime.ChatMessageInput
---@field player_name string
---@field message string
---@field [string] realtime.NoSuchField

---A player said something. Published on `chat:message`.
---@class (exact) realtime.ChatMessageEvent: realtime.ReceivedEvent
---@field name "ChatMessage"
---@field data realtime.ChatMessageData

---What a subscriber finds in `event.data` of PlayerTakeDamage.
---@class (exact) realtime.PlayerTakeDamageData
---@field victim_name string
---@field damage number
---@field attacker_name string

---What Emit takes for PlayerTakeDamage.
---@class (exact) realtime.PlayerTakeDamageInput
---@field victim_name string
---@field damage number
---@field attacker_name string
---@field [string] realtime.NoSuchField

---A player lost health. Published on `player:damage`.
---@class (exact) realtime.PlayerTakeDamageEvent: realtime.ReceivedEvent
---@field name "PlayerTakeDamage"
---@field data realtime.PlayerTakeDamageData

---What a subscriber finds in `event.data` of RoundStart.
---@class (exact) realtime.RoundStartData
---@field gamemode string
---@field map string

---What Emit takes for RoundStart.
---@class (exact) realtime.RoundStartInput
---@field gamemode string
---@field map string
---@field [string] realtime.NoSuchField

---A round began. Published on `round:start`.
---@class (exact) realtime.RoundStartEvent: realtime.ReceivedEvent
---@field name "RoundStart"
---@field data realtime.RoundStartData

---What a subscriber finds in `event.data` of RoundEnd.
---@class (exact) realtime.RoundEndData
---@field winner_team string|integer
---@field score number

---What Emit takes for RoundEnd.
---@class (exact) realtime.RoundEndInput
---@field winner_team string|integer
---@field score number
---@field [string] realtime.NoSuchField

---A round ended. Published on `round:end`.
---@class (exact) realtime.RoundEndEvent: realtime.ReceivedEvent
---@field name "RoundEnd"
---@field data realtime.RoundEndData

---What a subscriber finds in `event.data` of PlayerConnect.
---@class (exact) realtime.PlayerConnectData
---@field player_name string
---@field steam_id string

---What Emit takes for PlayerConnect.
---@class (exact) realtime.PlayerConnectInput
---@field player_name string
---@field steam_id string
---@field [string] realtime.NoSuchField

---A player joined the server. Published on `player:connect`.
---@class (exact) realtime.PlayerConnectEvent: realtime.ReceivedEvent
---@field name "PlayerConnect"
---@field data realtime.PlayerConnectData

---What a subscriber finds in `event.data` of PlayerDisconnect.
---@class (exact) realtime.PlayerDisconnectData
---@field player_name string
---@field steam_id string
---@field reason string

---What Emit takes for PlayerDisconnect.
---@class (exact) realtime.PlayerDisconnectInput
---@field player_name string
---@field steam_id string
---@field reason string
---@field [string] realtime.NoSuchField

---A player left the server. Published on `player:disconnect`.
---@class (exact) realtime.PlayerDisconnectEvent: realtime.ReceivedEvent
---@field name "PlayerDisconnect"
---@field data realtime.PlayerDisconnectData

---What a subscriber finds in `event.data` of TeamChange.
---@class (exact) realtime.TeamChangeData
---@field player_name string
---@field old_team string|integer
---@field new_team string|integer

---What Emit takes for TeamChange.
---@class (exact) realtime.TeamChangeInput
---@field player_name string
---@field old_team string|integer
---@field new_team string|integer
---@field [string] realtime.NoSuchField

---A player changed from one team to another. Published on `player:team`.
---@class (exact) realtime.TeamChangeEvent: realtime.ReceivedEvent
---@field name "TeamChange"
---@field data realtime.TeamChangeData

---What a subscriber finds in `event.data` of MapChange.
---@class (exact) realtime.MapChangeData
---@field map string
---@field previous_map? string

---What Emit takes for MapChange.
---@class (exact) realtime.MapChangeInput
---@field map string
---@field previous_map? string
---@field [string] realtime.NoSuchField

---The server began to run a map. Published on `map:change`.
---@class (exact) realtime.MapChangeEvent: realtime.ReceivedEvent
---@field name "MapChange"
---@field data realtime.MapChangeData

---What a subscriber finds in `event.data` of PlayerInitialSpawn.
---@class (exact) realtime.PlayerInitialSpawnData
---@field player_name string
---@field steam_id string

---What Emit takes for PlayerInitialSpawn.
---@class (exact) realtime.PlayerInitialSpawnInput
---@field player_name string
---@field steam_id string
---@field [string] realtime.NoSuchField

---A player came to life for the first time on this map. Published on `player:initialspawn`.
---@class (exact) realtime.PlayerInitialSpawnEvent: realtime.ReceivedEvent
---@field name "PlayerInitialSpawn"
---@field data realtime.PlayerInitialSpawnData

---What a subscriber finds in `event.data` of PlayerHurt.
---@class (exact) realtime.PlayerHurtData
---@field victim_name string
---@field attacker_name string
---@field health_left number
---@field damage number

---What Emit takes for PlayerHurt.
---@class (exact) realtime.PlayerHurtInput
---@field victim_name string
---@field attacker_name string
---@field health_left number
---@field damage number
---@field [string] realtime.NoSuchField

---A player was hurt, and has this much health left. Published on `player:hurt`.
---@class (exact) realtime.PlayerHurtEvent: realtime.ReceivedEvent
---@field name "PlayerHurt"
---@field data realtime.PlayerHurtData

---What a subscriber finds in `event.data` of NpcKilled.
---@class (exact) realtime.NpcKilledData
---@field npc string
---@field attacker_name string
---@field weapon string

---What Emit takes for NpcKilled.
---@class (exact) realtime.NpcKilledInput
---@field npc string
---@field attacker_name string
---@field weapon string
---@field [string] realtime.NoSuchField

---A character of the game was killed. Published on `npc:killed`.
---@class (exact) realtime.NpcKilledEvent: realtime.ReceivedEvent
---@field name "NpcKilled"
---@field data realtime.NpcKilledData

---What a subscriber finds in `event.data` of ServerShutDown.
---@class (exact) realtime.ServerShutDownData
---@field map string

---What Emit takes for ServerShutDown.
---@class (exact) realtime.ServerShutDownInput
---@field map string
---@field [string] realtime.NoSuchField

---The map ends, or the server does. Published on `server:shutdown`.
---@class (exact) realtime.ServerShutDownEvent: realtime.ReceivedEvent
---@field name "ServerShutDown"
---@field data realtime.ServerShutDownData

---What a subscriber finds in `event.data` of RoundPrepare.
---@class (exact) realtime.RoundPrepareData
---@field gamemode string
---@field map string

---What Emit takes for RoundPrepare.
---@class (exact) realtime.RoundPrepareInput
---@field gamemode string
---@field map string
---@field [string] realtime.NoSuchField

---A round is about to begin. Published on `round:prepare`.
---@class (exact) realtime.RoundPrepareEvent: realtime.ReceivedEvent
---@field name "RoundPrepare"
---@field data realtime.RoundPrepareData

---What a subscriber finds in `event.data` of PlayerArrested.
---@class (exact) realtime.PlayerArrestedData
---@field player_name string
---@field seconds number
---@field actor_name string

---What Emit takes for PlayerArrested.
---@class (exact) realtime.PlayerArrestedInput
---@field player_name string
---@field seconds number
---@field actor_name string
---@field [string] realtime.NoSuchField

---A player was arrested, for this many seconds. Published on `darkrp:arrested`.
---@class (exact) realtime.PlayerArrestedEvent: realtime.ReceivedEvent
---@field name "PlayerArrested"
---@field data realtime.PlayerArrestedData

---What a subscriber finds in `event.data` of PlayerWanted.
---@class (exact) realtime.PlayerWantedData
---@field player_name string
---@field actor_name string
---@field reason string

---What Emit takes for PlayerWanted.
---@class (exact) realtime.PlayerWantedInput
---@field player_name string
---@field actor_name string
---@field reason string
---@field [string] realtime.NoSuchField

---A player is wanted by the police. Published on `darkrp:wanted`.
---@class (exact) realtime.PlayerWantedEvent: realtime.ReceivedEvent
---@field name "PlayerWanted"
---@field data realtime.PlayerWantedData

---What a subscriber finds in `event.data` of PlayerSalary.
---@class (exact) realtime.PlayerSalaryData
---@field player_name string
---@field amount number

---What Emit takes for PlayerSalary.
---@class (exact) realtime.PlayerSalaryInput
---@field player_name string
---@field amount number
---@field [string] realtime.NoSuchField

---A player is paid. Published on `darkrp:salary`.
---@class (exact) realtime.PlayerSalaryEvent: realtime.ReceivedEvent
---@field name "PlayerSalary"
---@field data realtime.PlayerSalaryData

---What a subscriber finds in `event.data` of PlayerWallet.
---@class (exact) realtime.PlayerWalletData
---@field player_name string
---@field amount number
---@field wallet number

---What Emit takes for PlayerWallet.
---@class (exact) realtime.PlayerWalletInput
---@field player_name string
---@field amount number
---@field wallet number
---@field [string] realtime.NoSuchField

---A player's money changes by `amount`; `wallet` is what he had before. Published on `darkrp:wallet`.
---@class (exact) realtime.PlayerWalletEvent: realtime.ReceivedEvent
---@field name "PlayerWallet"
---@field data realtime.PlayerWalletData

---Every event name that On and Emit know without a declaration of yours.
---@alias realtime.EventName "PlayerSpawn"|"PlayerDeath"|"ChatMessage"|"PlayerTakeDamage"|"RoundStart"|"RoundEnd"|"PlayerConnect"|"PlayerDisconnect"|"TeamChange"|"MapChange"|"PlayerInitialSpawn"|"PlayerHurt"|"NpcKilled"|"ServerShutDown"|"RoundPrepare"|"PlayerArrested"|"PlayerWanted"|"PlayerSalary"|"PlayerWallet"

---The name of an event that PublishGameEvents publishes.
---@alias realtime.GameEventName realtime.EventName

---When ok a realtime.ConfigSummary, else a realtime.RealtimeError.
---@class (exact) realtime.ConfigSummaryOrError: realtime.ConfigSummary, realtime.RealtimeError

---When ok a realtime.Subscription, else a realtime.RealtimeError.
---@class (exact) realtime.SubscriptionOrError: realtime.Subscription, realtime.RealtimeError

---When ok the number, else a realtime.RealtimeError.
---@class (exact) realtime.NumberOrError: number, realtime.RealtimeError

---The addon, after `require("realtime")`. A wrong argument type raises at the caller's line; everything else answers
---`true`, or `false` and a realtime.RealtimeError.
---@class realtime
---@field VERSION string The release of this bundle.
realtime = {}

---Checks and keeps a configuration for the next Connect; opens nothing. A new call replaces an old one.
---@param options realtime.ConfigOptions what is left out comes from the environment, .env or the default
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
function realtime.Config(options) end

---The same for the four settings that most need.
---@param host? string name or address without a port; 127.0.0.1 unless said
---@param port? number 1 to 65535; 6379 unless said
---@param password? string at most 1024 bytes; empty is the same as none
---@param timeout? number seconds, to connect and for an answer, 0.05 to 300; 5 unless said
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
function realtime.Config(host, port, password, timeout) end

---The configuration that the next Connect would use, and where each value comes from; secrets are `***`.
---@return boolean ok
---@return realtime.ConfigSummaryOrError value the value when ok, else why not
---@nodiscard
function realtime.GetConfig() end

---Connects, waiting for the first attempt only, never longer than the configured timeout. When that fails, the module goes on trying by itself. With arguments it is Config and Connect in one.
---@param options realtime.ConfigOptions as Config takes them
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
function realtime.Connect(options) end

---The same for the four settings that most need, or, without any, with the configuration there is.
---@param host? string name or address without a port
---@param port? number 1 to 65535
---@param password? string at most 1024 bytes; empty is the same as none
---@param timeout? number seconds, to connect and for an answer, 0.05 to 300
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
function realtime.Connect(host, port, password, timeout) end

---Connects without waiting.
---@param callback? fun(ok: boolean, err: realtime.RealtimeError) gets `true` or `false, err` once, in a later frame, after the first attempt; never when ConnectAsync answers false
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
function realtime.ConnectAsync(callback) end

---The same for who only asks whether it went well.
---@param callback? fun(ok: boolean) gets `true` or `false`
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
function realtime.ConnectAsync(callback) end

---Ends the connection without waiting and answers everything that is pending.
---@param flushSeconds? number how long what waits may still be sent, 0 to 300; 0 unless said
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
function realtime.Disconnect(flushSeconds) end

---Whether the state is `connected`.
---@return boolean
---@nodiscard
function realtime.IsConnected() end

---Where the connection is. In `disconnected` and `closing` publishing is refused; while connecting, again or for the first time, it waits.
---@return realtime.StateName
---@nodiscard
function realtime.GetState() end

---Tells of every change of the state, in the frame after it.
---@param callback realtime.StateCallback
---@param id? string a later one of the same id takes its place
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.OnStateChange(callback, id) end

---Queues bytes for a channel.
---@param channel string 1 to 1024 bytes
---@param message string any bytes, at most `maxPayloadBytes` of them
---@param callback? fun(ok: boolean, receiversOrErr: realtime.NumberOrError) gets `true, receivers` or `false, err` once, in a later frame; never when Publish answers false
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
function realtime.Publish(channel, message, callback) end

---The same for who only asks whether it went well.
---@param channel string 1 to 1024 bytes
---@param message string any bytes, at most `maxPayloadBytes` of them
---@param callback? fun(ok: boolean) gets `true` or `false`
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
function realtime.Publish(channel, message, callback) end

---A player came to life. Published on `player:spawn`.
---@param player_name string
---@param team string|integer
---@param pos Vector|realtime.Coordinates
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
function realtime.PlayerSpawn(player_name, team, pos) end

---A player died. Published on `player:death`.
---@param victim_name string
---@param attacker_name string
---@param weapon string
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
function realtime.PlayerDeath(victim_name, attacker_name, weapon) end

---A player said something. Published on `chat:message`.
---@param player_name string
---@param message string
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
function realtime.ChatMessage(player_name, message) end

---A player lost health. Published on `player:damage`.
---@param victim_name string
---@param damage number
---@param attacker_name string
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
function realtime.PlayerTakeDamage(victim_name, damage, attacker_name) end

---A round began. Published on `round:start`.
---@param gamemode string
---@param map string
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
function realtime.RoundStart(gamemode, map) end

---A round ended. Published on `round:end`.
---@param winner_team string|integer
---@param score number
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
function realtime.RoundEnd(winner_team, score) end

---A player joined the server. Published on `player:connect`.
---@param player_name string
---@param steam_id string
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
function realtime.PlayerConnect(player_name, steam_id) end

---A player left the server. Published on `player:disconnect`.
---@param player_name string
---@param steam_id string
---@param reason string
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
function realtime.PlayerDisconnect(player_name, steam_id, reason) end

---A player changed from one team to another. Published on `player:team`.
---@param player_name string
---@param old_team string|integer
---@param new_team string|integer
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
function realtime.TeamChange(player_name, old_team, new_team) end

---The server began to run a map. Published on `map:change`.
---@param map string
---@param previous_map? string
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
function realtime.MapChange(map, previous_map) end

---Defines an event of one's own; the same again is no error.
---@param name string 1 to 64 letters, digits and `_`, no digit first
---@param channel string 1 to 1024 bytes, of no other event
---@param fields realtime.Field[] 1 to 128 of them
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
function realtime.DefineEvent(name, channel, fields) end

---Publishes any event by its name, checked against its definition.
---@param name "PlayerSpawn"
---@param data table
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
---@overload fun(name: "PlayerSpawn", data: realtime.PlayerSpawnInput): boolean, realtime.RealtimeError
function realtime.Emit(name, data) end

---Publishes any event by its name, checked against its definition.
---@param name "PlayerDeath"
---@param data table
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
---@overload fun(name: "PlayerDeath", data: realtime.PlayerDeathInput): boolean, realtime.RealtimeError
function realtime.Emit(name, data) end

---Publishes any event by its name, checked against its definition.
---@param name "ChatMessage"
---@param data table
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
---@overload fun(name: "ChatMessage", data: realtime.ChatMessageInput): boolean, realtime.RealtimeError
function realtime.Emit(name, data) end

---Publishes any event by its name, checked against its definition.
---@param name "PlayerTakeDamage"
---@param data table
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
---@overload fun(name: "PlayerTakeDamage", data: realtime.PlayerTakeDamageInput): boolean, realtime.RealtimeError
function realtime.Emit(name, data) end

---Publishes any event by its name, checked against its definition.
---@param name "RoundStart"
---@param data table
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
---@overload fun(name: "RoundStart", data: realtime.RoundStartInput): boolean, realtime.RealtimeError
function realtime.Emit(name, data) end

---Publishes any event by its name, checked against its definition.
---@param name "RoundEnd"
---@param data table
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
---@overload fun(name: "RoundEnd", data: realtime.RoundEndInput): boolean, realtime.RealtimeError
function realtime.Emit(name, data) end

---Publishes any event by its name, checked against its definition.
---@param name "PlayerConnect"
---@param data table
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
---@overload fun(name: "PlayerConnect", data: realtime.PlayerConnectInput): boolean, realtime.RealtimeError
function realtime.Emit(name, data) end

---Publishes any event by its name, checked against its definition.
---@param name "PlayerDisconnect"
---@param data table
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
---@overload fun(name: "PlayerDisconnect", data: realtime.PlayerDisconnectInput): boolean, realtime.RealtimeError
function realtime.Emit(name, data) end

---Publishes any event by its name, checked against its definition.
---@param name "TeamChange"
---@param data table
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
---@overload fun(name: "TeamChange", data: realtime.TeamChangeInput): boolean, realtime.RealtimeError
function realtime.Emit(name, data) end

---Publishes any event by its name, checked against its definition.
---@param name "MapChange"
---@param data table
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
---@overload fun(name: "MapChange", data: realtime.MapChangeInput): boolean, realtime.RealtimeError
function realtime.Emit(name, data) end

---Publishes any event by its name, checked against its definition.
---@param name "PlayerInitialSpawn"
---@param data table
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
---@overload fun(name: "PlayerInitialSpawn", data: realtime.PlayerInitialSpawnInput): boolean, realtime.RealtimeError
function realtime.Emit(name, data) end

---Publishes any event by its name, checked against its definition.
---@param name "PlayerHurt"
---@param data table
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
---@overload fun(name: "PlayerHurt", data: realtime.PlayerHurtInput): boolean, realtime.RealtimeError
function realtime.Emit(name, data) end

---Publishes any event by its name, checked against its definition.
---@param name "NpcKilled"
---@param data table
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
---@overload fun(name: "NpcKilled", data: realtime.NpcKilledInput): boolean, realtime.RealtimeError
function realtime.Emit(name, data) end

---Publishes any event by its name, checked against its definition.
---@param name "ServerShutDown"
---@param data table
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
---@overload fun(name: "ServerShutDown", data: realtime.ServerShutDownInput): boolean, realtime.RealtimeError
function realtime.Emit(name, data) end

---Publishes any event by its name, checked against its definition.
---@param name "RoundPrepare"
---@param data table
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
---@overload fun(name: "RoundPrepare", data: realtime.RoundPrepareInput): boolean, realtime.RealtimeError
function realtime.Emit(name, data) end

---Publishes any event by its name, checked against its definition.
---@param name "PlayerArrested"
---@param data table
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
---@overload fun(name: "PlayerArrested", data: realtime.PlayerArrestedInput): boolean, realtime.RealtimeError
function realtime.Emit(name, data) end

---Publishes any event by its name, checked against its definition.
---@param name "PlayerWanted"
---@param data table
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
---@overload fun(name: "PlayerWanted", data: realtime.PlayerWantedInput): boolean, realtime.RealtimeError
function realtime.Emit(name, data) end

---Publishes any event by its name, checked against its definition.
---@param name "PlayerSalary"
---@param data table
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
---@overload fun(name: "PlayerSalary", data: realtime.PlayerSalaryInput): boolean, realtime.RealtimeError
function realtime.Emit(name, data) end

---Publishes any event by its name, checked against its definition.
---@param name "PlayerWallet"
---@param data table
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
---@overload fun(name: "PlayerWallet", data: realtime.PlayerWalletInput): boolean, realtime.RealtimeError
function realtime.Emit(name, data) end

---Publishes what happens in the game by itself, from now on: it watches the hooks of the base game, of Trouble in Terrorist Town and of DarkRP. Called again, it chooses anew. It gives nothing back to any hook. When an event of the server's own is in the way of one of them, it publishes nothing, and the error names those to put into `except`.
---@param options? realtime.GameEventOptions
---@return boolean ok
---@return realtime.RealtimeError err nil when ok, else why not
---@nodiscard
function realtime.PublishGameEvents(options) end

---Every message of a channel, as the bytes it is. In any state; restored after a reconnect.
---@param channel string 1 to 1024 bytes
---@param callback fun(channel: string, message: string)
---@param id? string a later one of the same channel and id takes its place: a file that Lua's auto-refresh runs again stays with one
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.Subscribe(channel, callback, id) end

---Every message of all channels that match a pattern.
---@param pattern string 1 to 1024 bytes with `*`, `?` and `[abc]`
---@param callback fun(channel: string, message: string, pattern: string)
---@param id? string a later one of the same pattern and id takes its place: a file that Lua's auto-refresh runs again stays with one
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.SubscribePattern(pattern, callback, id) end

---Every event of a definition, decoded and checked. What does not fit is counted as `invalid`, not delivered.
---@param name "PlayerSpawn"
---@param callback fun(event: realtime.PlayerSpawnEvent)
---@param id? string a later one of the same event and id takes its place: a file that Lua's auto-refresh runs again stays with one
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.On(name, callback, id) end

---Every event of a definition, decoded and checked. What does not fit is counted as `invalid`, not delivered.
---@param name "PlayerDeath"
---@param callback fun(event: realtime.PlayerDeathEvent)
---@param id? string a later one of the same event and id takes its place: a file that Lua's auto-refresh runs again stays with one
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.On(name, callback, id) end

---Every event of a definition, decoded and checked. What does not fit is counted as `invalid`, not delivered.
---@param name "ChatMessage"
---@param callback fun(event: realtime.ChatMessageEvent)
---@param id? string a later one of the same event and id takes its place: a file that Lua's auto-refresh runs again stays with one
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.On(name, callback, id) end

---Every event of a definition, decoded and checked. What does not fit is counted as `invalid`, not delivered.
---@param name "PlayerTakeDamage"
---@param callback fun(event: realtime.PlayerTakeDamageEvent)
---@param id? string a later one of the same event and id takes its place: a file that Lua's auto-refresh runs again stays with one
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.On(name, callback, id) end

---Every event of a definition, decoded and checked. What does not fit is counted as `invalid`, not delivered.
---@param name "RoundStart"
---@param callback fun(event: realtime.RoundStartEvent)
---@param id? string a later one of the same event and id takes its place: a file that Lua's auto-refresh runs again stays with one
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.On(name, callback, id) end

---Every event of a definition, decoded and checked. What does not fit is counted as `invalid`, not delivered.
---@param name "RoundEnd"
---@param callback fun(event: realtime.RoundEndEvent)
---@param id? string a later one of the same event and id takes its place: a file that Lua's auto-refresh runs again stays with one
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.On(name, callback, id) end

---Every event of a definition, decoded and checked. What does not fit is counted as `invalid`, not delivered.
---@param name "PlayerConnect"
---@param callback fun(event: realtime.PlayerConnectEvent)
---@param id? string a later one of the same event and id takes its place: a file that Lua's auto-refresh runs again stays with one
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.On(name, callback, id) end

---Every event of a definition, decoded and checked. What does not fit is counted as `invalid`, not delivered.
---@param name "PlayerDisconnect"
---@param callback fun(event: realtime.PlayerDisconnectEvent)
---@param id? string a later one of the same event and id takes its place: a file that Lua's auto-refresh runs again stays with one
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.On(name, callback, id) end

---Every event of a definition, decoded and checked. What does not fit is counted as `invalid`, not delivered.
---@param name "TeamChange"
---@param callback fun(event: realtime.TeamChangeEvent)
---@param id? string a later one of the same event and id takes its place: a file that Lua's auto-refresh runs again stays with one
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.On(name, callback, id) end

---Every event of a definition, decoded and checked. What does not fit is counted as `invalid`, not delivered.
---@param name "MapChange"
---@param callback fun(event: realtime.MapChangeEvent)
---@param id? string a later one of the same event and id takes its place: a file that Lua's auto-refresh runs again stays with one
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.On(name, callback, id) end

---Every event of a definition, decoded and checked. What does not fit is counted as `invalid`, not delivered.
---@param name "PlayerInitialSpawn"
---@param callback fun(event: realtime.PlayerInitialSpawnEvent)
---@param id? string a later one of the same event and id takes its place: a file that Lua's auto-refresh runs again stays with one
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.On(name, callback, id) end

---Every event of a definition, decoded and checked. What does not fit is counted as `invalid`, not delivered.
---@param name "PlayerHurt"
---@param callback fun(event: realtime.PlayerHurtEvent)
---@param id? string a later one of the same event and id takes its place: a file that Lua's auto-refresh runs again stays with one
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.On(name, callback, id) end

---Every event of a definition, decoded and checked. What does not fit is counted as `invalid`, not delivered.
---@param name "NpcKilled"
---@param callback fun(event: realtime.NpcKilledEvent)
---@param id? string a later one of the same event and id takes its place: a file that Lua's auto-refresh runs again stays with one
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.On(name, callback, id) end

---Every event of a definition, decoded and checked. What does not fit is counted as `invalid`, not delivered.
---@param name "ServerShutDown"
---@param callback fun(event: realtime.ServerShutDownEvent)
---@param id? string a later one of the same event and id takes its place: a file that Lua's auto-refresh runs again stays with one
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.On(name, callback, id) end

---Every event of a definition, decoded and checked. What does not fit is counted as `invalid`, not delivered.
---@param name "RoundPrepare"
---@param callback fun(event: realtime.RoundPrepareEvent)
---@param id? string a later one of the same event and id takes its place: a file that Lua's auto-refresh runs again stays with one
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.On(name, callback, id) end

---Every event of a definition, decoded and checked. What does not fit is counted as `invalid`, not delivered.
---@param name "PlayerArrested"
---@param callback fun(event: realtime.PlayerArrestedEvent)
---@param id? string a later one of the same event and id takes its place: a file that Lua's auto-refresh runs again stays with one
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.On(name, callback, id) end

---Every event of a definition, decoded and checked. What does not fit is counted as `invalid`, not delivered.
---@param name "PlayerWanted"
---@param callback fun(event: realtime.PlayerWantedEvent)
---@param id? string a later one of the same event and id takes its place: a file that Lua's auto-refresh runs again stays with one
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.On(name, callback, id) end

---Every event of a definition, decoded and checked. What does not fit is counted as `invalid`, not delivered.
---@param name "PlayerSalary"
---@param callback fun(event: realtime.PlayerSalaryEvent)
---@param id? string a later one of the same event and id takes its place: a file that Lua's auto-refresh runs again stays with one
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.On(name, callback, id) end

---Every event of a definition, decoded and checked. What does not fit is counted as `invalid`, not delivered.
---@param name "PlayerWallet"
---@param callback fun(event: realtime.PlayerWalletEvent)
---@param id? string a later one of the same event and id takes its place: a file that Lua's auto-refresh runs again stays with one
---@return boolean ok
---@return realtime.SubscriptionOrError value the value when ok, else why not
---@nodiscard
function realtime.On(name, callback, id) end

---Ends one subscription. Its value is 1.
---@param subscription realtime.Subscription
---@return boolean ok
---@return realtime.NumberOrError value the value when ok, else why not
---@nodiscard
function realtime.Unsubscribe(subscription) end

---Ends all subscriptions of a channel, pattern or event name, or those of one callback. Its value is their number.
---@param name string
---@param callback? function
---@return boolean ok
---@return realtime.NumberOrError value the value when ok, else why not
---@nodiscard
function realtime.Unsubscribe(name, callback) end

---Delivers what arrived; it is called by itself every frame. 0 lifts a bound.
---@param maxEvents? number 0 to 2^53; 1000 unless said
---@param maxMilliseconds? number 0 to 3600000; 2 unless said
---@return number the number of messages delivered
function realtime.ProcessEvents(maxEvents, maxMilliseconds) end

---The counters of this moment.
---@return realtime.Stats
---@nodiscard
function realtime.GetStats() end

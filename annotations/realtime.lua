---@meta realtime
-- Generated from src/ by scripts/generate-api.mjs. Change the source, not this file.
-- For lua-language-server: add this folder to workspace.library. The game never loads it.

---Why something was refused.
---@alias realtime.ErrorCode "INVALID_ARGUMENT"|"INVALID_CONFIG"|"UNKNOWN_BACKEND"|"NOT_CONNECTED"|"ALREADY_CONNECTED"|"QUEUE_FULL"|"PAYLOAD_TOO_LARGE"|"CONNECT_FAILED"|"RESOLVE_FAILED"|"TIMEOUT"|"CONNECTION_LOST"|"AUTH_REQUIRED"|"AUTH_FAILED"|"NO_PERMISSION"|"SERVER_LOADING"|"SERVER_READONLY"|"SERVER_MOVED"|"SERVER_OUT_OF_MEMORY"|"SERVER_ERROR"|"PROTOCOL_ERROR"|"FATE_UNKNOWN"|"SHUTTING_DOWN"|"ENCODE_FAILED"|"DECODE_FAILED"|"VALIDATION_FAILED"|"UNKNOWN_EVENT"|"EVENT_CONFLICT"|"UNKNOWN_SUBSCRIPTION"|"BINARY_MISSING"|"BINARY_BROKEN"|"BINARY_MISMATCH"|"INTERNAL"

---Where the connection is.
---@alias realtime.StateName "disconnected"|"connecting"|"connected"|"reconnecting"|"closing"

---How much a log line matters.
---@alias realtime.LogLevelName "debug"|"info"|"warn"|"error"

---The counters of GetStats.
---@class realtime.Stats
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
---@field connectFailures number Attempts to connect that failed.
---@field bytesPublished number Payload bytes of the accepted messages.
---@field bytesReceived number Payload bytes of the arrived messages.
---@field droppedLogLines number Log lines thrown away because the game thread did not print them in time.

---Why something was refused. `tostring(err)` is a sentence.
---@class realtime.RealtimeError
---@field code realtime.ErrorCode A name that never changes; compare with this.
---@field message string What happened, for people. It never holds a secret.
---@field remedy string What to do about it, for people.

---How every function here answers: `true, value` or `false, err`. Take both apart at once, `const [ok, value] = realtime.Subscribe(…)`, and a check of the first narrows the second.
---@alias realtime.Result any

---What Subscribe, SubscribePattern, On and OnStateChange give back: keep it to unsubscribe.
---@class realtime.Subscription
---@field kind "channel"|"pattern"|"event"|"state"
---@field name string The channel, pattern or event name.
---@field number number
---@field callback any The caller's own function, which Unsubscribe compares with.

---Called when the connection's state changed.
---@alias realtime.StateCallback fun(newState: realtime.StateName, oldState: realtime.StateName)

---What Config{…} takes. Everything is optional; what is left out comes from the environment, .env or the default.
---@class realtime.ConfigOptions
---@field backend? string `redis`, or `memory` for the bus inside this process. Default: `redis` as soon as a server is configured, else `memory`.
---@field host? string Name or address of the server, without a port, at most 1024 bytes. Default: 127.0.0.1.
---@field port? number 1 to 65535. Default: 6379.
---@field username? string For a server with users of its own (ACL), at most 1024 bytes. Default: none.
---@field password? string At most 1024 bytes; empty is the same as none. Default: none.
---@field database? number Number of the logical database, 0 to 1000000. Default: 0.
---@field url? string `redis://[user[:password]@]host[:port][/database]` or `unix:///path`; the single settings win over its parts.
---@field unixSocket? string Path of a unix socket, instead of host and port, at most 1024 bytes.
---@field timeout? number Seconds, to connect and for an answer, 0.05 to 300. Default: 5.
---@field clientName? string How the server's administrator sees this connection: no spaces, at most 1024 bytes. Default: `gmod-realtime`.
---@field queueMessages? number Bound of each queue, in messages, 1 to 1000000. Default: 10000.
---@field queueBytes? number Bound of each queue, in bytes, 1 to 1 GiB. Default: 64 MiB.
---@field maxPayloadBytes? number Longest message that Publish accepts, in bytes, 1 to 64 MiB. A longer one of somebody else is dropped and counted. Default: 1 MiB.
---@field serverId? string Names this server in the events it publishes: letters, digits and `- . _ ~`, at most 1024 bytes. Default: its port.
---@field logLevel? realtime.LogLevelName The least important lines that are still printed: `debug`, `info`, `warn`, `error`. Default: `info`.

---@alias realtime.SettingKey realtime.ConfigOptions

---Where a value can come from, strongest first.
---@alias realtime.SourceName "Config"|"environment"|".env"|"default"

---A setting in force, and where it comes from.
---@class realtime.ConfigValue
---@field value string|number `***` for what is secret.
---@field source realtime.SourceName
---@field name? string What the source calls it: `port`, `REDIS_PORT`, `REDIS_URL, line 3`. Not there for a default.

---The configuration in force, with nothing secret in it.
---@class realtime.ConfigSummary
---@field backend string
---@field configured boolean Whether anybody chose a backend or named a server.
---@field address string Where the backend is: `127.0.0.1:6379`, `unix:/run/redis.sock`, `in this process`.
---@field username? string
---@field hasPassword boolean
---@field database number
---@field timeout number Seconds.
---@field source string The CloudEvents source of this server's events.
---@field logLevel realtime.LogLevelName
---@field settings any Every setting in force, by the name that Config{…} has for it, and where its value comes from.

---Anything with three coordinates; a GMod Vector is one.
---@class realtime.Coordinates
---@field x number
---@field y number
---@field z number

---What a value must be: a field's type with what belongs to it.
---@alias realtime.Kind any|any|any|any|any|any|any|any|any|any|any

---@alias realtime.FieldType any

---One field of an event. Fields travel in the order of the definition.
---@alias realtime.Field any

---An event as a subscriber gets it.
---@class realtime.ReceivedEvent
---@field name any The name it was defined with.
---@field id string Unique: `<instance>-<sequence>` when it was published by this module.
---@field source string Which server published it: `/gmod/<server id>`.
---@field time string When it was published, as RFC 3339 text in UTC.
---@field timestamp number The same in seconds since 1970, to the millisecond.
---@field channel string
---@field data any What was published; checked against the definition.

---Which of the game's own events PublishGameEvents publishes. What is left out is chosen by the running gamemode.
---@class realtime.GameEventOptions
---@field base? boolean Joining, leaving, chat, spawns, deaths, damage, teams, the map. Default: true.
---@field ttt? boolean The rounds of Trouble in Terrorist Town. Default: whether that is what runs.
---@field darkrp? boolean Arrests, wanted players, money and jobs of DarkRP. Default: whether that is what runs.
---@field except? string[] Names of events that are not published all the same.

---@class realtime.PlayerSpawnData
---@field player_name string
---@field team string|number
---@field pos Vector

---@class realtime.PlayerSpawnEvent: realtime.ReceivedEvent
---@field name "PlayerSpawn"
---@field data realtime.PlayerSpawnData

---@class realtime.PlayerDeathData
---@field victim_name string
---@field attacker_name string
---@field weapon string

---@class realtime.PlayerDeathEvent: realtime.ReceivedEvent
---@field name "PlayerDeath"
---@field data realtime.PlayerDeathData

---@class realtime.ChatMessageData
---@field player_name string
---@field message string

---@class realtime.ChatMessageEvent: realtime.ReceivedEvent
---@field name "ChatMessage"
---@field data realtime.ChatMessageData

---@class realtime.PlayerTakeDamageData
---@field victim_name string
---@field damage number
---@field attacker_name string

---@class realtime.PlayerTakeDamageEvent: realtime.ReceivedEvent
---@field name "PlayerTakeDamage"
---@field data realtime.PlayerTakeDamageData

---@class realtime.RoundStartData
---@field gamemode string
---@field map string

---@class realtime.RoundStartEvent: realtime.ReceivedEvent
---@field name "RoundStart"
---@field data realtime.RoundStartData

---@class realtime.RoundEndData
---@field winner_team string|number
---@field score number

---@class realtime.RoundEndEvent: realtime.ReceivedEvent
---@field name "RoundEnd"
---@field data realtime.RoundEndData

---@class realtime.PlayerConnectData
---@field player_name string
---@field steam_id string

---@class realtime.PlayerConnectEvent: realtime.ReceivedEvent
---@field name "PlayerConnect"
---@field data realtime.PlayerConnectData

---@class realtime.PlayerDisconnectData
---@field player_name string
---@field steam_id string
---@field reason string

---@class realtime.PlayerDisconnectEvent: realtime.ReceivedEvent
---@field name "PlayerDisconnect"
---@field data realtime.PlayerDisconnectData

---@class realtime.TeamChangeData
---@field player_name string
---@field old_team string|number
---@field new_team string|number

---@class realtime.TeamChangeEvent: realtime.ReceivedEvent
---@field name "TeamChange"
---@field data realtime.TeamChangeData

---@class realtime.MapChangeData
---@field map string
---@field previous_map? string

---@class realtime.MapChangeEvent: realtime.ReceivedEvent
---@field name "MapChange"
---@field data realtime.MapChangeData

---The addon, after `require("realtime")`. A wrong argument type raises at the caller's line; everything else answers
---`true`, or `false` and a realtime.RealtimeError.
realtime = {}

---The release of this bundle.
---@type string
realtime.VERSION = nil

---Checks and keeps a configuration for the next Connect; opens nothing. A new call replaces an old one.
---@param options realtime.ConfigOptions
---@return boolean ok
---@return realtime.RealtimeError? err
---@overload fun(host?: string, port?: number, password?: string, timeout?: number): boolean, realtime.RealtimeError?
function realtime.Config(options) end

---The configuration that the next Connect would use, and where each value comes from; secrets are `***`.
---@return boolean ok
---@return realtime.ConfigSummary|realtime.RealtimeError value the value, or why not
function realtime.GetConfig() end

---Connects, waiting for the first attempt only, never longer than the configured timeout. When that fails, the module goes on trying by itself. With arguments it is Config and Connect in one.
---@param options realtime.ConfigOptions
---@return boolean ok
---@return realtime.RealtimeError? err
---@overload fun(host?: string, port?: number, password?: string, timeout?: number): boolean, realtime.RealtimeError?
function realtime.Connect(options) end

---Connects without waiting; the callback comes once, in a later frame, after the first attempt.
---@param callback? fun(ok: boolean, failure?: realtime.RealtimeError)
---@return boolean ok
---@return realtime.RealtimeError? err
function realtime.ConnectAsync(callback) end

---Ends the connection without waiting and answers everything that is pending.
---@param flushSeconds? number how long what waits may still be sent
---@return boolean ok
---@return realtime.RealtimeError? err
function realtime.Disconnect(flushSeconds) end

---@return boolean
function realtime.IsConnected() end

---@return realtime.StateName
function realtime.GetState() end

---Tells of every change of the state, in the frame after it.
---@param callback realtime.StateCallback
---@return boolean ok
---@return realtime.Subscription|realtime.RealtimeError value the value, or why not
function realtime.OnStateChange(callback) end

---Queues bytes for a channel.
---@param channel string
---@param message string
---@param callback? fun(ok: boolean, receiversOrError: number|realtime.RealtimeError) gets `true, receivers` or `false, err` once, in a later frame; never when Publish answers false
---@return boolean ok
---@return realtime.RealtimeError? err
function realtime.Publish(channel, message, callback) end

---A player came to life. Published on `player:spawn`.
---@param player_name string
---@param team string|number
---@param pos Vector
---@return boolean ok
---@return realtime.RealtimeError? err
function realtime.PlayerSpawn(player_name, team, pos) end

---A player died. Published on `player:death`.
---@param victim_name string
---@param attacker_name string
---@param weapon string
---@return boolean ok
---@return realtime.RealtimeError? err
function realtime.PlayerDeath(victim_name, attacker_name, weapon) end

---A player said something. Published on `chat:message`.
---@param player_name string
---@param message string
---@return boolean ok
---@return realtime.RealtimeError? err
function realtime.ChatMessage(player_name, message) end

---A player lost health. Published on `player:damage`.
---@param victim_name string
---@param damage number
---@param attacker_name string
---@return boolean ok
---@return realtime.RealtimeError? err
function realtime.PlayerTakeDamage(victim_name, damage, attacker_name) end

---A round began. Published on `round:start`.
---@param gamemode string
---@param map string
---@return boolean ok
---@return realtime.RealtimeError? err
function realtime.RoundStart(gamemode, map) end

---A round ended. Published on `round:end`.
---@param winner_team string|number
---@param score number
---@return boolean ok
---@return realtime.RealtimeError? err
function realtime.RoundEnd(winner_team, score) end

---A player joined the server. Published on `player:connect`.
---@param player_name string
---@param steam_id string
---@return boolean ok
---@return realtime.RealtimeError? err
function realtime.PlayerConnect(player_name, steam_id) end

---A player left the server. Published on `player:disconnect`.
---@param player_name string
---@param steam_id string
---@param reason string
---@return boolean ok
---@return realtime.RealtimeError? err
function realtime.PlayerDisconnect(player_name, steam_id, reason) end

---A player changed from one team to another. Published on `player:team`.
---@param player_name string
---@param old_team string|number
---@param new_team string|number
---@return boolean ok
---@return realtime.RealtimeError? err
function realtime.TeamChange(player_name, old_team, new_team) end

---The server began to run a map. Published on `map:change`.
---@param map string
---@param previous_map? string
---@return boolean ok
---@return realtime.RealtimeError? err
function realtime.MapChange(map, previous_map) end

---Defines an event of one's own; the same again is no error. Its type goes into the global RealtimeEvents.
---@param name string
---@param channel string
---@param fields realtime.Field[]
---@return boolean ok
---@return realtime.RealtimeError? err
function realtime.DefineEvent(name, channel, fields) end

---Publishes any event by its name, checked against its definition.
---@param name any
---@param data any
---@return boolean ok
---@return realtime.RealtimeError? err
---@overload fun(name: "PlayerSpawn", data: realtime.PlayerSpawnData): boolean, realtime.RealtimeError?
---@overload fun(name: "PlayerDeath", data: realtime.PlayerDeathData): boolean, realtime.RealtimeError?
---@overload fun(name: "ChatMessage", data: realtime.ChatMessageData): boolean, realtime.RealtimeError?
---@overload fun(name: "PlayerTakeDamage", data: realtime.PlayerTakeDamageData): boolean, realtime.RealtimeError?
---@overload fun(name: "RoundStart", data: realtime.RoundStartData): boolean, realtime.RealtimeError?
---@overload fun(name: "RoundEnd", data: realtime.RoundEndData): boolean, realtime.RealtimeError?
---@overload fun(name: "PlayerConnect", data: realtime.PlayerConnectData): boolean, realtime.RealtimeError?
---@overload fun(name: "PlayerDisconnect", data: realtime.PlayerDisconnectData): boolean, realtime.RealtimeError?
---@overload fun(name: "TeamChange", data: realtime.TeamChangeData): boolean, realtime.RealtimeError?
---@overload fun(name: "MapChange", data: realtime.MapChangeData): boolean, realtime.RealtimeError?
function realtime.Emit(name, data) end

---Publishes what happens in the game by itself, from now on: it watches the hooks of the base game, of Trouble in Terrorist Town and of DarkRP. Called again, it chooses anew. It gives nothing back to any hook.
---@param options? realtime.GameEventOptions
---@return boolean ok
---@return realtime.RealtimeError? err
function realtime.PublishGameEvents(options) end

---Every message of a channel, as the bytes it is. In any state; restored after a reconnect.
---@param channel string
---@param callback fun(channel: string, message: string)
---@return boolean ok
---@return realtime.Subscription|realtime.RealtimeError value the value, or why not
function realtime.Subscribe(channel, callback) end

---Every message of all channels that match a glob pattern: `*`, `?`, `[abc]`.
---@param pattern string
---@param callback fun(channel: string, message: string, pattern: string)
---@return boolean ok
---@return realtime.Subscription|realtime.RealtimeError value the value, or why not
function realtime.SubscribePattern(pattern, callback) end

---Every event of a definition, decoded and checked. What does not fit is counted as `invalid`, not delivered.
---@param name string
---@param callback fun(event: any)
---@return boolean ok
---@return realtime.Subscription|realtime.RealtimeError value the value, or why not
---@overload fun(name: "PlayerSpawn", callback: fun(event: realtime.PlayerSpawnEvent)): boolean, realtime.Subscription|realtime.RealtimeError
---@overload fun(name: "PlayerDeath", callback: fun(event: realtime.PlayerDeathEvent)): boolean, realtime.Subscription|realtime.RealtimeError
---@overload fun(name: "ChatMessage", callback: fun(event: realtime.ChatMessageEvent)): boolean, realtime.Subscription|realtime.RealtimeError
---@overload fun(name: "PlayerTakeDamage", callback: fun(event: realtime.PlayerTakeDamageEvent)): boolean, realtime.Subscription|realtime.RealtimeError
---@overload fun(name: "RoundStart", callback: fun(event: realtime.RoundStartEvent)): boolean, realtime.Subscription|realtime.RealtimeError
---@overload fun(name: "RoundEnd", callback: fun(event: realtime.RoundEndEvent)): boolean, realtime.Subscription|realtime.RealtimeError
---@overload fun(name: "PlayerConnect", callback: fun(event: realtime.PlayerConnectEvent)): boolean, realtime.Subscription|realtime.RealtimeError
---@overload fun(name: "PlayerDisconnect", callback: fun(event: realtime.PlayerDisconnectEvent)): boolean, realtime.Subscription|realtime.RealtimeError
---@overload fun(name: "TeamChange", callback: fun(event: realtime.TeamChangeEvent)): boolean, realtime.Subscription|realtime.RealtimeError
---@overload fun(name: "MapChange", callback: fun(event: realtime.MapChangeEvent)): boolean, realtime.Subscription|realtime.RealtimeError
function realtime.On(name, callback) end

---Ends one subscription. Its value is 1.
---@param subscription realtime.Subscription
---@return boolean ok
---@return number|realtime.RealtimeError value the value, or why not
---@overload fun(name: string, callback?: fun(...: any)): boolean, number|realtime.RealtimeError
function realtime.Unsubscribe(subscription) end

---Delivers what arrived; it is called by itself every frame. 0 lifts a bound.
---@param maxEvents? number default: 1000
---@param maxMilliseconds? number default: 2
---@return number
function realtime.ProcessEvents(maxEvents, maxMilliseconds) end

---The counters of this moment.
---@return realtime.Stats
function realtime.GetStats() end

// Generated from src/ by scripts/generate-api.mjs. Change the source, not this file.
/** @noSelfInFile */
/// <reference types="@typescript-to-lua/language-extensions" />
/// <reference types="gmod-types" />

/** Why something was refused. */
export type ErrorCode =
    | "INVALID_ARGUMENT"
    | "INVALID_CONFIG"
    | "UNKNOWN_BACKEND"
    | "NOT_CONNECTED"
    | "ALREADY_CONNECTED"
    | "QUEUE_FULL"
    | "PAYLOAD_TOO_LARGE"
    | "CONNECT_FAILED"
    | "RESOLVE_FAILED"
    | "TIMEOUT"
    | "CONNECTION_LOST"
    | "AUTH_REQUIRED"
    | "AUTH_FAILED"
    | "NO_PERMISSION"
    | "SERVER_LOADING"
    | "SERVER_READONLY"
    | "SERVER_MOVED"
    | "SERVER_OUT_OF_MEMORY"
    | "SERVER_ERROR"
    | "PROTOCOL_ERROR"
    | "FATE_UNKNOWN"
    | "SHUTTING_DOWN"
    | "ENCODE_FAILED"
    | "DECODE_FAILED"
    | "VALIDATION_FAILED"
    | "UNKNOWN_EVENT"
    | "EVENT_CONFLICT"
    | "UNKNOWN_SUBSCRIPTION"
    | "BINARY_MISSING"
    | "BINARY_BROKEN"
    | "BINARY_MISMATCH"
    | "INTERNAL";

/** Where the connection is. */
export type StateName = "disconnected" | "connecting" | "connected" | "reconnecting" | "closing";

/** How much a log line matters. */
export type LogLevelName = "debug" | "info" | "warn" | "error";

/** The counters of GetStats. */
export interface Stats {
    /** Messages that Publish and the events accepted. */
    readonly sent: number;
    /** Publish calls, of messages and of events, that were answered with an error. */
    readonly refused: number;
    /** Accepted messages that the server confirmed. */
    readonly published: number;
    /** Accepted messages that the server refused, or that closing left unsent. */
    readonly failed: number;
    /** Accepted messages whose connection was lost before the server's answer, or of which nobody could tell any more when it was closed out of memory. */
    readonly unknown: number;
    /** Accepted messages still waiting: sent = published + failed + unknown + pending. */
    readonly pending: number;
    /** Messages that arrived from the server. */
    readonly received: number;
    /** Arrived messages handed to at least one callback, or found invalid by all. */
    readonly delivered: number;
    /** Arrived messages that were thrown away: droppedOverflow + droppedUnclaimed + droppedTooLarge. */
    readonly dropped: number;
    /** Arrived messages still waiting: received = delivered + dropped + queued. */
    readonly queued: number;
    /** Thrown away, oldest first, because the inbound queue was full. */
    readonly droppedOverflow: number;
    /** Thrown away because their last subscriber had gone. */
    readonly droppedUnclaimed: number;
    /** Thrown away on arrival because they were longer than maxPayloadBytes. */
    readonly droppedTooLarge: number;
    /** Messages on an event's channel that were not a valid event, counted per typed subscriber. */
    readonly invalid: number;
    /** Lua errors in callbacks. */
    readonly callbackErrors: number;
    /** Lua functions the module ever took hold of. */
    readonly callbacksCreated: number;
    /** Lua functions it let go again; the difference is what it holds now. */
    readonly callbacksFreed: number;
    /** Subscriptions that exist now. */
    readonly subscriptions: number;
    /** Times the state became connected. */
    readonly connects: number;
    /** Changes of the connection's state. */
    readonly stateChanges: number;
    /** Attempts to connect that failed. */
    readonly connectFailures: number;
    /** Payload bytes of the accepted messages. */
    readonly bytesPublished: number;
    /** Payload bytes of the arrived messages. */
    readonly bytesReceived: number;
    /** Log lines thrown away because the game thread did not print them in time. */
    readonly droppedLogLines: number;
}

/** Why something was refused. `tostring(err)` is a sentence. */
export interface RealtimeError {
    /** A name that never changes; compare with this. */
    readonly code: ErrorCode;
    /** What happened, for people. It never holds a secret. */
    readonly message: string;
    /** What to do about it, for people. */
    readonly remedy: string;
}

/**
 * How every function here answers: `true, value` or `false, err`.
 * Take both apart at once, `const [ok, value] = realtime.Subscribe(…)`, and a check of the first narrows the second.
 */
export type Result<T> = LuaMultiReturn<[true, T] | [false, RealtimeError]>;

/** What Subscribe, SubscribePattern, On and OnStateChange give back: keep it to unsubscribe. */
export interface Subscription {
    readonly kind: "channel" | "pattern" | "event" | "state";
    /** The channel, pattern or event name. */
    readonly name: string;
    readonly number: number;
    /** What the caller called it, if anything: a later one of the same kind, name and id takes its place. */
    readonly id?: string;
    /** The caller's own function, which Unsubscribe compares with. */
    readonly callback: unknown;
}

/** Called when the connection's state changed. */
export type StateCallback = (newState: StateName, oldState: StateName) => void;

/** The backends that come with the addon. */
export type BackendName = "redis" | "memory";

/** What Config{…} takes. Everything is optional; what is left out comes from the environment, .env or the default. */
export interface ConfigOptions {
    /** `redis`, or `memory` for the bus inside this process. Default: `redis` as soon as a server is configured, else `memory`. */
    readonly backend?: BackendName;
    /** Name or address of the server, without a port, at most 1024 bytes. Default: 127.0.0.1. */
    readonly host?: string;
    /** 1 to 65535. Default: 6379. */
    readonly port?: number;
    /** For a server with users of its own (ACL), at most 1024 bytes; needs a password beside it. Default: none. */
    readonly username?: string;
    /** At most 1024 bytes, none of them 0; empty is the same as none. Default: none. */
    readonly password?: string;
    /** Number of the logical database, 0 to 1000000. Default: 0. */
    readonly database?: number;
    /** `redis://[user[:password]@]host[:port][/database]` or `unix:///path`; the single settings of the same source, or a stronger one, win over its parts. */
    readonly url?: string;
    /** Path of a unix socket, instead of host and port, at most 1024 bytes. */
    readonly unixSocket?: string;
    /** Seconds, to connect and for an answer, 0.05 to 300. Default: 5. */
    readonly timeout?: number;
    /** How the server's administrator sees this connection: no spaces, at most 1024 bytes. Default: `gmod-realtime`. */
    readonly clientName?: string;
    /** Bound of each queue, in messages, 1 to 1000000. Default: 10000. */
    readonly queueMessages?: number;
    /** Bound of each queue, in bytes, 1 to 1 GiB. Default: 64 MiB. */
    readonly queueBytes?: number;
    /** Longest message that Publish accepts, in bytes, 1 to 64 MiB. A longer one of somebody else is dropped and counted. Default: 1 MiB. */
    readonly maxPayloadBytes?: number;
    /** Names this server in the events it publishes: letters, digits and `- . _ ~`, at most 1024 bytes. Default: its port. */
    readonly serverId?: string;
    /** The least important lines that are still printed: `debug`, `info`, `warn`, `error`. Default: `info`. */
    readonly logLevel?: LogLevelName;
}

export type SettingKey = keyof ConfigOptions;

/** Where a value can come from, strongest first. */
export type SourceName = "Config" | "environment" | ".env" | "default";

/** A setting in force, and where it comes from. */
export interface ConfigValue {
    /** `***` for what is secret. */
    readonly value: string | number;
    readonly source: SourceName;
    /** What the source calls it: `port`, `REDIS_PORT`, `REDIS_URL, line 3`. Not there for a default. */
    readonly name?: string;
}

/** The configuration in force, with nothing secret in it. */
export interface ConfigSummary {
    readonly backend: string;
    /** Whether anybody chose a backend or named a server. */
    readonly configured: boolean;
    /** Where the backend is: `127.0.0.1:6379`, `unix:/run/redis.sock`, `in this process`. */
    readonly address: string;
    readonly username?: string;
    readonly hasPassword: boolean;
    readonly database: number;
    /** Seconds. */
    readonly timeout: number;
    /** The CloudEvents source of this server's events. */
    readonly source: string;
    readonly logLevel: LogLevelName;
    /** Every setting in force, by the name that Config{…} has for it, and where its value comes from. */
    readonly settings: Readonly<Partial<Record<SettingKey, ConfigValue>>>;
}

/** Anything with three coordinates; a GMod Vector is one. */
export interface Coordinates {
    readonly x: number;
    readonly y: number;
    readonly z: number;
}

/** What a value must be: a field's type with what belongs to it. */
export type Kind =
    /** Bytes; what is no UTF-8 arrives as U+FFFD. `maxBytes`: the longest that is accepted, 1024 unless said. */
    | { readonly type: "string"; readonly maxBytes?: number }
    /** Finite. */
    | { readonly type: "number" }
    /** Whole, and exact in a double: at most 2^53 - 1 either way. */
    | { readonly type: "integer" }
    | { readonly type: "boolean" }
    /** A SteamID64 as `ply:SteamID64()` gives it: a string, since a number would lose its last digits. */
    | { readonly type: "steamId64" }
    /** A team by its number or by its name. */
    | { readonly type: "team"; readonly maxBytes?: number }
    /** A Vector, or a table with x, y and z; it arrives as a Vector. */
    | { readonly type: "vector" }
    /** One of these strings. */
    | { readonly type: "enum"; readonly values: readonly string[] }
    /** Any number of the same, up to `maxItems`: 1000 unless said. */
    | { readonly type: "array"; readonly items: Kind; readonly maxItems?: number }
    /** A table with fields of its own. */
    | { readonly type: "object"; readonly fields: readonly Field[] }
    /** Whatever JSON can hold, but nil. */
    | { readonly type: "json" };

export type FieldType = Kind["type"];

/** One field of an event. Fields travel in the order of the definition. */
export type Field = Kind & {
    readonly name: string;
    /** May be left out. Default: false. */
    readonly optional?: boolean;
};

/** An event as a subscriber gets it. */
export interface ReceivedEvent<Name extends string = string, Data = unknown> {
    /** The name it was defined with. */
    readonly name: Name;
    /** Unique: `<instance>-<sequence>` when it was published by this module. */
    readonly id: string;
    /** Which server published it: `/gmod/<server id>`. */
    readonly source: string;
    /** When it was published, as RFC 3339 text: in UTC when it was published by this module. */
    readonly time: string;
    /** The same in seconds since 1970, to the millisecond. */
    readonly timestamp: number;
    readonly channel: string;
    /** Whether it is this server that published it, on this map. Two servers may have the same `source`, if nobody named them. */
    readonly isOwn: boolean;
    /** What was published; checked against the definition. */
    readonly data: Data;
}

/** Which of the game's own events PublishGameEvents publishes. What is left out is chosen by the running gamemode. */
export interface GameEventOptions {
    /** Joining, leaving, chat, spawns, deaths, damage, teams, characters of the game, the map. Default: true. */
    readonly base?: boolean;
    /** The rounds of Trouble in Terrorist Town. Default: whether that is what runs. */
    readonly ttt?: boolean;
    /** Arrests, wanted players, money and jobs of DarkRP. Default: whether that is what runs. */
    readonly darkrp?: boolean;
    /** Names of events that are not published all the same. */
    readonly except?: readonly GameEventName[];
}

/** What a publisher may pass, by event name. */
export interface EventInputs {
    PlayerSpawn: {
        readonly player_name: string;
        readonly team: string | number;
        readonly pos: Coordinates;
    };
    PlayerDeath: {
        readonly victim_name: string;
        readonly attacker_name: string;
        readonly weapon: string;
    };
    ChatMessage: {
        readonly player_name: string;
        readonly message: string;
    };
    PlayerTakeDamage: {
        readonly victim_name: string;
        readonly damage: number;
        readonly attacker_name: string;
    };
    RoundStart: {
        readonly gamemode: string;
        readonly map: string;
    };
    RoundEnd: {
        readonly winner_team: string | number;
        readonly score: number;
    };
    PlayerConnect: {
        readonly player_name: string;
        readonly steam_id: string;
    };
    PlayerDisconnect: {
        readonly player_name: string;
        readonly steam_id: string;
        readonly reason: string;
    };
    TeamChange: {
        readonly player_name: string;
        readonly old_team: string | number;
        readonly new_team: string | number;
    };
    MapChange: {
        readonly map: string;
        readonly previous_map?: string | undefined;
    };
}

/** The same for the events of the games. */
export interface GameEventInputs {
    PlayerInitialSpawn: {
        readonly player_name: string;
        readonly steam_id: string;
    };
    PlayerHurt: {
        readonly victim_name: string;
        readonly attacker_name: string;
        readonly health_left: number;
        readonly damage: number;
    };
    NpcKilled: {
        readonly npc: string;
        readonly attacker_name: string;
        readonly weapon: string;
    };
    ServerShutDown: {
        readonly map: string;
    };
    RoundPrepare: {
        readonly gamemode: string;
        readonly map: string;
    };
    PlayerArrested: {
        readonly player_name: string;
        readonly seconds: number;
        readonly actor_name: string;
    };
    PlayerWanted: {
        readonly player_name: string;
        readonly actor_name: string;
        readonly reason: string;
    };
    PlayerSalary: {
        readonly player_name: string;
        readonly amount: number;
    };
    PlayerWallet: {
        readonly player_name: string;
        readonly amount: number;
        readonly wallet: number;
    };
}

/** What a subscriber finds in `event.data`, by event name. */
export interface EventOutputs {
    PlayerSpawn: {
        readonly player_name: string;
        readonly team: string | number;
        readonly pos: Vector;
    };
    PlayerDeath: {
        readonly victim_name: string;
        readonly attacker_name: string;
        readonly weapon: string;
    };
    ChatMessage: {
        readonly player_name: string;
        readonly message: string;
    };
    PlayerTakeDamage: {
        readonly victim_name: string;
        readonly damage: number;
        readonly attacker_name: string;
    };
    RoundStart: {
        readonly gamemode: string;
        readonly map: string;
    };
    RoundEnd: {
        readonly winner_team: string | number;
        readonly score: number;
    };
    PlayerConnect: {
        readonly player_name: string;
        readonly steam_id: string;
    };
    PlayerDisconnect: {
        readonly player_name: string;
        readonly steam_id: string;
        readonly reason: string;
    };
    TeamChange: {
        readonly player_name: string;
        readonly old_team: string | number;
        readonly new_team: string | number;
    };
    MapChange: {
        readonly map: string;
        readonly previous_map?: string | undefined;
    };
}

/** The same for the events of the games. */
export interface GameEventOutputs {
    PlayerInitialSpawn: {
        readonly player_name: string;
        readonly steam_id: string;
    };
    PlayerHurt: {
        readonly victim_name: string;
        readonly attacker_name: string;
        readonly health_left: number;
        readonly damage: number;
    };
    NpcKilled: {
        readonly npc: string;
        readonly attacker_name: string;
        readonly weapon: string;
    };
    ServerShutDown: {
        readonly map: string;
    };
    RoundPrepare: {
        readonly gamemode: string;
        readonly map: string;
    };
    PlayerArrested: {
        readonly player_name: string;
        readonly seconds: number;
        readonly actor_name: string;
    };
    PlayerWanted: {
        readonly player_name: string;
        readonly actor_name: string;
        readonly reason: string;
    };
    PlayerSalary: {
        readonly player_name: string;
        readonly amount: number;
    };
    PlayerWallet: {
        readonly player_name: string;
        readonly amount: number;
        readonly wallet: number;
    };
}

/** The name of an event that PublishGameEvents publishes. */
export type GameEventName = keyof EventOutputs | keyof GameEventOutputs;

/** Every event name that On and Emit know: the ready-made ones, those of the games, and those that RealtimeEvents declares. */
export type EventName = keyof EventOutputs | keyof GameEventOutputs | keyof RealtimeEvents;

/** What a subscriber of an event gets. */
export type RealtimeEvent<Name extends EventName> = Name extends keyof EventOutputs
    ? ReceivedEvent<Name, EventOutputs[Name]>
    : Name extends keyof RealtimeEvents
      ? ReceivedEvent<Name, RealtimeEvents[Name]>
      : Name extends keyof GameEventOutputs
        ? ReceivedEvent<Name, GameEventOutputs[Name]>
        : never;

/** What Emit takes for an event. */
export type EmitData<Name extends EventName> = Name extends keyof EventInputs
    ? EventInputs[Name]
    : Name extends keyof RealtimeEvents
      ? RealtimeEvents[Name]
      : Name extends keyof GameEventInputs
        ? GameEventInputs[Name]
        : never;

/**
 * The global table `realtime`.
 *
 * A wrong argument type raises at the caller's line. Everything else answers with a Result. Nothing waits, but Connect.
 * @noSelf
 */
export interface Realtime {
    /** The release of this bundle. */
    readonly VERSION: string;

    /**
     * Checks and keeps a configuration for the next Connect; opens nothing. A new call replaces an old one.
     * @param options what is left out comes from the environment, .env or the default
     */
    Config(options: ConfigOptions): Result<undefined>;

    /**
     * The same for the four settings that most need.
     * @param host name or address without a port; 127.0.0.1 unless said
     * @param port 1 to 65535; 6379 unless said
     * @param password at most 1024 bytes; empty is the same as none
     * @param timeout seconds, to connect and for an answer, 0.05 to 300; 5 unless said
     */
    Config(host?: string, port?: number, password?: string, timeout?: number): Result<undefined>;

    /** The configuration that the next Connect would use, and where each value comes from; secrets are `***`. */
    GetConfig(): Result<ConfigSummary>;

    /**
     * Connects, waiting for the first attempt only, never longer than the configured timeout. When that fails, the module
     * goes on trying by itself. With arguments it is Config and Connect in one.
     * @param options as Config takes them
     */
    Connect(options: ConfigOptions): Result<undefined>;

    /**
     * The same for the four settings that most need, or, without any, with the configuration there is.
     * @param host name or address without a port
     * @param port 1 to 65535
     * @param password at most 1024 bytes; empty is the same as none
     * @param timeout seconds, to connect and for an answer, 0.05 to 300
     */
    Connect(host?: string, port?: number, password?: string, timeout?: number): Result<undefined>;

    /**
     * Connects without waiting.
     * @param callback gets `true` or `false, err` once, in a later frame, after the first attempt; never when ConnectAsync answers false
     */
    ConnectAsync(
        callback?: (...answer: [ok: true, err: undefined] | [ok: false, err: RealtimeError]) => void,
    ): Result<undefined>;

    /**
     * The same for who only asks whether it went well.
     * @param callback gets `true` or `false`
     */
    ConnectAsync(callback?: (ok: boolean) => void): Result<undefined>;

    /**
     * Ends the connection without waiting and answers everything that is pending.
     * @param flushSeconds how long what waits may still be sent, 0 to 300; 0 unless said
     */
    Disconnect(flushSeconds?: number): Result<undefined>;

    /** Whether the state is `connected`. */
    IsConnected(): boolean;

    /** Where the connection is. In `disconnected` and `closing` publishing is refused; while connecting, again or for the first time, it waits. */
    GetState(): StateName;

    /**
     * Tells of every change of the state, in the frame after it.
     * @param id a later one of the same id takes its place
     */
    OnStateChange(callback: StateCallback, id?: string): Result<Subscription>;

    /**
     * Queues bytes for a channel.
     * @param channel 1 to 1024 bytes
     * @param message any bytes, at most `maxPayloadBytes` of them
     * @param callback gets `true, receivers` or `false, err` once, in a later frame; never when Publish answers false
     */
    Publish(
        channel: string,
        message: string,
        callback?: (...answer: [ok: true, receivers: number] | [ok: false, err: RealtimeError]) => void,
    ): Result<undefined>;

    /**
     * The same for who only asks whether it went well.
     * @param channel 1 to 1024 bytes
     * @param message any bytes, at most `maxPayloadBytes` of them
     * @param callback gets `true` or `false`
     */
    Publish(channel: string, message: string, callback?: (ok: boolean) => void): Result<undefined>;

    /** A player came to life. Published on `player:spawn`. */
    PlayerSpawn(player_name: string, team: string | number, pos: Coordinates): Result<undefined>;

    /** A player died. Published on `player:death`. */
    PlayerDeath(victim_name: string, attacker_name: string, weapon: string): Result<undefined>;

    /** A player said something. Published on `chat:message`. */
    ChatMessage(player_name: string, message: string): Result<undefined>;

    /** A player lost health. Published on `player:damage`. */
    PlayerTakeDamage(victim_name: string, damage: number, attacker_name: string): Result<undefined>;

    /** A round began. Published on `round:start`. */
    RoundStart(gamemode: string, map: string): Result<undefined>;

    /** A round ended. Published on `round:end`. */
    RoundEnd(winner_team: string | number, score: number): Result<undefined>;

    /** A player joined the server. Published on `player:connect`. */
    PlayerConnect(player_name: string, steam_id: string): Result<undefined>;

    /** A player left the server. Published on `player:disconnect`. */
    PlayerDisconnect(player_name: string, steam_id: string, reason: string): Result<undefined>;

    /** A player changed from one team to another. Published on `player:team`. */
    TeamChange(player_name: string, old_team: string | number, new_team: string | number): Result<undefined>;

    /** The server began to run a map. Published on `map:change`. */
    MapChange(map: string, previous_map?: string): Result<undefined>;

    /**
     * Defines an event of one's own; the same again is no error. Its type goes into the global RealtimeEvents.
     * @param name 1 to 64 letters, digits and `_`, no digit first
     * @param channel 1 to 1024 bytes, of no other event
     * @param fields 1 to 128 of them
     */
    DefineEvent(name: string, channel: string, fields: readonly Field[]): Result<undefined>;

    /** Publishes any event by its name, checked against its definition. */
    Emit<Name extends EventName>(name: Name, data: EmitData<Name>): Result<undefined>;

    /**
     * Publishes what happens in the game by itself, from now on: it watches the hooks of the base game, of Trouble in Terrorist
     * Town and of DarkRP. Called again, it chooses anew. It gives nothing back to any hook. When an event of the server's own is in
     * the way of one of them, it publishes nothing, and the error names those to put into `except`.
     */
    PublishGameEvents(options?: GameEventOptions): Result<undefined>;

    /**
     * Every message of a channel, as the bytes it is. In any state; restored after a reconnect.
     * @param channel 1 to 1024 bytes
     * @param id a later one of the same channel and id takes its place: a file that Lua's auto-refresh runs again stays with one
     */
    Subscribe(
        channel: string,
        callback: (channel: string, message: string) => void,
        id?: string,
    ): Result<Subscription>;

    /**
     * Every message of all channels that match a pattern.
     * @param pattern 1 to 1024 bytes with `*`, `?` and `[abc]`
     * @param id a later one of the same pattern and id takes its place: a file that Lua's auto-refresh runs again stays with one
     */
    SubscribePattern(
        pattern: string,
        callback: (channel: string, message: string, pattern: string) => void,
        id?: string,
    ): Result<Subscription>;

    /**
     * Every event of a definition, decoded and checked. What does not fit is counted as `invalid`, not delivered.
     * @param id a later one of the same event and id takes its place: a file that Lua's auto-refresh runs again stays with one
     */
    On<Name extends EventName>(
        name: Name,
        callback: (event: RealtimeEvent<Name>) => void,
        id?: string,
    ): Result<Subscription>;

    /** Ends one subscription. Its value is 1. */
    Unsubscribe(subscription: Subscription): Result<number>;

    /** Ends all subscriptions of a channel, pattern or event name, or those of one callback. Its value is their number. */
    Unsubscribe(name: string, callback?: (...values: never[]) => void): Result<number>;

    /**
     * Delivers what arrived; it is called by itself every frame. 0 lifts a bound.
     * @param maxEvents 0 to 2^53; 1000 unless said
     * @param maxMilliseconds 0 to 3600000; 2 unless said
     * @returns the number of messages delivered
     */
    ProcessEvents(maxEvents?: number, maxMilliseconds?: number): number;

    /** The counters of this moment. */
    GetStats(): Stats;
}

declare global {
    /** Declare the data of your own events here, by event name, to have On and Emit typed. */
    interface RealtimeEvents {}

    /** The addon's global table, after `require("realtime")`. */
    const realtime: Realtime;
}

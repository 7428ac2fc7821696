/** @noSelfInFile */
import type { BackendName, ConfigOptions } from "./config/settings";
import type { ConfigSummary, ConfigValue } from "./config/resolve";
import type {
    builtInEvents,
    chatMessage,
    playerDeath,
    playerSpawn,
    playerTakeDamage,
    roundEnd,
    roundStart,
    mapChange,
    playerConnect,
    playerDisconnect,
    teamChange,
} from "./events/definitions";
import type { EventData, EventDefinition, EventInput } from "./events/definition";
import type { Coordinates, Field, FieldType, Kind } from "./events/fields";
import type { gameEvents } from "./events/game_events";
import type { PublishFunction } from "./events/publish";
import type { EventOf, ReceivedEvent } from "./events/receive";
import type { GameEventOptions } from "./game/publish_game_events";
import type { GameEventName } from "./game/watchers";
import type { StateName, Stats } from "./native/contract";
import type { ErrorCode, RealtimeError, Result } from "./result";
import type { StateCallback, Subscription } from "./subscription";

export type {
    BackendName,
    ConfigOptions,
    ConfigSummary,
    ConfigValue,
    Coordinates,
    ErrorCode,
    EventData,
    EventDefinition,
    EventInput,
    Field,
    FieldType,
    GameEventName,
    GameEventOptions,
    Kind,
    RealtimeError,
    ReceivedEvent,
    Result,
    StateCallback,
    StateName,
    Stats,
    Subscription,
};

type BuiltInEvent = (typeof builtInEvents)[number];
type BuiltInEvents = { readonly [D in BuiltInEvent as D["name"]]: D };
type GameEvent = (typeof gameEvents)[number];
type GameEvents = { readonly [D in GameEvent as D["name"]]: D };

/** Every event name that On and Emit know: the ready-made ones, those of the games, and those that RealtimeEvents declares. */
export type EventName = keyof (BuiltInEvents & GameEvents & RealtimeEvents);

/** What a subscriber of an event gets. */
export type RealtimeEvent<Name extends EventName> = Name extends keyof BuiltInEvents
    ? EventOf<BuiltInEvents[Name]>
    : Name extends keyof RealtimeEvents
      ? ReceivedEvent<Name, RealtimeEvents[Name]>
      : Name extends keyof GameEvents
        ? EventOf<GameEvents[Name]>
        : never;

/** What Emit takes for an event. */
export type EmitData<Name extends EventName> = Name extends keyof BuiltInEvents
    ? EventInput<BuiltInEvents[Name]>
    : Name extends keyof RealtimeEvents
      ? RealtimeEvents[Name]
      : Name extends keyof GameEvents
        ? EventInput<GameEvents[Name]>
        : never;

/**
 * The global table `realtime`.
 *
 * A wrong argument type raises at the caller's line. Everything else answers with a Result. Nothing waits, but Connect.
 * When the binary module cannot be used, everything answers `BINARY_MISSING`, `BINARY_BROKEN` or `BINARY_MISMATCH` and the game goes on.
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
    // eslint-disable-next-line @typescript-eslint/unified-signatures -- of a union of functions a callback's parameters have no type
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
    // eslint-disable-next-line @typescript-eslint/unified-signatures -- of a union of functions a callback's parameters have no type
    Publish(channel: string, message: string, callback?: (ok: boolean) => void): Result<undefined>;

    /** `player:spawn`: player_name, team (number or name), pos (Vector). */
    readonly PlayerSpawn: PublishFunction<typeof playerSpawn>;
    /** `player:death`: victim_name, attacker_name, weapon. */
    readonly PlayerDeath: PublishFunction<typeof playerDeath>;
    /** `chat:message`: player_name, message. */
    readonly ChatMessage: PublishFunction<typeof chatMessage>;
    /** `player:damage`: victim_name, damage, attacker_name. */
    readonly PlayerTakeDamage: PublishFunction<typeof playerTakeDamage>;
    /** `round:start`: gamemode, map. */
    readonly RoundStart: PublishFunction<typeof roundStart>;
    /** `round:end`: winner_team (number or name), score. */
    readonly RoundEnd: PublishFunction<typeof roundEnd>;
    /** `player:connect`: player_name, steam_id (SteamID64, a string). */
    readonly PlayerConnect: PublishFunction<typeof playerConnect>;
    /** `player:disconnect`: player_name, steam_id (SteamID64, a string), reason. */
    readonly PlayerDisconnect: PublishFunction<typeof playerDisconnect>;
    /** `player:team`: player_name, old_team and new_team (number or name). */
    readonly TeamChange: PublishFunction<typeof teamChange>;
    /** `map:change`: map, previous_map (optional). */
    readonly MapChange: PublishFunction<typeof mapChange>;

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
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it is there to be merged with
    interface RealtimeEvents {}

    /** The addon's global table, after `require("realtime")` in Lua. */
    const realtime: Realtime;
}

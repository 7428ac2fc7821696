import type { ErrorNumber, LogLevel, StateNumber, Stats, SubscriptionKind } from "./contract";

/** `true, value` or `false, error number, detail`. */
export type NativeResult<T> = LuaMultiReturn<[true, T, undefined] | [false, ErrorNumber, string]>;

/** An answer that comes later, from ProcessEvents, exactly once. */
export type NativeAnswer<T> = (ok: boolean, value: T | ErrorNumber, detail: string | undefined) => void;

/** What Configure takes; what is left out has the module's default. */
export interface NativeOptions {
    backend?: string;
    host?: string;
    port?: number;
    username?: string;
    password?: string;
    database?: number;
    unixSocket?: string;
    /** Seconds. */
    timeout?: number;
    clientName?: string;
    queueMessages?: number;
    queueBytes?: number;
    maxPayloadBytes?: number;
    /** The CloudEvents source of typed events. */
    source?: string;
    logLevel?: LogLevel;
}

export type RawCallback = (channel: string, message: string, pattern?: string) => void;

/**
 * A typed event as the module hands it over: an envelope that was read, data that was not yet checked. A text says why the
 * event does not fit its definition; the module then counts it as invalid, and reports it.
 */
export type NativeEventCallback = (
    data: unknown,
    id: string,
    source: string,
    time: string,
    timestamp: number,
    channel: string,
    isOwn: boolean,
) => string | undefined;

/**
 * The global table `realtime_core`. contract/native.json says what each function does.
 * @noSelf
 */
export interface NativeModule {
    readonly ABI: number;
    readonly VERSION: string;
    readonly PLATFORM: string;
    Configure(options: NativeOptions): NativeResult<undefined>;
    Connect(callback?: NativeAnswer<undefined>): NativeResult<undefined>;
    WaitForConnect(): NativeResult<undefined>;
    Disconnect(flushSeconds?: number): NativeResult<undefined>;
    GetState(): StateNumber;
    Publish(channel: string, payload: string, callback?: NativeAnswer<number>): NativeResult<undefined>;
    DefineEvent(name: string, channel: string, fields: readonly string[]): NativeResult<number>;
    PublishEvent(event: number, ...values: unknown[]): NativeResult<undefined>;
    Subscribe(kind: SubscriptionKind, name: string, callback: RawCallback): NativeResult<number>;
    SubscribeEvent(event: number, callback: NativeEventCallback): NativeResult<number>;
    Unsubscribe(subscription: number): NativeResult<undefined>;
    ProcessEvents(maxEvents?: number, maxMilliseconds?: number): number;
    GetStats(): Stats;
    SetHandlers(
        onError: (message: unknown) => void,
        /** `number` counts all changes from 1, as `stateChanges` of GetStats does. */
        onState: (newState: StateNumber, oldState: StateNumber, number: number) => void,
        onLog: (level: LogLevel, line: string) => void,
    ): void;
    GetEnvironment(name: string): string | undefined;
    JsonEncode(value: unknown): NativeResult<string>;
    JsonDecode(text: string): NativeResult<unknown>;
}

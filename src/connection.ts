import { badArgument } from "./arguments";
import { applyConfig, checkArguments, configure } from "./config/config";
import { shorten } from "./text";
import { ErrorNumber, Limit, STATE_NAMES, type StateName, StateNumber } from "./native/contract";
import { native, nativeFailure } from "./native/handshake";
import { checkId, rememberListener } from "./subscriptions";
import type { NativeAnswer } from "./native/module";
import { reportError } from "./report_error";
import { createError, failed, type RealtimeError, type Result } from "./result";
import { state } from "./state";
import type { StateListener, Subscription } from "./subscription";

/** Configures the module anew and starts to connect. */
function start(callback?: NativeAnswer<undefined>): Result<undefined> {
    const [configured, failure] = applyConfig();
    if (!configured) {
        return $multi(false as const, failure);
    }
    const [ok, errorNumber, detail] = native.Connect(callback);
    if (!ok) {
        return failed(errorNumber, detail);
    }
    return $multi(true as const, undefined);
}

/** See Realtime.Connect. */
export function Connect(host?: unknown, port?: unknown, password?: unknown, timeout?: unknown): Result<undefined> {
    if (host !== undefined || port !== undefined || password !== undefined || timeout !== undefined) {
        checkArguments("Connect", host, port, password, timeout);
        const [configured, failure] = configure(host, port, password, timeout);
        if (!configured) {
            return $multi(false as const, failure);
        }
    }
    const [started, failure] = start();
    if (!started) {
        return $multi(false as const, failure);
    }
    const [ok, errorNumber, detail] = native.WaitForConnect();
    if (!ok) {
        return failed(errorNumber, detail);
    }
    return $multi(true as const, undefined);
}

/** See Realtime.ConnectAsync. */
export function ConnectAsync(callback?: unknown): Result<undefined> {
    if (callback === undefined) {
        return start();
    }
    if (typeof callback !== "function") {
        badArgument(1, "ConnectAsync", "callback", "function", callback);
    }
    const answer = callback as (ok: boolean, failure?: RealtimeError) => void;
    return start((ok, errorNumber, detail) => {
        if (ok) {
            answer(true);
        } else {
            answer(false, createError(errorNumber ?? ErrorNumber.Internal, detail));
        }
    });
}

/** See Realtime.Disconnect. */
export function Disconnect(flushSeconds?: unknown): Result<undefined> {
    if (flushSeconds !== undefined && typeof flushSeconds !== "number") {
        badArgument(1, "Disconnect", "flushSeconds", "number", flushSeconds);
    }
    const seconds = flushSeconds;
    // Written so that NaN, which fails every comparison, is refused.
    if (seconds !== undefined && !(seconds >= 0 && seconds <= Limit.MaxTimeoutSeconds)) {
        const range = `from 0 to ${tostring(Limit.MaxTimeoutSeconds)}`;
        return failed(ErrorNumber.InvalidArgument, `flushSeconds: expected seconds ${range}, got ${shorten(seconds)}`);
    }
    const [ok, errorNumber, detail] = native.Disconnect(seconds);
    if (!ok) {
        return failed(errorNumber, detail);
    }
    return $multi(true as const, undefined);
}

/** See Realtime.IsConnected. */
export function IsConnected(): boolean {
    return native.GetState() === StateNumber.Connected;
}

function stateName(number: StateNumber): StateName {
    return STATE_NAMES[number] ?? "disconnected";
}

/** See Realtime.GetState. */
export function GetState(): StateName {
    return stateName(native.GetState());
}

/** See Realtime.OnStateChange. */
export function OnStateChange(callback: unknown, id?: unknown): Result<Subscription> {
    if (typeof callback !== "function") {
        badArgument(1, "OnStateChange", "callback", "function", callback);
    }
    checkId(2, "OnStateChange", id);
    if (nativeFailure !== undefined) {
        return $multi(false as const, nativeFailure);
    }
    state.lastListener += 1;
    const number = state.lastListener;
    const listener = {
        kind: "state",
        name: "OnStateChange",
        number,
        id,
        callback,
        after: native.GetStats().stateChanges,
    } as StateListener;
    return $multi(true as const, rememberListener(listener));
}

/** Tells every listener, each protected from the errors of the others. */
export function announceState(newState: StateNumber, oldState: StateNumber, number: number): void {
    // A listener may add listeners, and a table must not grow while it is walked. One that it ends is not called any more.
    const listeners: StateListener[] = [];
    for (const [, listener] of state.listeners) {
        // What is told now may have happened before it was added.
        if (number > listener.after) {
            listeners[listeners.length] = listener;
        }
    }
    for (const listener of listeners) {
        if (state.listeners.has(listener.number)) {
            xpcall(listener.callback, reportError, stateName(newState), stateName(oldState));
        }
    }
}

import { badArgument } from "./arguments";
import { ErrorNumber } from "./native/contract";
import { native } from "./native/handshake";
import { failed, type Result } from "./result";
import { state } from "./state";
import type { StateListener, Subscription } from "./subscription";
import { shorten } from "./text";

/** Raises at the line that called the public function when a subscription's id is none. */
export function checkId(index: number, functionName: string, id: unknown): void {
    if (id !== undefined && typeof id !== "string") {
        badArgument(index, functionName, "id", "string", id, 1);
    }
}

/** The subscription of a kind, name and id; undefined when there is none, or no id. */
function findById<S extends Subscription>(
    subscriptions: LuaMap<number, S>,
    { kind, name, id }: Subscription,
): S | undefined {
    if (id !== undefined) {
        for (const [, subscription] of subscriptions) {
            if (subscription.id === id && subscription.name === name && subscription.kind === kind) {
                return subscription;
            }
        }
    }
    return undefined;
}

/**
 * Remembers a subscription that is in force, and ends the one whose place it takes. No message falls between them, but one that is
 * being delivered just then, to another subscriber who does this, goes to neither.
 */
export function remember(subscription: Subscription): Subscription {
    const replaced = findById(state.subscriptions, subscription);
    state.subscriptions.set(subscription.number, subscription);
    if (replaced !== undefined) {
        void end(replaced, replaced.number);
    }
    return subscription;
}

/** The same for a listener of the state. */
export function rememberListener(listener: StateListener): StateListener {
    const replaced = findById(state.listeners, listener);
    if (replaced !== undefined) {
        // What it was yet to be told, its successor is told.
        listener.after = replaced.after;
        state.listeners.delete(replaced.number);
    }
    state.listeners.set(listener.number, listener);
    return listener;
}

/** In Lua an id that is nil is none; the types tell the two apart. */
export function describe(kind: Subscription["kind"], name: string, number: number, callback: unknown, id: unknown): Subscription {
    return { kind, name, number, callback, id } as Subscription;
}

/** Ends one subscription. Whether it is one of ours is not asked of itself: a stranger's metatable could raise. */
export function end(handle: object, number: number): Result<number> {
    if (rawequal(state.listeners.get(number), handle)) {
        state.listeners.delete(number);
        return $multi(true as const, 1);
    }
    if (!rawequal(state.subscriptions.get(number), handle)) {
        const name = rawget(handle, "name") as unknown;
        const which = typeof name === "string" ? `'${shorten(name)}'` : "not a handle of ours";
        return failed(ErrorNumber.UnknownSubscription, which);
    }
    state.subscriptions.delete(number);
    const [ok, errorNumber, detail] = native.Unsubscribe(number);
    if (!ok) {
        return failed(errorNumber, detail);
    }
    return $multi(true as const, 1);
}

/** Ends all subscriptions of a name, or only those with a callback. */
export function endAll(name: string, callback: unknown): Result<number> {
    const found: Subscription[] = [];
    for (const [, subscription] of state.subscriptions) {
        if (subscription.name === name && (callback === undefined || subscription.callback === callback)) {
            found[found.length] = subscription;
        }
    }
    if (found.length === 0) {
        return failed(ErrorNumber.UnknownSubscription, `nothing is subscribed to '${shorten(name)}'`);
    }
    let ended = 0;
    for (const subscription of found) {
        const [ok, value] = end(subscription, subscription.number);
        if (!ok) {
            return $multi(false as const, value);
        }
        ended += value;
    }
    return $multi(true as const, ended);
}

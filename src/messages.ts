import { badArgument } from "./arguments";
import { createReceiver } from "./events/receive";
import { unknownEvent, useEvent } from "./events/registry";
import { ErrorNumber, type Stats, SubscriptionKind } from "./native/contract";
import { native } from "./native/handshake";
import type { RawCallback } from "./native/module";
import { createError, failed, type RealtimeError, type Result } from "./result";
import { state } from "./state";
import type { Subscription } from "./subscription";
import { checkId, describe, end, endAll, remember } from "./subscriptions";

/** See Realtime.Publish. */
export function Publish(channel: unknown, message: unknown, callback?: unknown): Result<undefined> {
    if (typeof channel !== "string") {
        badArgument(1, "Publish", "channel", "string", channel);
    }
    if (typeof message !== "string") {
        badArgument(2, "Publish", "message", "string", message);
    }
    if (callback === undefined) {
        const [ok, errorNumber, detail] = native.Publish(channel, message);
        if (ok) {
            return $multi(true as const, undefined);
        }
        return failed(errorNumber, detail);
    }
    if (typeof callback !== "function") {
        badArgument(3, "Publish", "callback", "function", callback);
    }
    const answer = callback as (ok: boolean, value: number | RealtimeError) => void;
    const [ok, errorNumber, detail] = native.Publish(channel, message, (published, value, valueDetail) => {
        if (published) {
            answer(true, value);
        } else {
            answer(false, createError(value, valueDetail));
        }
    });
    if (ok) {
        return $multi(true as const, undefined);
    }
    return failed(errorNumber, detail);
}

/** See Realtime.Subscribe. The module calls the function itself: nothing of ours stands between. */
export function Subscribe(channel: unknown, callback: unknown, id?: unknown): Result<Subscription> {
    if (typeof channel !== "string") {
        badArgument(1, "Subscribe", "channel", "string", channel);
    }
    if (typeof callback !== "function") {
        badArgument(2, "Subscribe", "callback", "function", callback);
    }
    checkId(3, "Subscribe", id);
    const [ok, value, detail] = native.Subscribe(SubscriptionKind.Channel, channel, callback as RawCallback);
    if (!ok) {
        return failed(value, detail);
    }
    return $multi(true as const, remember(describe("channel", channel, value, callback, id)));
}

/** See Realtime.SubscribePattern. */
export function SubscribePattern(pattern: unknown, callback: unknown, id?: unknown): Result<Subscription> {
    if (typeof pattern !== "string") {
        badArgument(1, "SubscribePattern", "pattern", "string", pattern);
    }
    if (typeof callback !== "function") {
        badArgument(2, "SubscribePattern", "callback", "function", callback);
    }
    checkId(3, "SubscribePattern", id);
    const [ok, value, detail] = native.Subscribe(SubscriptionKind.Pattern, pattern, callback as RawCallback);
    if (!ok) {
        return failed(value, detail);
    }
    return $multi(true as const, remember(describe("pattern", pattern, value, callback, id)));
}

/** See Realtime.On. */
export function On(name: unknown, callback: unknown, id?: unknown): Result<Subscription> {
    if (typeof name !== "string") {
        badArgument(1, "On", "name", "string", name);
    }
    if (typeof callback !== "function") {
        badArgument(2, "On", "callback", "function", callback);
    }
    checkId(3, "On", id);
    const event = useEvent(name);
    if (event === undefined) {
        return $multi(false as const, unknownEvent(name));
    }
    if (event.failure !== undefined) {
        return $multi(false as const, event.failure);
    }
    const receiver = createReceiver(event, callback as (event: unknown) => void);
    const [ok, value, detail] = native.SubscribeEvent(event.number, receiver);
    if (!ok) {
        return failed(value, detail);
    }
    return $multi(true as const, remember(describe("event", name, value, callback, id)));
}

/** See Realtime.Unsubscribe. */
export function Unsubscribe(subscription: unknown, callback?: unknown): Result<number> {
    if (callback !== undefined && typeof callback !== "function") {
        badArgument(2, "Unsubscribe", "callback", "function", callback);
    }
    if (typeof subscription === "string") {
        return endAll(subscription, callback);
    }
    if (typeof subscription !== "object") {
        badArgument(1, "Unsubscribe", "subscription", "handle or channel name", subscription);
    }
    const number = rawget(subscription, "number") as unknown;
    if (typeof number !== "number") {
        return failed(
            ErrorNumber.UnknownSubscription,
            "not a handle that Subscribe, SubscribePattern, On or OnStateChange returned",
        );
    }
    return end(subscription as object, number);
}

const MOST_EVENTS = 9007199254740992;
const MOST_MILLISECONDS = 3600000;

/** NaN fails every comparison, and so is within nothing. */
function isWithin(value: unknown, most: number): value is number {
    return typeof value === "number" && value >= 0 && value <= most;
}

/** See Realtime.ProcessEvents. */
export function ProcessEvents(maxEvents?: unknown, maxMilliseconds?: unknown): number {
    if (maxEvents !== undefined && !isWithin(maxEvents, MOST_EVENTS)) {
        badArgument(1, "ProcessEvents", "maxEvents", "number from 0 to 2^53", maxEvents);
    }
    if (maxMilliseconds !== undefined && !isWithin(maxMilliseconds, MOST_MILLISECONDS)) {
        badArgument(2, "ProcessEvents", "maxMilliseconds", "number from 0 to 3600000", maxMilliseconds);
    }
    return native.ProcessEvents(maxEvents, maxMilliseconds);
}

/** See Realtime.GetStats. */
export function GetStats(): Stats {
    const stats: { -readonly [Name in keyof Stats]: Stats[Name] } = native.GetStats();
    stats.refused += state.refused ?? 0;
    return stats;
}

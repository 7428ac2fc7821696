/** @noSelfInFile */
import type { StateName } from "./native/contract";

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

export interface StateListener extends Subscription {
    readonly callback: StateCallback;
    /** The number of changes there had been when it was added: of those it is not told. */
    after: number;
}

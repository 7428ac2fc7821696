// Compiled, never run: `tsc -p tests/types/tsconfig.json --noEmit`.

/** A check of the first value narrows the second. */
export function narrowing(): string {
    const [ok, value] = realtime.Subscribe("c", () => undefined);
    if (ok) {
        return value.name;
    }
    const code: "INVALID_ARGUMENT" | "SHUTTING_DOWN" | undefined =
        value.code === "INVALID_ARGUMENT" || value.code === "SHUTTING_DOWN" ? value.code : undefined;
    // @ts-expect-error: a failure is no subscription
    return value.name ?? code;
}

/** Unchecked, the second value is either of them. */
export function unchecked(): string {
    const [, value] = realtime.Subscribe("c", () => undefined);
    // @ts-expect-error: it may be a failure
    return value.name;
}

/** A Result is two values: neither its whole nor a part of it can be taken for the value. */
export function ignored(): void {
    // @ts-expect-error: the first value is whether it went well
    const subscription: { readonly name: string } = realtime.Subscribe("c", () => undefined);
    // @ts-expect-error: it is no subscription
    realtime.Unsubscribe(realtime.Subscribe("c", () => undefined));
    print(subscription);
}

/** Codes are literals: a misspelled one does not compile. */
export function codes(): boolean {
    const [ok, failure] = realtime.Connect();
    if (ok) {
        return true;
    }
    // @ts-expect-error: there is no such code
    return failure.code === "CONECT_FAILED";
}

export function states(): boolean {
    // @ts-expect-error: there is no such state
    return realtime.GetState() === "conected";
}

export function stats(): number {
    const counters = realtime.GetStats();
    // @ts-expect-error: counters are read-only
    counters.sent = 0;
    // @ts-expect-error: there is no such counter
    return counters.published + counters.lost;
}

import type { NativeEventCallback } from "../native/module";
import type { EventData, EventDefinition } from "./definition";
import type { Coordinates } from "./fields";
import type { RegisteredEvent } from "./registry";

/** An event as a subscriber gets it. */
export interface ReceivedEvent<Name extends string = string, Data = unknown> {
    /** The name it was defined with. */
    readonly name: Name;
    /** Unique: `<instance>-<sequence>` when it was published by this module. */
    readonly id: string;
    /** Which server published it: `/gmod/<server id>`. */
    readonly source: string;
    /** When it was published, as RFC 3339 text in UTC. */
    readonly time: string;
    /** The same in seconds since 1970, to the millisecond. */
    readonly timestamp: number;
    readonly channel: string;
    /** What was published; checked against the definition. */
    readonly data: Data;
}

/** The event of one definition. */
export type EventOf<D extends EventDefinition> = ReceivedEvent<D["name"], EventData<D>>;

/**
 * The one function between the module and a typed subscriber. It answers `false` to what does not fit the definition,
 * which the module counts as invalid, and turns coordinates into Vectors.
 */
export function createReceiver(event: RegisteredEvent, callback: (event: unknown) => void): NativeEventCallback {
    const { checks } = event;
    const names: string[] = [];
    const places: string[] = [];
    for (const field of event.definition.fields) {
        names[names.length] = field.name;
        if (field.type === "vector") {
            places[places.length] = field.name;
        }
    }
    return (received) => {
        if (typeof received.data !== "object") {
            return false;
        }
        const data = received.data as Record<string, unknown>;
        let index = 0;
        for (const check of checks) {
            if (!check(data[names[index] as string])) {
                return false;
            }
            index += 1;
        }
        for (const name of places) {
            const place = data[name];
            if (place !== undefined && !isvector(place)) {
                const { x, y, z } = place as Coordinates;
                data[name] = Vector(x, y, z);
            }
        }
        callback(received);
        return undefined;
    };
}

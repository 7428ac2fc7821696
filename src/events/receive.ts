import type { NativeEventCallback } from "../native/module";
import { type Check, createFieldCheck } from "./check";
import type { EventData, EventDefinition } from "./definition";
import { describeData } from "./problems";
import type { RegisteredEvent } from "./registry";
import { convertPlaces, fieldsWithPlaces } from "./wire";

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

/** The event of one definition. */
export type EventOf<D extends EventDefinition> = ReceivedEvent<D["name"], EventData<D>>;

/**
 * The one function between the module and a typed subscriber. It answers what is wrong with an event that does not fit its
 * definition, which the module then counts and reports, and turns coordinates into Vectors. Fields that the definition
 * does not know are let through: a newer server may send them.
 */
export function createReceiver(event: RegisteredEvent, callback: (event: unknown) => void): NativeEventCallback {
    const { name, fields } = event.definition;
    const places = fieldsWithPlaces(fields);
    const hasPlaces = places.length > 0;
    const names: string[] = [];
    const checks: Check[] = [];
    for (const field of fields) {
        names[names.length] = field.name;
        checks[checks.length] = createFieldCheck(field, false);
    }
    return (received, id, source, time, timestamp, channel, isOwn) => {
        if (typeof received !== "object") {
            return "data: expected table";
        }
        const data = received as Record<string, unknown>;
        let index = 0;
        for (const check of checks) {
            if (!check(data[names[index] as string])) {
                return describeData(fields, data, false);
            }
            index += 1;
        }
        if (hasPlaces) {
            convertPlaces(places, data);
        }
        callback({ name, id, source, time, timestamp, channel, isOwn, data });
        return undefined;
    };
}

/** @noSelfInFile */
import { ErrorNumber } from "../native/contract";
import { native } from "../native/handshake";
import { createError, type Failure, failed, type RealtimeError, type Result } from "../result";
import { state } from "../state";
import { type Check, hasLuaType } from "./check";
import type { EventArguments, EventDefinition } from "./definition";
import type { Field } from "./fields";
import { describeData, describeValues } from "./problems";
import { findDefinition, registerEvent, type RegisteredEvent, unknownEvent, useEvent } from "./registry";
import { toWire } from "./wire";

/** The publish function of an event: one argument for each field. */
export type PublishFunction<D extends EventDefinition> = (...values: EventArguments<D["fields"]>) => Result<undefined>;

/** The caller of the publish function: 1 is `explain`, 2 the publish function. */
const CALLER_OF_CALLER = 3;

/**
 * The slow path of a publish function: something does not fit. A wrong Lua type raises at the line that called the
 * publish function, so this must not be called in tail position. Any other fault comes back as an error. Either names
 * everything that is wrong.
 */
function explain(event: RegisteredEvent, ...given: unknown[]): RealtimeError {
    const values = given as unknown as LuaTable<number, unknown>;
    const { name, fields } = event.definition;
    const problems = describeValues(fields, values);
    let position = 0;
    for (const field of fields) {
        position += 1;
        const value = values.get(position);
        const isLeftOut = value === undefined && field.optional === true;
        if (!isLeftOut && !hasLuaType(field, value)) {
            error(`bad argument #${tostring(position)} to '${name}' (${problems})`, CALLER_OF_CALLER);
        }
    }
    return createError(ErrorNumber.ValidationFailed, problems);
}

/** Answers with an error and counts it, as the module counts what it refuses itself. */
function refused(failure: RealtimeError): Failure {
    state.refused = (state.refused ?? 0) + 1;
    return $multi(false as const, failure);
}

/** Registers an event of two fields. Its publish function makes no table and no closure when all is well. */
export function createPublish2<N extends string, F extends readonly [Field, Field]>(
    definition: EventDefinition<N, F>,
): PublishFunction<EventDefinition<N, F>> {
    const event = registerEvent(definition);
    const { number, failure } = event;
    const [check1, check2] = event.checks as readonly [Check, Check];
    const publishEvent = native.PublishEvent;
    const publish = (value1: unknown, value2: unknown): Result<undefined> => {
        if (!check1(value1) || !check2(value2)) {
            const fault = explain(event, value1, value2);
            return refused(fault);
        }
        if (failure !== undefined) {
            return refused(failure);
        }
        const [ok, errorNumber, detail] = publishEvent(number, value1, value2);
        if (ok) {
            return $multi(true as const, undefined);
        }
        return failed(errorNumber, detail);
    };
    return publish as PublishFunction<EventDefinition<N, F>>;
}

/** The same for three fields. */
export function createPublish3<N extends string, F extends readonly [Field, Field, Field]>(
    definition: EventDefinition<N, F>,
): PublishFunction<EventDefinition<N, F>> {
    const event = registerEvent(definition);
    const { number, failure } = event;
    const [check1, check2, check3] = event.checks as readonly [Check, Check, Check];
    const publishEvent = native.PublishEvent;
    const publish = (value1: unknown, value2: unknown, value3: unknown): Result<undefined> => {
        if (!check1(value1) || !check2(value2) || !check3(value3)) {
            const fault = explain(event, value1, value2, value3);
            return refused(fault);
        }
        if (failure !== undefined) {
            return refused(failure);
        }
        const [ok, errorNumber, detail] = publishEvent(number, value1, value2, value3);
        if (ok) {
            return $multi(true as const, undefined);
        }
        return failed(errorNumber, detail);
    };
    return publish as PublishFunction<EventDefinition<N, F>>;
}

/** Publishes any event by its name, with its data in a table. Nothing here raises, and no metamethod of the data runs. */
export function publishByName(name: string, data: object): Result<undefined> {
    const definition = findDefinition(name);
    if (definition === undefined) {
        return refused(unknownEvent(name));
    }
    const { fields } = definition;
    const problems = describeData(fields, data, true);
    if (problems !== "") {
        return refused(createError(ErrorNumber.ValidationFailed, problems));
    }
    // Not before: what does not fit uses no event, and the server may still define its own.
    const event = useEvent(name);
    if (event === undefined) {
        return refused(unknownEvent(name));
    }
    if (event.failure !== undefined) {
        return refused(event.failure);
    }
    const values: unknown[] = [];
    let count = 0;
    for (const field of fields) {
        values[count] = toWire(field, rawget(data, field.name));
        count += 1;
    }
    const [ok, errorNumber, detail] = native.PublishEvent(event.number, ...unpack(values, 1, count));
    if (ok) {
        return $multi(true as const, undefined);
    }
    return failed(errorNumber, detail);
}

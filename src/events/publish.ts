/** @noSelfInFile */
import { ErrorNumber } from "../native/contract";
import { native } from "../native/handshake";
import { createError, failed, type RealtimeError, type Result } from "../result";
import type { EventArguments, EventDefinition } from "./definition";
import { fieldRuleText, fieldTypeText, hasFieldType, type Field, type FieldCheck } from "./fields";
import { eventNames, findEvent, registerEvent, type RegisteredEvent } from "./registry";

/** The publish function of an event: one argument for each field. */
export type PublishFunction<D extends EventDefinition> = (...values: EventArguments<D["fields"]>) => Result<undefined>;

/** The caller of the publish function: 1 is `explain`, 2 the publish function. */
const CALLER_OF_CALLER = 3;

/** Values by position, from 1; nil where one was left out. */
type Values = LuaTable<number, unknown>;

function isLeftOut(field: Field, value: unknown): boolean {
    return value === undefined && field.optional === true;
}

/** @returns what is wrong with the values of the right Lua type; empty for nothing */
function describeFaults(event: RegisteredEvent, values: Values): string {
    const faults: string[] = [];
    let position = 0;
    for (const check of event.checks) {
        const field = event.definition.fields[position] as Field;
        position += 1;
        const value = values.get(position);
        if (!check(value)) {
            const expected = hasFieldType(field, value) ? fieldRuleText(field) : fieldTypeText(field);
            const got = hasFieldType(field, value) ? "" : `, got ${type(value)}`;
            faults[faults.length] = `${field.name}: ${expected} expected${got}`;
        }
    }
    return table.concat(faults, "; ");
}

/**
 * The slow path of a publish function: something does not fit. A wrong Lua type raises at the line that called the
 * publish function, so this must not be called in tail position. Any other fault comes back as an error that names
 * every field that is wrong.
 */
function explain(event: RegisteredEvent, ...values: unknown[]): RealtimeError {
    const byPosition = values as unknown as Values;
    let position = 0;
    for (const field of event.definition.fields) {
        position += 1;
        const value = byPosition.get(position);
        if (!isLeftOut(field, value) && !hasFieldType(field, value)) {
            error(
                `bad argument #${tostring(position)} to '${event.definition.name}' ` +
                    `(${field.name}: ${fieldTypeText(field)} expected, got ${type(value)})`,
                CALLER_OF_CALLER,
            );
        }
    }
    return createError(ErrorNumber.ValidationFailed, describeFaults(event, byPosition));
}

/** Registers an event of two fields. Its publish function makes no table and no closure when all is well. */
export function createPublish2<N extends string, F extends readonly [Field, Field]>(
    definition: EventDefinition<N, F>,
): PublishFunction<EventDefinition<N, F>> {
    const event = registerEvent(definition);
    const { number, failure } = event;
    const [check1, check2] = event.checks as readonly [FieldCheck, FieldCheck];
    const publishEvent = native.PublishEvent;
    const publish = (value1: unknown, value2: unknown): Result<undefined> => {
        if (!check1(value1) || !check2(value2)) {
            const fault = explain(event, value1, value2);
            return $multi(false as const, fault);
        }
        if (failure !== undefined) {
            return $multi(false as const, failure);
        }
        const [ok, errorNumber, detail] = publishEvent(number, value1, value2);
        if (ok) {
            return $multi(true as const, undefined);
        }
        return failed(errorNumber, detail);
    };
    return publish;
}

/** The same for three fields. */
export function createPublish3<N extends string, F extends readonly [Field, Field, Field]>(
    definition: EventDefinition<N, F>,
): PublishFunction<EventDefinition<N, F>> {
    const event = registerEvent(definition);
    const { number, failure } = event;
    const [check1, check2, check3] = event.checks as readonly [FieldCheck, FieldCheck, FieldCheck];
    const publishEvent = native.PublishEvent;
    const publish = (value1: unknown, value2: unknown, value3: unknown): Result<undefined> => {
        if (!check1(value1) || !check2(value2) || !check3(value3)) {
            const fault = explain(event, value1, value2, value3);
            return $multi(false as const, fault);
        }
        if (failure !== undefined) {
            return $multi(false as const, failure);
        }
        const [ok, errorNumber, detail] = publishEvent(number, value1, value2, value3);
        if (ok) {
            return $multi(true as const, undefined);
        }
        return failed(errorNumber, detail);
    };
    return publish;
}

/** @returns the keys of `data` that are no fields; empty for none */
function describeStrangers(event: RegisteredEvent, data: LuaMap<AnyNotNil, unknown>): string {
    const known = new LuaSet();
    for (const field of event.definition.fields) {
        known.add(field.name);
    }
    const strangers: string[] = [];
    for (const [key] of data) {
        if (!known.has(key)) {
            strangers[strangers.length] = `${tostring(key)}: no such field`;
        }
    }
    table.sort(strangers);
    return table.concat(strangers, "; ");
}

/** Publishes any event by its name, with its data in a table. Nothing here raises. */
export function publishByName(name: string, data: LuaMap<AnyNotNil, unknown>): Result<undefined> {
    const event = findEvent(name);
    if (event === undefined) {
        return failed(ErrorNumber.UnknownEvent, `'${name}'; there are ${eventNames()}`);
    }
    const values: unknown[] = [];
    let count = 0;
    for (const field of event.definition.fields) {
        values[count] = data.get(field.name);
        count += 1;
    }
    const faults = describeFaults(event, values as unknown as Values);
    const strangers = describeStrangers(event, data);
    if (faults !== "" || strangers !== "") {
        const separator = faults !== "" && strangers !== "" ? "; " : "";
        return failed(ErrorNumber.ValidationFailed, `${faults}${separator}${strangers}`);
    }
    if (event.failure !== undefined) {
        return $multi(false as const, event.failure);
    }
    const [ok, errorNumber, detail] = native.PublishEvent(event.number, ...unpack(values, 1, count));
    if (ok) {
        return $multi(true as const, undefined);
    }
    return failed(errorNumber, detail);
}

import { badArgument } from "../arguments";
import { ErrorNumber } from "../native/contract";
import { failed, type Result } from "../result";
import { state } from "../state";
import type { EventDefinition } from "./definition";
import type { Field, FieldType } from "./fields";
import { publishByName } from "./publish";
import { findEvent, registerEvent } from "./registry";

const FIELD_TYPES: Readonly<Record<FieldType, true>> = {
    string: true,
    number: true,
    integer: true,
    boolean: true,
    team: true,
    vector: true,
    json: true,
};

const FIELD_KEYS: Readonly<Record<keyof Field, true>> = { name: true, type: true, optional: true, maxBytes: true };

/** The fields of Lua tables that nobody has checked yet. */
type Unchecked = Readonly<Record<string, unknown>>;

function isName(value: unknown): value is string {
    if (typeof value !== "string") {
        return false;
    }
    const [found] = string.match(value, "^[%a_][%w_]*$");
    return found !== undefined;
}

/** @returns what is wrong with one field of a definition; empty for nothing */
function fieldProblem(value: unknown): string {
    if (typeof value !== "object") {
        return `table with name and type expected, got ${type(value)}`;
    }
    const field = value as Unchecked;
    for (const [key] of pairs(field)) {
        if (!(tostring(key) in FIELD_KEYS)) {
            return `'${tostring(key)}' is no setting of a field; there are name, type, optional, maxBytes`;
        }
    }
    const { name, type: fieldType, optional, maxBytes } = field;
    if (!isName(name)) {
        return "name: letters, digits and _ expected";
    }
    if (typeof fieldType !== "string" || !(fieldType in FIELD_TYPES)) {
        return `${name}: type must be string, number, integer, boolean, team, vector or json`;
    }
    if (optional !== undefined && typeof optional !== "boolean") {
        return `${name}: optional must be true or false`;
    }
    if (maxBytes !== undefined && (typeof maxBytes !== "number" || maxBytes < 1 || maxBytes % 1 !== 0)) {
        return `${name}: maxBytes must be a whole number above 0`;
    }
    return "";
}

/** @returns what is wrong with the fields of a definition; empty for nothing */
function fieldsProblem(fields: readonly unknown[]): string {
    const seen = new LuaSet<string>();
    let position = 0;
    for (const value of fields) {
        position += 1;
        const problem = fieldProblem(value);
        if (problem !== "") {
            return `field ${tostring(position)}: ${problem}`;
        }
        const { name } = value as Field;
        if (seen.has(name)) {
            return `field ${tostring(position)}: ${name} is there twice`;
        }
        seen.add(name);
    }
    return position === 0 ? "fields: at least one expected" : "";
}

function copyFields(fields: readonly Field[]): Field[] {
    const copies: Field[] = [];
    for (const { name, type: fieldType, optional, maxBytes } of fields) {
        const copy: { name: string; type: FieldType; optional?: boolean; maxBytes?: number } = { name, type: fieldType };
        if (optional !== undefined) {
            copy.optional = optional;
        }
        if (maxBytes !== undefined) {
            copy.maxBytes = maxBytes;
        }
        copies[copies.length] = copy;
    }
    return copies;
}

function isSameShape(one: EventDefinition, other: EventDefinition): boolean {
    if (one.channel !== other.channel || one.fields.length !== other.fields.length) {
        return false;
    }
    let index = 0;
    for (const field of one.fields) {
        const twin = other.fields[index] as Field;
        const isSame =
            field.name === twin.name &&
            field.type === twin.type &&
            (field.optional ?? false) === (twin.optional ?? false) &&
            field.maxBytes === twin.maxBytes;
        if (!isSame) {
            return false;
        }
        index += 1;
    }
    return true;
}

/** See Realtime.DefineEvent. */
export function DefineEvent(name: unknown, channel: unknown, fields: unknown): Result<undefined> {
    if (typeof name !== "string") {
        badArgument(1, "DefineEvent", "name", "string", name);
    }
    if (typeof channel !== "string") {
        badArgument(2, "DefineEvent", "channel", "string", channel);
    }
    if (typeof fields !== "object") {
        badArgument(3, "DefineEvent", "fields", "table", fields);
    }
    if (!isName(name)) {
        return failed(ErrorNumber.InvalidArgument, "name: letters, digits and _ expected");
    }
    const problem = fieldsProblem(fields as unknown[]);
    if (problem !== "") {
        return failed(ErrorNumber.InvalidArgument, problem);
    }
    const definition: EventDefinition = { name, channel, fields: copyFields(fields as Field[]) };
    const known = findEvent(name);
    if (known !== undefined && known.failure === undefined) {
        if (isSameShape(known.definition, definition)) {
            return $multi(true as const, undefined);
        }
        return failed(ErrorNumber.EventConflict, name);
    }
    const { failure } = registerEvent(definition);
    if (failure !== undefined) {
        return $multi(false as const, failure);
    }
    state.definitions.set(name, definition);
    return $multi(true as const, undefined);
}

/** See Realtime.Emit. */
export function Emit(name: unknown, data: unknown): Result<undefined> {
    if (typeof name !== "string") {
        badArgument(1, "Emit", "name", "string", name);
    }
    if (typeof data !== "object") {
        badArgument(2, "Emit", "data", "table", data);
    }
    return publishByName(name, data as LuaMap<AnyNotNil, unknown>);
}

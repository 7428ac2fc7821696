import type { Coordinates, Field, Kind } from "./fields";

/** An empty Lua table is an object in JSON; one that says this is written as an array. */
const EMPTY_ARRAY: object = setmetatable({}, { __jsontype: "array" });

/** Whether a value of this kind can hold one of another kind, or is one. */
function canHold(kind: Kind, type: "array" | "vector"): boolean {
    if (kind.type === type) {
        return true;
    }
    if (kind.type === "array") {
        return canHold(kind.items, type);
    }
    if (kind.type === "object") {
        for (const field of kind.fields) {
            if (canHold(field, type)) {
                return true;
            }
        }
    }
    return false;
}

/**
 * A checked value as the module must see it to write it as its kind says. It is the caller's own value, or a copy where
 * something had to be changed.
 */
export function toWire(kind: Kind, value: unknown): unknown {
    if (value === undefined || !canHold(kind, "array")) {
        return value;
    }
    const given = value as object;
    if (kind.type === "array") {
        if (next(given)[0] === undefined) {
            return EMPTY_ARRAY;
        }
        if (!canHold(kind.items, "array")) {
            return value;
        }
        const copies: unknown[] = [];
        let item = rawget(given, 1) as unknown;
        while (item !== undefined) {
            copies[copies.length] = toWire(kind.items, item);
            item = rawget(given, copies.length + 1) as unknown;
        }
        return copies;
    }
    const copy: Record<string, unknown> = {};
    for (const field of (kind as Kind & { readonly type: "object" }).fields) {
        copy[field.name] = toWire(field, rawget(given, field.name));
    }
    return copy;
}

function fromWire(kind: Kind, value: unknown): unknown {
    if (value === undefined || !canHold(kind, "vector")) {
        return value;
    }
    if (kind.type === "vector") {
        const { x, y, z } = value as Coordinates;
        return isvector(value) ? value : Vector(x, y, z);
    }
    if (kind.type === "array") {
        const items = value as unknown[];
        let index = 0;
        for (const item of items) {
            items[index] = fromWire(kind.items, item);
            index += 1;
        }
    } else if (kind.type === "object") {
        convertPlaces(kind.fields, value as Record<string, unknown>);
    }
    return value;
}

/** Turns the coordinates in checked data that has just been decoded, and is nobody else's, into Vectors, in place. */
export function convertPlaces(fields: readonly Field[], data: Record<string, unknown>): void {
    for (const field of fields) {
        data[field.name] = fromWire(field, data[field.name]);
    }
}

/** The fields that convertPlaces has something to do for. */
export function fieldsWithPlaces(fields: readonly Field[]): Field[] {
    const found: Field[] = [];
    for (const field of fields) {
        if (canHold(field, "vector")) {
            found[found.length] = field;
        }
    }
    return found;
}

import { createCheck, hasCoordinates, hasLuaType, isCoordinate, isFinite, lengthOfArray } from "./check";
import { DEFAULT_MAX_BYTES, DEFAULT_MAX_ITEMS, type Field, type Kind } from "./fields";
import { suggestName } from "../nearest";
import { addProblem, joinProblems, type ProblemList } from "../problem_list";
import { shorten } from "../text";
import { unknownKeys } from "../unknown_keys";

/** What was found, as a person would say it: `string "3"`, `number 1.5`, `nil`. */
function describeValue(value: unknown): string {
    if (typeof value === "string") {
        return `string "${shorten(value)}"`;
    }
    if (typeof value === "number" || typeof value === "boolean") {
        return `${type(value)} ${tostring(value)}`;
    }
    return type(value);
}

/** A whole number that is none for us is one that a double may have rounded. */
function describeInteger(value: unknown): string {
    return typeof value === "number" && value % 1 === 0 ? "integer of at most 2^53 - 1 either way" : "integer";
}

/** What a kind wants, completing "expected …". `rule`: the Lua type is right, the value is not. */
function describeKind(kind: Kind, rule: boolean, value?: unknown): string {
    switch (kind.type) {
        case "string":
            return rule ? `string of at most ${tostring(kind.maxBytes ?? DEFAULT_MAX_BYTES)} bytes` : "string";
        case "number":
            return rule ? "finite number" : "number";
        case "integer":
            return describeInteger(value);
        case "boolean":
            return "boolean";
        case "steamId64":
            return "SteamID64 as a string of digits";
        case "team":
            return rule
                ? `${describeInteger(value)} or string of at most ${tostring(kind.maxBytes ?? DEFAULT_MAX_BYTES)} bytes`
                : "string or number";
        case "vector":
            return "Vector";
        case "enum":
            return `one of "${table.concat(kind.values, '", "')}"`;
        case "array":
            return rule ? "array with the keys 1 to n" : "array";
        case "object":
            return "table";
        case "json":
            return "value";
    }
}

/** What is wrong, each with its path. */
interface Problems extends ProblemList {
    /** Entries that the definition does not know are problems as well. */
    readonly strict: boolean;
}

function add(problems: Problems, path: string, text: string): void {
    addProblem(problems, `${path}: ${text}`);
}

function inspectVector(problems: Problems, path: string, value: unknown): void {
    if (!hasCoordinates(value)) {
        add(problems, path, `expected Vector, got ${describeValue(value)}`);
        return;
    }
    for (const axis of ["x", "y", "z"] as const) {
        if (!isCoordinate(value[axis])) {
            const expected = isFinite(value[axis]) ? "number that a Vector can hold" : "finite number";
            add(problems, `${path}.${axis}`, `expected ${expected}, got ${describeValue(value[axis])}`);
        }
    }
}

function inspectArray(problems: Problems, path: string, kind: Kind & { readonly type: "array" }, value: object): void {
    const count = lengthOfArray(value);
    if (count < 0) {
        add(problems, path, `expected ${describeKind(kind, true)}, got table with other keys`);
        return;
    }
    const maxItems = kind.maxItems ?? DEFAULT_MAX_ITEMS;
    if (count > maxItems) {
        add(problems, path, `expected at most ${tostring(maxItems)} items, got ${tostring(count)}`);
        return;
    }
    for (let index = 1; index <= count; index++) {
        inspect(problems, `${path}[${tostring(index)}]`, kind.items, rawget(value, index));
    }
}

function inspectObject(problems: Problems, prefix: string, fields: readonly Field[], value: object): void {
    const names: string[] = [];
    const known = new LuaSet();
    for (const field of fields) {
        names[names.length] = field.name;
        known.add(field.name);
        inspectField(problems, prefix, field, rawget(value, field.name));
    }
    if (!problems.strict) {
        return;
    }
    for (const stranger of unknownKeys(value, known)) {
        add(problems, `${prefix}${stranger}`, `no such field${suggestName(stranger, names)}`);
    }
}

function inspect(problems: Problems, path: string, kind: Kind, value: unknown): void {
    const isRightType = hasLuaType(kind, value);
    if (kind.type === "vector") {
        inspectVector(problems, path, value);
    } else if (isRightType && kind.type === "array") {
        inspectArray(problems, path, kind, value as object);
    } else if (isRightType && kind.type === "object") {
        inspectObject(problems, `${path}.`, kind.fields, value as object);
    } else if (!createCheck(kind, problems.strict)(value)) {
        add(problems, path, `expected ${describeKind(kind, isRightType, value)}, got ${describeValue(value)}`);
    }
}

function inspectField(problems: Problems, prefix: string, field: Field, value: unknown): void {
    if (value !== undefined || field.optional !== true) {
        inspect(problems, `${prefix}${field.name}`, field, value);
    }
}

/** @returns all that is wrong with the data of an event, each problem with its path; empty for nothing */
export function describeData(fields: readonly Field[], data: object, strict: boolean): string {
    const problems: Problems = { found: [], count: 0, strict };
    inspectObject(problems, "", fields, data);
    return joinProblems(problems);
}

/** The same for values by position, from 1. */
export function describeValues(fields: readonly Field[], values: LuaTable<number, unknown>): string {
    const problems: Problems = { found: [], count: 0, strict: true };
    let position = 0;
    for (const field of fields) {
        position += 1;
        inspectField(problems, "", field, values.get(position));
    }
    return joinProblems(problems);
}

import { suggestName } from "../nearest";
import { shorten } from "../text";
import { lengthOfArray } from "./check";
import { DEFAULT_MAX_BYTES, DEFAULT_MAX_ITEMS, type Field, type FieldType, type Kind } from "./fields";

/** What a field may say besides name, type and optional. */
const KEYS_OF_TYPE: Readonly<Record<FieldType, readonly string[]>> = {
    string: ["maxBytes"],
    number: [],
    integer: [],
    boolean: [],
    steamId64: [],
    team: ["maxBytes"],
    vector: [],
    enum: ["values"],
    array: ["items", "maxItems"],
    object: ["fields"],
    json: [],
};

const TYPE_NAMES = [
    "string",
    "number",
    "integer",
    "boolean",
    "steamId64",
    "team",
    "vector",
    "enum",
    "array",
    "object",
    "json",
];

/** Of an event or a field, in bytes. */
export const LONGEST_NAME = 64;

/** Of one list. Each is a value on Lua's stack when the event is published, and nobody needs as many. */
const MOST_FIELDS = 128;

/** Data may be nested no deeper than the JSON codec reads, envelope included; nobody needs as much. */
const DEEPEST = 16;

/** A copy of a definition's part, or what is wrong with it. */
type Copy<T> = LuaMultiReturn<[T, undefined] | [undefined, string]>;

export function isName(value: unknown): value is string {
    if (typeof value !== "string" || value.length > LONGEST_NAME) {
        return false;
    }
    const [found] = string.match(value, "^[%a_][%w_]*$");
    return found !== undefined;
}

function isCount(value: unknown): boolean {
    return typeof value === "number" && value >= 1 && value % 1 === 0 && value - value === 0;
}

function keyProblem(given: object, type: FieldType, isField: boolean): string {
    const known: string[] = isField ? ["name", "type", "optional"] : ["type"];
    for (const key of KEYS_OF_TYPE[type]) {
        known[known.length] = key;
    }
    let key = next(given)[0] as AnyNotNil | undefined;
    while (key !== undefined) {
        let isKnown = false;
        for (const candidate of known) {
            isKnown = isKnown || candidate === key;
        }
        if (!isKnown) {
            return `'${shorten(key)}' is no setting of a field of type ${type}${suggestName(shorten(key), known)}`;
        }
        key = next(given, key)[0] as AnyNotNil | undefined;
    }
    return "";
}

/** @returns the number of entries, 0 for what is no table, or -1 for a table with other keys than 1 to n */
function lengthOfList(value: unknown): number {
    return typeof value === "object" ? lengthOfArray(value as object) : 0;
}

/** What stands beside the list, or behind a hole in it, would be lost without a word. */
function gapsIn(count: number): string {
    return count < 0 ? ", with the keys 1 to n" : "";
}

/** A bound that says what counts anyway is the same as none, so that two definitions can be compared. */
function boundOf(value: unknown, usual: number): unknown {
    return value === usual ? undefined : value;
}

function copyValues(path: string, values: unknown): Copy<string[]> {
    const copies: string[] = [];
    const seen = new LuaSet<string>();
    const count = lengthOfList(values);
    if (count < 1) {
        return $multi(undefined, `${path}: values must be a list of at least one string${gapsIn(count)}`);
    }
    for (let index = 1; index <= count; index++) {
        const value = rawget(values, index) as unknown;
        if (typeof value !== "string" || seen.has(value)) {
            return $multi(undefined, `${path}: values must be different strings`);
        }
        seen.add(value);
        copies[copies.length] = value;
    }
    return $multi(copies, undefined);
}

function copyKind(path: string, given: object, isField: boolean, depth: number): Copy<Kind> {
    const kindType = rawget(given, "type") as unknown;
    const maxBytes = rawget(given, "maxBytes") as unknown;
    const maxItems = rawget(given, "maxItems") as unknown;
    if (typeof kindType !== "string" || !(kindType in KEYS_OF_TYPE)) {
        const hint = typeof kindType === "string" ? suggestName(kindType, TYPE_NAMES) : suggestName("", TYPE_NAMES);
        return $multi(undefined, `${path}: no such type${hint}`);
    }
    const problem = keyProblem(given, kindType as FieldType, isField);
    if (problem !== "") {
        return $multi(undefined, `${path}: ${problem}`);
    }
    if (depth > DEEPEST) {
        return $multi(undefined, `${path}: nested deeper than ${tostring(DEEPEST)} levels`);
    }
    if (maxBytes !== undefined && !isCount(maxBytes)) {
        return $multi(undefined, `${path}: maxBytes must be a whole number above 0`);
    }
    if (maxItems !== undefined && !isCount(maxItems)) {
        return $multi(undefined, `${path}: maxItems must be a whole number above 0`);
    }
    // What is not said stays nil, which in Lua is not there.
    const copy = {
        type: kindType,
        maxBytes: boundOf(maxBytes, DEFAULT_MAX_BYTES),
        maxItems: boundOf(maxItems, DEFAULT_MAX_ITEMS),
    } as Record<string, unknown>;
    if (kindType === "enum") {
        const [copied, fault] = copyValues(path, rawget(given, "values"));
        if (copied === undefined) {
            return $multi(undefined, fault);
        }
        copy["values"] = copied;
    } else if (kindType === "array") {
        const items = rawget(given, "items") as unknown;
        if (typeof items !== "object") {
            return $multi(undefined, `${path}: items must be a table with a type, got ${type(items)}`);
        }
        const [copied, fault] = copyKind(`${path}[]`, items as object, false, depth + 1);
        if (copied === undefined) {
            return $multi(undefined, fault);
        }
        copy["items"] = copied;
    } else if (kindType === "object") {
        const [copied, fault] = copyFields(`${path}.`, rawget(given, "fields"), depth + 1);
        if (copied === undefined) {
            return $multi(undefined, fault);
        }
        copy["fields"] = copied;
    }
    return $multi(copy as unknown as Kind, undefined);
}

function copyField(prefix: string, position: number, given: unknown, depth: number): Copy<Field> {
    const place = `${prefix}${tostring(position)}`;
    if (typeof given !== "object") {
        return $multi(undefined, `field ${place}: expected table with name and type, got ${type(given)}`);
    }
    const name = rawget(given, "name") as unknown;
    const optional = rawget(given, "optional") as unknown;
    if (!isName(name)) {
        return $multi(undefined, `field ${place}: name must be 1 to ${tostring(LONGEST_NAME)} letters, digits and _`);
    }
    const [kind, problem] = copyKind(`${prefix}${name}`, given as object, true, depth);
    if (kind === undefined) {
        return $multi(undefined, problem);
    }
    if (optional !== undefined && typeof optional !== "boolean") {
        return $multi(undefined, `${prefix}${name}: optional must be true or false`);
    }
    const copy = kind as unknown as Record<string, unknown>;
    copy["name"] = name;
    // Only one way to say no, so that two definitions can be compared.
    copy["optional"] = optional === true ? true : undefined;
    return $multi(copy as unknown as Field, undefined);
}

function copyFields(prefix: string, given: unknown, depth: number): Copy<Field[]> {
    const copies: Field[] = [];
    const seen = new LuaSet<string>();
    const count = lengthOfList(given);
    if (count < 1) {
        return $multi(undefined, `${prefix}fields: expected a list of at least one field${gapsIn(count)}`);
    }
    if (count > MOST_FIELDS) {
        return $multi(undefined, `${prefix}fields: expected at most ${tostring(MOST_FIELDS)}, got ${tostring(count)}`);
    }
    for (let index = 1; index <= count; index++) {
        const [copy, problem] = copyField(prefix, index, rawget(given, index), depth);
        if (copy === undefined) {
            return $multi(undefined, problem);
        }
        if (seen.has(copy.name)) {
            return $multi(undefined, `${prefix}${copy.name}: there twice`);
        }
        seen.add(copy.name);
        copies[copies.length] = copy;
    }
    return $multi(copies, undefined);
}

/** Checks the fields of a definition and copies them, so that nobody can change them afterwards. */
export function readFields(given: object): Copy<Field[]> {
    return copyFields("", given, 1);
}

/** Whether two things that readFields made, or parts of them, say the same. */
export function isSameShape(one: unknown, other: unknown): boolean {
    if (typeof one !== "object" || typeof other !== "object") {
        return one === other;
    }
    let [key, value] = next(one);
    while (key !== undefined) {
        if (!isSameShape(value, rawget(other, key as string))) {
            return false;
        }
        [key, value] = next(one, key);
    }
    let otherKey = next(other)[0] as AnyNotNil | undefined;
    while (otherKey !== undefined) {
        if (rawget(one, otherKey) === undefined) {
            return false;
        }
        otherKey = next(other, otherKey)[0] as AnyNotNil | undefined;
    }
    return true;
}

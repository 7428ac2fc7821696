import { DEFAULT_MAX_BYTES, DEFAULT_MAX_ITEMS, type Coordinates, type Field, type Kind } from "./fields";

/** Whether a value fits, type and value. Made once for each field, for the paths where every call counts. */
export type Check = (value: unknown) => boolean;

/**
 * 2^53 - 1, the range that RFC 8259 (section 6) calls interoperable: 2^53 itself is also what 2^53 + 1 becomes in a double, so
 * whoever has it may have lost a digit already.
 */
const LARGEST_EXACT = 9007199254740991;
const LARGEST_FLOAT = 3.4028234663852886e38;

/** U+FFFD in UTF-8, and by how much it is longer than the one byte that it may stand for. */
const REPLACEMENT = string.char(0xef, 0xbf, 0xbd);
const REPLACEMENT_GROWTH = 2;

/**
 * Whether a text is within its bound. On the way in the bytes count that the publisher may have had: what was no UTF-8 became
 * longer on its way, and what was good enough to be published is good enough to arrive.
 */
function isWithin(text: string, maxBytes: number, strict: boolean): boolean {
    if (text.length <= maxBytes) {
        return true;
    }
    if (strict || text.length > maxBytes * (1 + REPLACEMENT_GROWTH)) {
        return false;
    }
    const [, replaced] = string.gsub(text, REPLACEMENT, "");
    return text.length - replaced * REPLACEMENT_GROWTH <= maxBytes;
}

/** NaN and the infinities are the numbers that differ from themselves when subtracted from themselves. */
export function isFinite(value: number): boolean {
    return value - value === 0;
}

/** What a Vector can hold: its coordinates have single precision, and what is larger would become infinite in it. */
export function isCoordinate(value: number): boolean {
    return value >= -LARGEST_FLOAT && value <= LARGEST_FLOAT;
}

export function isInteger(value: number): boolean {
    return value % 1 === 0 && value >= -LARGEST_EXACT && value <= LARGEST_EXACT;
}

/** Up to 20 digits: the largest number of 64 bits has as many. */
export function isSteamId64(value: unknown): boolean {
    if (typeof value !== "string" || value.length > 20) {
        return false;
    }
    const [found] = string.match(value, "^%d+$");
    return found !== undefined;
}

/** Whether it is a Vector, or a table with the three coordinates; metamethods are not asked. */
export function hasCoordinates(value: unknown): value is Coordinates {
    if (isvector(value)) {
        return true;
    }
    return (
        typeof value === "object" &&
        typeof rawget(value, "x") === "number" &&
        typeof rawget(value, "y") === "number" &&
        typeof rawget(value, "z") === "number"
    );
}

export function isPlace(value: unknown): boolean {
    return hasCoordinates(value) && isCoordinate(value.x) && isCoordinate(value.y) && isCoordinate(value.z);
}

/** @returns the number of entries of a table whose keys are 1 to n, or -1 when they are not */
export function lengthOfArray(value: object): number {
    let count = 0;
    let key = next(value)[0] as AnyNotNil | undefined;
    while (key !== undefined) {
        count += 1;
        key = next(value, key)[0] as AnyNotNil | undefined;
    }
    for (let index = 1; index <= count; index++) {
        if (rawget(value, index) === undefined) {
            return -1;
        }
    }
    return count;
}

/** Whether each key of a table is the name of a field. */
function knowsKeys(value: object, known: LuaSet): boolean {
    let key = next(value)[0] as AnyNotNil | undefined;
    while (key !== undefined) {
        if (!known.has(key)) {
            return false;
        }
        key = next(value, key)[0] as AnyNotNil | undefined;
    }
    return true;
}

function createArrayCheck(items: Kind, maxItems: number, strict: boolean): Check {
    const check = createCheck(items, strict);
    return (value) => {
        if (typeof value !== "object") {
            return false;
        }
        const count = lengthOfArray(value as object);
        if (count < 0 || count > maxItems) {
            return false;
        }
        for (let index = 1; index <= count; index++) {
            if (!check(rawget(value, index))) {
                return false;
            }
        }
        return true;
    };
}

function createObjectCheck(fields: readonly Field[], strict: boolean): Check {
    const checks: Check[] = [];
    const names: string[] = [];
    const known = new LuaSet();
    for (const field of fields) {
        checks[checks.length] = createFieldCheck(field, strict);
        names[names.length] = field.name;
        known.add(field.name);
    }
    return (value) => {
        if (typeof value !== "object") {
            return false;
        }
        let index = 0;
        for (const check of checks) {
            if (!check(rawget(value, names[index]))) {
                return false;
            }
            index += 1;
        }
        return !strict || knowsKeys(value as object, known);
    };
}

/** @param strict entries that the definition does not know are wrong as well: true on the way out, false on the way in */
export function createCheck(kind: Kind, strict: boolean): Check {
    switch (kind.type) {
        case "string": {
            const maxBytes = kind.maxBytes ?? DEFAULT_MAX_BYTES;
            return (value) => typeof value === "string" && isWithin(value, maxBytes, strict);
        }
        case "boolean":
            return (value) => typeof value === "boolean";
        case "number":
            return (value) => typeof value === "number" && isFinite(value);
        case "integer":
            return (value) => typeof value === "number" && isInteger(value);
        case "steamId64":
            return isSteamId64;
        case "team": {
            const maxBytes = kind.maxBytes ?? DEFAULT_MAX_BYTES;
            return (value) =>
                typeof value === "string"
                    ? isWithin(value, maxBytes, strict)
                    : typeof value === "number" && isInteger(value);
        }
        case "vector":
            return isPlace;
        case "enum": {
            const values = new LuaSet();
            for (const value of kind.values) {
                values.add(value);
            }
            return (value) => typeof value === "string" && values.has(value);
        }
        case "array":
            return createArrayCheck(kind.items, kind.maxItems ?? DEFAULT_MAX_ITEMS, strict);
        case "object":
            return createObjectCheck(kind.fields, strict);
        case "json":
            return (value) => value !== undefined;
    }
}

/** @returns the check of a field: of its kind, or that it was left out where it may be */
export function createFieldCheck(field: Field, strict: boolean): Check {
    const check = createCheck(field, strict);
    return field.optional === true ? (value) => value === undefined || check(value) : check;
}

/** Whether a value is of the right Lua type, whatever its value. What is not, is the caller's mistake. */
export function hasLuaType(kind: Kind, value: unknown): boolean {
    switch (kind.type) {
        case "string":
        case "steamId64":
        case "enum":
            return typeof value === "string";
        case "boolean":
            return typeof value === "boolean";
        case "number":
        case "integer":
            return typeof value === "number";
        case "team":
            return typeof value === "string" || typeof value === "number";
        case "vector":
            return hasCoordinates(value);
        case "array":
        case "object":
            return typeof value === "object";
        case "json":
            return value !== undefined;
    }
}

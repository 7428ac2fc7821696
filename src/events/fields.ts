/** Anything with three coordinates; a GMod Vector is one. */
export interface Coordinates {
    readonly x: number;
    readonly y: number;
    readonly z: number;
}

/** What a publisher may pass, by field type. */
export interface FieldInputs {
    string: string;
    /** Finite. */
    number: number;
    /** Whole, and exact in a double: at most 2^53 either way. */
    integer: number;
    boolean: boolean;
    /** A team by its number or by its name. */
    team: string | number;
    vector: Coordinates;
    /** Whatever JSON can hold. */
    json: unknown;
}

/** What a subscriber gets, by field type. */
export interface FieldOutputs extends Omit<FieldInputs, "vector"> {
    vector: Vector;
}

export type FieldType = keyof FieldInputs;

/** One field of an event. Fields travel in the order of the definition. */
export interface Field {
    readonly name: string;
    readonly type: FieldType;
    /** May be left out. Default: false. */
    readonly optional?: boolean;
    /** Longest text, in bytes, of a `string` or `team`. Default: 1024. */
    readonly maxBytes?: number;
}

/** Whether a value fits a field. */
export type FieldCheck = (value: unknown) => boolean;

const DEFAULT_MAX_BYTES = 1024;
const LARGEST_EXACT = 9007199254740992;

/** NaN and the infinities are the numbers that differ from themselves when subtracted from themselves. */
function isFinite(value: number): boolean {
    return value - value === 0;
}

function isInteger(value: number): boolean {
    return value % 1 === 0 && value >= -LARGEST_EXACT && value <= LARGEST_EXACT;
}

function hasCoordinates(value: unknown): value is Coordinates {
    if (isvector(value)) {
        return true;
    }
    if (typeof value !== "object") {
        return false;
    }
    const { x, y, z } = value as Partial<Coordinates>;
    return typeof x === "number" && typeof y === "number" && typeof z === "number";
}

function isPlace(value: unknown): boolean {
    return hasCoordinates(value) && isFinite(value.x) && isFinite(value.y) && isFinite(value.z);
}

/** Is it of the right Lua type, whatever its value? What is not, is the caller's mistake. */
export function hasFieldType(field: Field, value: unknown): boolean {
    switch (field.type) {
        case "string":
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
        case "json":
            return value !== undefined;
    }
}

/** The Lua type that a field wants, for messages. */
export function fieldTypeText(field: Field): string {
    switch (field.type) {
        case "integer":
            return "number";
        case "team":
            return "string or number";
        case "vector":
            return "Vector";
        case "json":
            return "value";
        default:
            return field.type;
    }
}

/** What a value of the right Lua type must be besides, for messages. */
export function fieldRuleText(field: Field): string {
    const text = `at most ${tostring(field.maxBytes ?? DEFAULT_MAX_BYTES)} bytes`;
    switch (field.type) {
        case "string":
            return text;
        case "team":
            return `a whole number or ${text}`;
        case "integer":
            return "a whole number";
        case "vector":
            return "three finite numbers";
        default:
            return "a finite number";
    }
}

function createRequiredCheck(field: Field): FieldCheck {
    const maxBytes = field.maxBytes ?? DEFAULT_MAX_BYTES;
    switch (field.type) {
        case "string":
            return (value) => typeof value === "string" && value.length <= maxBytes;
        case "boolean":
            return (value) => typeof value === "boolean";
        case "number":
            return (value) => typeof value === "number" && isFinite(value);
        case "integer":
            return (value) => typeof value === "number" && isInteger(value);
        case "team":
            return (value) =>
                typeof value === "string" ? value.length <= maxBytes : typeof value === "number" && isInteger(value);
        case "vector":
            return isPlace;
        case "json":
            return (value) => value !== undefined;
    }
}

/** @returns a check of type and value, made once, for the paths where every call counts */
export function createFieldCheck(field: Field): FieldCheck {
    const check = createRequiredCheck(field);
    return field.optional === true ? (value) => value === undefined || check(value) : check;
}

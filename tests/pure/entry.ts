/**
 * The pure modules behind one door, for Node.js and for LuaJIT: each function takes texts and tables of JSON, and gives a text.
 */
import { type DotEnvEntry, readDotEnv } from "../../src/config/dotenv";
import { mergeSources } from "../../src/config/merge";
import { type Layer, SETTINGS, setChecked, setFromText, type SettingKey } from "../../src/config/settings";
import type { Source, SourceName } from "../../src/config/sources";
import { setFromUrl } from "../../src/config/url";
import { createFieldCheck } from "../../src/events/check";
import type { Coordinates, Field, Kind } from "../../src/events/fields";
import { describeData } from "../../src/events/problems";
import { isSameShape, readFields } from "../../src/events/shape";
import { convertPlaces, fieldsWithPlaces, toWire } from "../../src/events/wire";
import { nearestName } from "../../src/nearest";
import { createProblemList, joinProblems } from "../../src/problem_list";
import { shorten } from "../../src/text";

/** The settings of a layer in the order of SETTINGS: `host=a port=1`. */
function showLayer(layer: Layer): string {
    const parts: string[] = [];
    for (const { key } of SETTINGS) {
        const value = layer[key];
        if (value !== undefined) {
            parts[parts.length] = `${key}=${tostring(value)}`;
        }
    }
    return table.concat(parts, " ");
}

/** @returns `KEY=value@line` for each entry, sorted; or what is wrong */
export function dotenv(content: string): string {
    const entries = new LuaMap<string, DotEnvEntry>();
    const problems = createProblemList();
    readDotEnv(content, "line", entries, problems);
    if (problems.count > 0) {
        return joinProblems(problems);
    }
    const lines: string[] = [];
    for (const [key, entry] of entries) {
        lines[lines.length] = `${key}=${entry.value}@${tostring(entry.line)}`;
    }
    table.sort(lines);
    return table.concat(lines, " ");
}

export function url(text: string): string {
    const layer: Layer = {};
    const problem = setFromUrl(layer, "url", text);
    return problem === "" ? showLayer(layer) : problem;
}

/** A setting given as a value, as Config gets it. */
export function setting(key: string, value: unknown): string {
    const layer: Layer = {};
    for (const each of SETTINGS) {
        if (each.key === key) {
            const problem = setChecked(layer, each, key, value);
            return problem === "" ? showLayer(layer) : problem;
        }
    }
    return "no such setting";
}

/** A setting given as text, as the environment has it. */
export function variable(name: string, text: string): string {
    const layer: Layer = {};
    for (const each of SETTINGS) {
        if (each.variable === name) {
            const problem = setFromText(layer, each, name, text);
            return problem === "" ? showLayer(layer) : problem;
        }
    }
    return "no such variable";
}

/**
 * Sources, the weakest first: each the name it has, and its settings.
 * @returns the backend, whether anybody chose it, and each setting with its source
 */
export function merge(weakestFirst: readonly (readonly [SourceName, Layer])[]): string {
    const sources: Source[] = [];
    for (const [name, settings] of weakestFirst) {
        const names: Partial<Record<SettingKey, string>> = {};
        for (const [key] of pairs(settings)) {
            // With a URL, the settings beside it are its parts.
            const title = settings.url === undefined || key === "timeout" ? (key as string) : "url";
            names[key as SettingKey] = `${name}'s ${title}`;
        }
        sources[sources.length] = { name, settings, names };
    }
    const [config, problem] = mergeSources(sources);
    if (config === undefined) {
        return problem;
    }
    const parts = [config.configured ? config.backend : `${config.backend} by default`];
    for (const { key } of SETTINGS) {
        const value = config.settings[key];
        if (value !== undefined) {
            parts[parts.length] = `${key}=${tostring(value)} of ${config.sources[key]?.name ?? "nobody"}`;
        }
    }
    return table.concat(parts, ", ");
}

/** All that is wrong with data; the quick check must agree with the long one. */
export function validate(fields: object, data: object, strict: boolean): string {
    const [copies, problem] = readFields(fields);
    if (copies === undefined) {
        return `definition: ${problem}`;
    }
    const problems = describeData(copies, data, strict);
    const whole: Field = { name: "data", type: "object", fields: copies };
    const fits = createFieldCheck(whole, strict)(data);
    return fits === (problems === "") ? problems : `the checks disagree: ${tostring(fits)}, ${problems}`;
}

export function definition(fields: object): string {
    const [copies, problem] = readFields(fields);
    return copies === undefined ? problem : "";
}

/** A definition of so many fields. */
export function wide(count: number): string {
    const fields: object[] = [];
    for (let index = 1; index <= count; index++) {
        fields[fields.length] = { name: `f${tostring(index)}`, type: "json" };
    }
    return definition(fields);
}

/** A definition of arrays in one another: its innermost kind is on that level. */
export function deep(levels: number): string {
    let kind: object = { type: "json" };
    for (let level = levels; level > 2; level--) {
        kind = { type: "array", items: kind };
    }
    return definition([{ name: "a", type: "array", items: kind }]);
}

/** A value for people, its entries sorted: `{1="a", x=[]}`, `[]` being what is written as an empty array. */
function show(value: unknown): string {
    if (isvector(value)) {
        const { x, y, z } = value as Coordinates;
        return `Vector(${tostring(x)}, ${tostring(y)}, ${tostring(z)})`;
    }
    if (typeof value !== "object") {
        return typeof value === "string" ? `"${value}"` : tostring(value);
    }
    const shape = getmetatable(value) as { readonly __jsontype?: string } | undefined;
    if (shape?.__jsontype === "array") {
        return "[]";
    }
    const parts: string[] = [];
    let key = next(value)[0] as string | undefined;
    while (key !== undefined) {
        parts[parts.length] = `${tostring(key)}=${show(rawget(value, key))}`;
        key = next(value, key)[0] as string | undefined;
    }
    table.sort(parts);
    return `{${table.concat(parts, ", ")}}`;
}

/** A value as the module gets it, and whether it is the caller's own. */
export function towire(kind: object, value: unknown): string {
    const written = toWire(kind as Kind, value);
    return `${show(written)} ${written === value ? "own" : "copy"}`;
}

/** Data as a subscriber gets it. */
export function places(fields: object, data: object): string {
    const [copies] = readFields(fields);
    convertPlaces(fieldsWithPlaces(copies as Field[]), data as Record<string, unknown>);
    return show(data);
}

/** The names of the fields that can hold a Vector. */
export function placed(fields: object): string {
    const [copies] = readFields(fields);
    const names: string[] = [];
    for (const { name } of fieldsWithPlaces(copies as Field[])) {
        names[names.length] = name;
    }
    return table.concat(names, " ");
}

/** Whether two definitions are the same. */
export function same(one: object, other: object): string {
    const [first] = readFields(one);
    const [second] = readFields(other);
    return tostring(isSameShape(first, second));
}

export function nearest(name: string, names: readonly string[]): string {
    return nearestName(name, names) ?? "";
}

export function short(value: unknown): string {
    return shorten(value);
}

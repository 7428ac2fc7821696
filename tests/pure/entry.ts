/**
 * The pure modules behind one door, for Node.js and for LuaJIT: each function takes texts and tables of JSON, and gives a text.
 */
import { type DotEnvEntry, readDotEnv } from "../../src/config/dotenv";
import { mergeSources } from "../../src/config/merge";
import { type Layer, SETTINGS, setChecked, setFromText, type SettingKey } from "../../src/config/settings";
import type { Source, SourceName } from "../../src/config/sources";
import { setFromUrl } from "../../src/config/url";
import { createFieldCheck } from "../../src/events/check";
import type { Field } from "../../src/events/fields";
import { describeData } from "../../src/events/problems";
import { isSameShape, readFields } from "../../src/events/shape";
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
            names[key as SettingKey] = `${name}'s ${key as string}`;
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

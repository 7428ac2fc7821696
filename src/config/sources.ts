import { LogLevel } from "../native/contract";
import { native } from "../native/handshake";
import { logLine } from "../log";
import { type DotEnvEntry, readDotEnv } from "./dotenv";
import { type Layer, SETTINGS, setChecked, setFromText } from "./settings";
import { setFromUrl } from "./url";

const DOT_ENV = ".env";
const DOT_ENV_LABEL = "garrysmod/.env";

/** A source's checked settings, or what is wrong with it. */
export type LayerResult = LuaMultiReturn<[Layer, undefined] | [undefined, string]>;

/** Lets the single settings of a source win over the parts of its URL, and host and socket not stand side by side. */
function finish(explicit: Layer, urlLabel: string): LayerResult {
    const layer: Layer = {};
    if (explicit.url !== undefined) {
        const problem = setFromUrl(layer, urlLabel, explicit.url);
        if (problem !== "") {
            return $multi(undefined, problem);
        }
    }
    for (const [key, value] of pairs(explicit)) {
        (layer as Record<string, unknown>)[key as string] = value;
    }
    if (layer.unixSocket !== undefined && (layer.host !== undefined || layer.port !== undefined)) {
        return $multi(undefined, "a unix socket and a host or port exclude each other");
    }
    return $multi(layer, undefined);
}

function settingNames(): string {
    const names: string[] = [];
    for (const setting of SETTINGS) {
        names[names.length] = setting.key;
    }
    return table.concat(names, ", ");
}

/** The settings of Config{…}. */
export function readOptions(options: object): LayerResult {
    const given = options as Readonly<Record<string, unknown>>;
    const known = new LuaSet();
    const explicit: Layer = {};
    for (const setting of SETTINGS) {
        known.add(setting.key);
        const value = given[setting.key];
        if (value !== undefined) {
            const problem = setChecked(explicit, setting, setting.key, value);
            if (problem !== "") {
                return $multi(undefined, problem);
            }
        }
    }
    for (const [key] of pairs(given)) {
        if (!known.has(key)) {
            return $multi(undefined, `'${tostring(key)}': no such setting; there are ${settingNames()}`);
        }
    }
    return finish(explicit, "url");
}

/** The settings of the process environment. */
export function readEnvironment(): LayerResult {
    const explicit: Layer = {};
    for (const setting of SETTINGS) {
        const value = native.GetEnvironment(setting.variable);
        if (value !== undefined) {
            const problem = setFromText(explicit, setting, `${setting.variable} in the environment`, value);
            if (problem !== "") {
                return $multi(undefined, problem);
            }
        }
    }
    return finish(explicit, "REDIS_URL in the environment");
}

let hasWarned = false;

/** Warns once of what looks like ours in .env but is not: most likely a typing error. */
function warnOfStrangers(entries: LuaMap<string, DotEnvEntry>): void {
    if (hasWarned) {
        return;
    }
    hasWarned = true;
    const known = new LuaSet<string>();
    for (const setting of SETTINGS) {
        known.add(setting.variable);
    }
    for (const [key, entry] of entries) {
        const [isOurs] = string.match(key, "^REALTIME_");
        if (isOurs !== undefined && !known.has(key)) {
            logLine(LogLevel.Warn, `${DOT_ENV_LABEL} line ${tostring(entry.line)}: ${key} is no setting of realtime`);
        }
    }
}

/** The settings of garrysmod/.env; none when there is no such file. */
export function readDotEnvFile(): LayerResult {
    const content = file.Read(DOT_ENV, "MOD");
    if (content === undefined) {
        return $multi({}, undefined);
    }
    const entries = new LuaMap<string, DotEnvEntry>();
    const syntaxProblem = readDotEnv(content, entries);
    if (syntaxProblem !== "") {
        return $multi(undefined, `${DOT_ENV_LABEL} ${syntaxProblem}`);
    }
    warnOfStrangers(entries);
    const explicit: Layer = {};
    let urlLabel = "";
    for (const setting of SETTINGS) {
        const entry = entries.get(setting.variable);
        if (entry !== undefined) {
            const label = `${setting.variable} in ${DOT_ENV_LABEL} line ${tostring(entry.line)}`;
            urlLabel = setting.key === "url" ? label : urlLabel;
            const problem = setFromText(explicit, setting, label, entry.value);
            if (problem !== "") {
                return $multi(undefined, problem);
            }
        }
    }
    return finish(explicit, urlLabel);
}

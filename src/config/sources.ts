import { LogLevel } from "../native/contract";
import { native } from "../native/handshake";
import { logLine } from "../log";
import { addProblem, createProblemList, joinProblems, type ProblemList } from "../problem_list";
import { unknownKeys } from "../unknown_keys";
import { type DotEnvEntry, readDotEnv } from "./dotenv";
import { nearestVariable, OTHER_VARIABLES, suggestSetting } from "./setting_names";
import { type Layer, SETTINGS, setChecked, setFromText, type SettingKey } from "./settings";
import { setFromUrl } from "./url";

const DOT_ENV = ".env";
const DOT_ENV_LABEL = "garrysmod/.env";

/** Where a value can come from, strongest first. */
export type SourceName = "Config" | "environment" | ".env" | "default";

/** The checked settings of one source. */
export interface Source {
    readonly name: SourceName;
    readonly settings: Layer;
    /** What the source itself calls each of them: `REDIS_PORT`, or `REDIS_URL` when it is a part of that. */
    readonly names: Partial<Record<SettingKey, string>>;
}

/** A source, or all that is wrong with it. */
export type SourceResult = LuaMultiReturn<[Source, undefined] | [undefined, string]>;

function createSource(name: SourceName): Source {
    return { name, settings: {}, names: {} };
}

/**
 * Lets the single settings of a source win over the parts of its URL, and host and socket not stand side by side.
 * @param problems what was found wrong with the single settings
 */
function finish(explicit: Source, urlLabel: string, problems: ProblemList): SourceResult {
    const source = createSource(explicit.name);
    const { url } = explicit.settings;
    if (url !== undefined) {
        addProblem(problems, setFromUrl(source.settings, urlLabel, url));
        const urlName = explicit.names.url as string;
        for (const [key] of pairs(source.settings)) {
            source.names[key as SettingKey] = urlName;
        }
    }
    for (const [key, value] of pairs(explicit.settings)) {
        (source.settings as Record<string, unknown>)[key as string] = value;
        source.names[key as SettingKey] = explicit.names[key as SettingKey] as string;
    }
    const { unixSocket, host, port } = source.settings;
    if (unixSocket !== undefined && (host !== undefined || port !== undefined)) {
        addProblem(problems, "a unix socket and a host or port exclude each other");
    }
    if (problems.count > 0) {
        return $multi(undefined, joinProblems(problems));
    }
    return $multi(source, undefined);
}

/** The settings of Config{…}. */
export function readOptions(options: object): SourceResult {
    const explicit = createSource("Config");
    const problems = createProblemList();
    const known = new LuaSet();
    for (const setting of SETTINGS) {
        known.add(setting.key);
        const value = rawget(options, setting.key) as unknown;
        if (value !== undefined) {
            addProblem(problems, setChecked(explicit.settings, setting, setting.key, value));
            explicit.names[setting.key] = setting.key;
        }
    }
    let mayList = true;
    for (const stranger of unknownKeys(options, known)) {
        addProblem(problems, `'${stranger}': no such setting${suggestSetting(stranger, mayList)}`);
        mayList = false;
    }
    return finish(explicit, "url", problems);
}

/**
 * What others put into the environment under a name of ours, as a pattern: Docker's links and Kubernetes' services named "redis" set
 * `REDIS_PORT=tcp://10.0.0.1:6379` in every container.
 */
const OTHERS: Readonly<Partial<Record<SettingKey, string>>> = { port: "^tcp://" };

function isOthers(key: SettingKey, value: string): boolean {
    const pattern = OTHERS[key];
    return pattern !== undefined && string.match(value, pattern)[0] !== undefined;
}

/** The settings of the process environment. */
export function readEnvironment(): SourceResult {
    const explicit = createSource("environment");
    const problems = createProblemList();
    for (const setting of SETTINGS) {
        const value = native.GetEnvironment(setting.variable);
        if (value !== undefined && !isOthers(setting.key, value)) {
            const label = `${setting.variable} in the environment`;
            addProblem(problems, setFromText(explicit.settings, setting, label, value));
            explicit.names[setting.key] = setting.variable;
        }
    }
    warnOfOthers();
    return finish(explicit, "REDIS_URL in the environment", problems);
}

/** Variables that were told of: a wrong name is told of once, not with each connection. */
const told = new LuaSet<string>();

function warnOnce(variable: string, place: string, meant: string | undefined): void {
    if (!told.has(variable)) {
        told.add(variable);
        const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
        logLine(LogLevel.Warn, `${place}: ${variable} is no setting of realtime${hint}`);
    }
}

/**
 * Warns of what looks like ours in .env but is not: most likely a typing error. What begins with REDIS_ can well be another
 * program's, so it has to look very much like one of ours.
 */
function warnOfStrangers(entries: LuaMap<string, DotEnvEntry>): void {
    const known = new LuaSet<string>();
    for (const setting of SETTINGS) {
        known.add(setting.variable);
    }
    const strangers: string[] = [];
    for (const [key] of entries) {
        const [isOurs] = string.match(key, "^REALTIME_");
        const [isNear] = string.match(key, "^REDIS_");
        if (!known.has(key) && (isOurs !== undefined || (isNear !== undefined && nearestVariable(key) !== undefined))) {
            strangers[strangers.length] = key;
        }
    }
    // The order of a table's keys differs from run to run.
    table.sort(strangers, (one, other) => lineOf(entries, one) < lineOf(entries, other));
    for (const key of strangers) {
        warnOnce(key, `${DOT_ENV_LABEL} line ${tostring(lineOf(entries, key))}`, nearestVariable(key));
    }
}

function lineOf(entries: LuaMap<string, DotEnvEntry>, key: string): number {
    return entries.get(key)?.line ?? 0;
}

/** The environment cannot be listed; these names are looked for, unless the one that is meant is there as well. */
function warnOfOthers(): void {
    for (const variable of OTHER_VARIABLES) {
        const meant = nearestVariable(variable);
        if (meant !== undefined && native.GetEnvironment(meant) === undefined && native.GetEnvironment(variable) !== undefined) {
            warnOnce(variable, "environment", meant);
        }
    }
}

/** The settings of garrysmod/.env; none when there is no such file. */
export function readDotEnvFile(): SourceResult {
    const explicit = createSource(".env");
    const content = file.Read(DOT_ENV, "MOD");
    if (content === undefined) {
        return $multi(explicit, undefined);
    }
    const entries = new LuaMap<string, DotEnvEntry>();
    const problems = createProblemList();
    readDotEnv(content, `${DOT_ENV_LABEL} line`, entries, problems);
    warnOfStrangers(entries);
    let urlLabel = "";
    for (const setting of SETTINGS) {
        const entry = entries.get(setting.variable);
        if (entry !== undefined) {
            const label = `${setting.variable} in ${DOT_ENV_LABEL} line ${tostring(entry.line)}`;
            urlLabel = setting.key === "url" ? label : urlLabel;
            addProblem(problems, setFromText(explicit.settings, setting, label, entry.value));
            explicit.names[setting.key] = `${setting.variable}, line ${tostring(entry.line)}`;
        }
    }
    return finish(explicit, urlLabel, problems);
}

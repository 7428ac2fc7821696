import { Limit, LOG_LEVEL_NAMES, type LogLevelName } from "../native/contract";
import type { NativeOptions } from "../native/module";
import { state } from "../state";
import { MEMORY, mergeSources, type ResolvedConfig } from "./merge";
import { type Layer, SETTINGS, type SettingKey } from "./settings";
import { readDotEnvFile, readEnvironment, type Source, type SourceName } from "./sources";

const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_PORT = 6379;
const DEFAULT_LOG_LEVEL = "info";
const DEFAULT_CLIENT_NAME = "gmod-realtime";
const HIDDEN = "***";

/** A setting in force, and where it comes from. */
export interface ConfigValue {
    /** `***` for what is secret. */
    readonly value: string | number;
    readonly source: SourceName;
    /** What the source calls it: `port`, `REDIS_PORT`, `REDIS_URL, line 3`. Not there for a default. */
    readonly name?: string;
}

/** The configuration in force, with nothing secret in it. */
export interface ConfigSummary {
    readonly backend: string;
    /** Whether anybody chose a backend or named a server. */
    readonly configured: boolean;
    /** Where the backend is: `127.0.0.1:6379`, `unix:/run/redis.sock`, `in this process`. */
    readonly address: string;
    readonly username?: string;
    readonly hasPassword: boolean;
    readonly database: number;
    /** Seconds. */
    readonly timeout: number;
    /** The CloudEvents source of this server's events. */
    readonly source: string;
    readonly logLevel: LogLevelName;
    /** Every setting in force, by the name that Config{…} has for it, and where its value comes from. */
    readonly settings: Readonly<Partial<Record<SettingKey, ConfigValue>>>;
}

/**
 * Puts the sources together: defaults, .env, environment, Config, each stronger than the one before.
 * @param configured what Config was given
 * @returns the configuration, or all that is wrong with the file and the environment, or what does not go together
 */
export function resolveConfig(
    configured: Source | undefined = state.configured,
): LuaMultiReturn<[ResolvedConfig, undefined] | [undefined, string]> {
    const [fromFile, fileProblem] = readDotEnvFile();
    const [fromEnvironment, environmentProblem] = readEnvironment();
    if (fromFile === undefined) {
        return $multi(undefined, environmentProblem === undefined ? fileProblem : `${fileProblem}; ${environmentProblem}`);
    }
    if (fromEnvironment === undefined) {
        return $multi(undefined, environmentProblem);
    }
    const sources = configured === undefined ? [fromFile, fromEnvironment] : [fromFile, fromEnvironment, configured];
    return mergeSources(sources);
}

function serverIdOf(settings: Layer): string {
    const port = _G.GetConVar?.("hostport")?.GetString();
    return settings.serverId ?? port ?? "server";
}

/** `/gmod/<server id>`, the server id being the game's port unless it was configured. */
function sourceOf(settings: Layer): string {
    return `/gmod/${serverIdOf(settings)}`;
}

function logLevelNumber(name: LogLevelName): number {
    let level = 0;
    let index = 0;
    for (const known of LOG_LEVEL_NAMES) {
        level = known === name ? index : level;
        index += 1;
    }
    return level;
}

/** What the native module wants to know; what nobody configured is left to its defaults. */
export function toNativeOptions({ backend, settings }: ResolvedConfig): NativeOptions {
    const options: NativeOptions = { backend, source: sourceOf(settings) };
    const target = options as Record<string, unknown>;
    for (const [key, value] of pairs(settings)) {
        target[key as string] = value;
    }
    target["url"] = undefined;
    target["serverId"] = undefined;
    options.backend = backend;
    options.logLevel = logLevelNumber(settings.logLevel ?? DEFAULT_LOG_LEVEL);
    return options;
}

function addressOf({ backend, settings }: ResolvedConfig): string {
    if (backend === MEMORY) {
        return "in this process";
    }
    if (settings.unixSocket !== undefined) {
        return `unix:${settings.unixSocket}`;
    }
    const host = settings.host ?? DEFAULT_HOST;
    const [isVersion6] = string.match(host, ":");
    const port = string.format("%d", settings.port ?? DEFAULT_PORT);
    return isVersion6 === undefined ? `${host}:${port}` : `[${host}]:${port}`;
}

/** What is in force where nobody said anything. What has no default, as a password, is not in it. */
function defaultsOf(config: ResolvedConfig): Layer {
    const { backend, settings } = config;
    const defaults: Layer = {
        backend,
        timeout: Limit.DefaultTimeoutSeconds,
        queueMessages: Limit.MaxQueueMessages,
        queueBytes: Limit.MaxQueueBytes,
        maxPayloadBytes: Limit.MaxPayloadBytes,
        serverId: serverIdOf(settings),
        logLevel: DEFAULT_LOG_LEVEL,
    };
    if (backend !== MEMORY) {
        defaults.database = 0;
        defaults.clientName = DEFAULT_CLIENT_NAME;
        if (settings.unixSocket === undefined) {
            defaults.host = DEFAULT_HOST;
            defaults.port = DEFAULT_PORT;
        }
    }
    return defaults;
}

function valuesOf(config: ResolvedConfig): Partial<Record<SettingKey, ConfigValue>> {
    const values: Partial<Record<SettingKey, ConfigValue>> = {};
    const defaults = defaultsOf(config);
    for (const { key, secret } of SETTINGS) {
        const source = config.sources[key];
        const value = config.settings[key];
        const fallback = defaults[key];
        if (value !== undefined && source !== undefined) {
            values[key] = {
                value: secret === true ? HIDDEN : value,
                source: source.name,
                name: source.names[key] as string,
            };
        } else if (fallback !== undefined) {
            values[key] = { value: fallback, source: "default" };
        }
    }
    return values;
}

export function summarize(config: ResolvedConfig): ConfigSummary {
    const { settings } = config;
    const summary: { -readonly [Key in keyof ConfigSummary]: ConfigSummary[Key] } = {
        backend: config.backend,
        configured: config.configured,
        address: addressOf(config),
        hasPassword: settings.password !== undefined,
        database: settings.database ?? 0,
        timeout: settings.timeout ?? Limit.DefaultTimeoutSeconds,
        source: sourceOf(settings),
        logLevel: settings.logLevel ?? DEFAULT_LOG_LEVEL,
        settings: valuesOf(config),
    };
    if (settings.username !== undefined) {
        summary.username = settings.username;
    }
    return summary;
}

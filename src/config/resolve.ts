import { Limit, LOG_LEVEL_NAMES, type LogLevelName } from "../native/contract";
import type { NativeOptions } from "../native/module";
import { state } from "../state";
import { type Layer, SETTINGS, type SettingKey } from "./settings";
import { readDotEnvFile, readEnvironment, type Source, type SourceName } from "./sources";

const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_PORT = 6379;
const DEFAULT_LOG_LEVEL = "info";
const DEFAULT_CLIENT_NAME = "gmod-realtime";
const MEMORY = "memory";
const REDIS = "redis";
const HIDDEN = "***";

/** Each of these says by itself that there is a server to connect to. */
const SERVER_SETTINGS: readonly SettingKey[] = ["host", "port", "password", "url", "unixSocket"];

/** In Lua, to set nil is to remove; `delete` would bring in a piece of JavaScript's runtime. */
type LooseLayer = { [Key in SettingKey]?: Layer[Key] | undefined };

/** A setting in force, and where it comes from. */
export interface ConfigValue {
    /** `***` for what is secret. */
    readonly value: string | number;
    readonly source: SourceName;
    /** What the source calls it: `port`, `REDIS_PORT`, `REDIS_URL, line 3`. Not there for a default. */
    readonly name?: string;
}

/** Settings that came from somewhere else than the defaults. */
export interface ResolvedConfig {
    readonly backend: string;
    /** Somebody chose a backend or named a server. */
    readonly configured: boolean;
    readonly settings: Layer;
    /** Where each of them comes from. */
    readonly sources: Readonly<Partial<Record<SettingKey, Source>>>;
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

/** Lays a stronger source over what weaker ones said. An address is taken over as a whole kind: TCP or unix socket. */
function overlay(target: LooseLayer, sources: Record<string, Source>, stronger: Source): void {
    const { settings } = stronger;
    if (settings.unixSocket !== undefined) {
        target.host = undefined;
        target.port = undefined;
    }
    if (settings.host !== undefined || settings.port !== undefined) {
        target.unixSocket = undefined;
    }
    for (const [key, value] of pairs(settings)) {
        (target as Record<string, unknown>)[key as string] = value;
        sources[key as string] = stronger;
    }
}

/**
 * Puts the sources together: defaults, .env, environment, Config, each stronger than the one before.
 * @param configured what Config was given
 * @returns the configuration, or all that is wrong with the file and the environment
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
    const settings = {} as Layer;
    const sources: Record<string, Source> = {};
    overlay(settings, sources, fromFile);
    overlay(settings, sources, fromEnvironment);
    if (configured !== undefined) {
        overlay(settings, sources, configured);
    }
    let hasServer = false;
    for (const key of SERVER_SETTINGS) {
        hasServer = hasServer || settings[key] !== undefined;
    }
    return $multi(
        {
            backend: settings.backend ?? (hasServer ? REDIS : MEMORY),
            configured: hasServer || settings.backend !== undefined,
            settings,
            sources,
        },
        undefined,
    );
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
    return `${settings.host ?? DEFAULT_HOST}:${string.format("%d", settings.port ?? DEFAULT_PORT)}`;
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

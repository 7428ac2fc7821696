import { LOG_LEVEL_NAMES, type LogLevelName } from "../native/contract";
import type { NativeOptions } from "../native/module";
import { state } from "../state";
import { type Layer, type SettingKey } from "./settings";
import { readDotEnvFile, readEnvironment } from "./sources";

const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_PORT = 6379;
const DEFAULT_TIMEOUT_SECONDS = 5;
const DEFAULT_LOG_LEVEL = "info";
const MEMORY = "memory";
const REDIS = "redis";

/** Each of these says by itself that there is a server to connect to. */
const SERVER_SETTINGS: readonly SettingKey[] = ["host", "port", "password", "url", "unixSocket"];

/** In Lua, to set nil is to remove; `delete` would bring in a piece of JavaScript's runtime. */
type LooseLayer = { [Key in SettingKey]?: Layer[Key] | undefined };

/** Settings that came from somewhere else than the defaults. */
export interface ResolvedConfig {
    readonly backend: string;
    /** Somebody chose a backend or named a server. */
    readonly configured: boolean;
    readonly settings: Layer;
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
}

/** Lays a stronger source over what weaker ones said. An address is taken over as a whole kind: TCP or unix socket. */
function overlay(target: LooseLayer, stronger: Layer): void {
    if (stronger.unixSocket !== undefined) {
        target.host = undefined;
        target.port = undefined;
    }
    if (stronger.host !== undefined || stronger.port !== undefined) {
        target.unixSocket = undefined;
    }
    for (const [key, value] of pairs(stronger)) {
        (target as Record<string, unknown>)[key as string] = value;
    }
}

/**
 * Puts the sources together: defaults, .env, environment, Config, each stronger than the one before.
 * @returns the configuration, or what is wrong with a source
 */
export function resolveConfig(
    configured: Layer = state.configured,
): LuaMultiReturn<[ResolvedConfig, undefined] | [undefined, string]> {
    const [fromFile, fileProblem] = readDotEnvFile();
    if (fromFile === undefined) {
        return $multi(undefined, fileProblem);
    }
    const [fromEnvironment, environmentProblem] = readEnvironment();
    if (fromEnvironment === undefined) {
        return $multi(undefined, environmentProblem);
    }
    const settings = {} as Layer;
    overlay(settings, fromFile);
    overlay(settings, fromEnvironment);
    overlay(settings, configured);
    let hasServer = false;
    for (const key of SERVER_SETTINGS) {
        hasServer = hasServer || settings[key] !== undefined;
    }
    return $multi(
        {
            backend: settings.backend ?? (hasServer ? REDIS : MEMORY),
            configured: hasServer || settings.backend !== undefined,
            settings,
        },
        undefined,
    );
}

/** `/gmod/<server id>`, the server id being the game's port unless it was configured. */
function sourceOf(settings: Layer): string {
    const port = _G.GetConVar?.("hostport")?.GetString();
    return `/gmod/${settings.serverId ?? port ?? "server"}`;
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

export function summarize(config: ResolvedConfig): ConfigSummary {
    const { settings } = config;
    const summary: { -readonly [Key in keyof ConfigSummary]: ConfigSummary[Key] } = {
        backend: config.backend,
        configured: config.configured,
        address: addressOf(config),
        hasPassword: settings.password !== undefined,
        database: settings.database ?? 0,
        timeout: settings.timeout ?? DEFAULT_TIMEOUT_SECONDS,
        source: sourceOf(settings),
        logLevel: settings.logLevel ?? DEFAULT_LOG_LEVEL,
    };
    if (settings.username !== undefined) {
        summary.username = settings.username;
    }
    return summary;
}

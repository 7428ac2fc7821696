import type { Layer, SettingKey } from "./settings";
import type { Source } from "./sources";

export const MEMORY = "memory";
const REDIS = "redis";

/** Each of these says by itself that there is a server to connect to. */
const SERVER_SETTINGS: readonly SettingKey[] = ["host", "port", "username", "password", "url", "unixSocket"];

/** What a URL is about, said or not: it stays together. None of it is filled in from a weaker source, or goes to a stronger one's server. */
const URL_SETTINGS: readonly SettingKey[] = ["host", "port", "unixSocket", "username", "password", "database"];

/** In Lua, to set nil is to remove; `delete` would bring in a piece of JavaScript's runtime. */
type LooseLayer = { [Key in SettingKey]?: Layer[Key] | undefined };

/** Settings that came from somewhere else than the defaults. */
export interface ResolvedConfig {
    readonly backend: string;
    /** Somebody chose a backend or named a server. */
    readonly configured: boolean;
    readonly settings: Layer;
    /** Where each of them comes from. */
    readonly sources: Readonly<Partial<Record<SettingKey, Source>>>;
}

/** Whether a setting is a part of its source's URL. */
function isOfUrl(key: SettingKey, source: Source | undefined): boolean {
    return source?.names.url !== undefined && source.names[key] === source.names.url;
}

/** Lays a stronger source over what weaker ones said. An address is taken over as a whole kind: URL, TCP or unix socket. */
function overlay(target: LooseLayer, sources: Partial<Record<SettingKey, Source>>, stronger: Source): void {
    const { settings } = stronger;
    const isOtherServer = settings.host !== undefined || settings.unixSocket !== undefined;
    for (const key of URL_SETTINGS) {
        if (settings.url !== undefined || (isOtherServer && isOfUrl(key, sources[key]))) {
            target[key] = undefined;
        }
    }
    if (isOtherServer) {
        target.url = undefined;
    }
    if (settings.unixSocket !== undefined) {
        target.host = undefined;
        target.port = undefined;
    }
    if (settings.host !== undefined || settings.port !== undefined) {
        target.unixSocket = undefined;
    }
    for (const [key, value] of pairs(settings)) {
        (target as Record<string, unknown>)[key as string] = value;
        sources[key as SettingKey] = stronger;
    }
}

function hasServer(settings: Layer): boolean {
    for (const key of SERVER_SETTINGS) {
        if (settings[key] !== undefined) {
            return true;
        }
    }
    return false;
}

/** A user name alone is most likely a password in the wrong place, so it is not shown. */
function userProblem({ username, password }: Layer, source: Source | undefined): string {
    if (username === undefined || password !== undefined || source === undefined) {
        return "";
    }
    const name = source.names.username as string;
    const label = source.name === "Config" ? name : `${name} (${source.name})`;
    return `${label}: expected a password beside the user name (a URL with a password alone is redis://:password@host)`;
}

/**
 * Puts sources together.
 * @param weakestFirst each stronger than the one before
 * @returns the configuration, or what in it does not go together
 */
export function mergeSources(
    weakestFirst: readonly Source[],
): LuaMultiReturn<[ResolvedConfig, undefined] | [undefined, string]> {
    const settings: Layer = {};
    const sources: Partial<Record<SettingKey, Source>> = {};
    for (const source of weakestFirst) {
        overlay(settings, sources, source);
    }
    const isServer = hasServer(settings);
    const backend = settings.backend ?? (isServer ? REDIS : MEMORY);
    const problem = userProblem(settings, sources.username);
    if (problem !== "") {
        return $multi(undefined, problem);
    }
    return $multi({ backend, configured: isServer || settings.backend !== undefined, settings, sources }, undefined);
}

import { shorten } from "../text";
import { Limit, LOG_LEVEL_NAMES, type LogLevelName } from "../native/contract";

/** The backends that come with the addon. */
export type BackendName = "redis" | "memory";

/** What Config{…} takes. Everything is optional; what is left out comes from the environment, .env or the default. */
export interface ConfigOptions {
    /** `redis`, or `memory` for the bus inside this process. Default: `redis` as soon as a server is configured, else `memory`. */
    readonly backend?: BackendName;
    /** Name or address of the server, without a port, at most 1024 bytes. Default: 127.0.0.1. */
    readonly host?: string;
    /** 1 to 65535. Default: 6379. */
    readonly port?: number;
    /** For a server with users of its own (ACL), at most 1024 bytes; needs a password beside it. Default: none. */
    readonly username?: string;
    /** At most 1024 bytes, none of them 0; empty is the same as none. Default: none. */
    readonly password?: string;
    /** Number of the logical database, 0 to 1000000. Default: 0. */
    readonly database?: number;
    /** `redis://[user[:password]@]host[:port][/database]` or `unix:///path`; the single settings of the same source, or a stronger one, win over its parts. */
    readonly url?: string;
    /** Path of a unix socket, instead of host and port, at most 1024 bytes. */
    readonly unixSocket?: string;
    /** Seconds, to connect and for an answer, 0.05 to 300. Default: 5. */
    readonly timeout?: number;
    /** How the server's administrator sees this connection: no spaces, at most 1024 bytes. Default: `gmod-realtime`. */
    readonly clientName?: string;
    /** Bound of each queue, in messages, 1 to 1000000. Default: 10000. */
    readonly queueMessages?: number;
    /** Bound of each queue, in bytes, 1 to 1 GiB. Default: 64 MiB. */
    readonly queueBytes?: number;
    /** Longest message that Publish accepts, in bytes, 1 to 64 MiB. A longer one of somebody else is dropped and counted. Default: 1 MiB. */
    readonly maxPayloadBytes?: number;
    /** Names this server in the events it publishes: letters, digits and `- . _ ~`, at most 1024 bytes. Default: its port. */
    readonly serverId?: string;
    /** The least important lines that are still printed: `debug`, `info`, `warn`, `error`. Default: `info`. */
    readonly logLevel?: LogLevelName;
}

export type SettingKey = keyof ConfigOptions;

/** Checked settings of one source. */
export type Layer = { -readonly [Key in SettingKey]?: Key extends "backend" ? string : ConfigOptions[Key] };

/**
 * One setting: where its value comes from and what it must be.
 * @noSelf
 */
export interface Setting {
    readonly key: SettingKey;
    /** Its name in the environment and in .env. */
    readonly variable: string;
    readonly type: "string" | "number";
    /** Completes "expected …". */
    readonly expected: string;
    /** Whether a value of the right type is good. */
    readonly accepts: (value: never) => boolean;
    /** Its value may never be shown. */
    readonly secret?: true;
    /** A value that is refused may not be shown: it may hold a password that belongs elsewhere. */
    readonly hiddenWhenRefused?: true;
}

/** Of any name, path or password, in bytes. */
const LONGEST_TEXT = 1024;
const LEAST_TIMEOUT_SECONDS = Limit.MinTimeoutMs / 1000;

function text(key: SettingKey, variable: string, pattern: string, expected: string): Setting {
    return {
        key,
        variable,
        type: "string",
        expected,
        accepts: (value: string) => {
            const [found] = string.match(value, pattern);
            return found !== undefined && value.length <= LONGEST_TEXT;
        },
    };
}

function whole(key: SettingKey, variable: string, least: number, largest: number): Setting {
    return {
        key,
        variable,
        type: "number",
        expected: `whole number from ${tostring(least)} to ${string.format("%d", largest)}`,
        accepts: (value: number) => value % 1 === 0 && value >= least && value <= largest,
    };
}

function isHost(value: string): boolean {
    const [found] = string.match(value, "^[^%s%c/@]+$");
    // An address of version 6 has two colons at least; one alone is the mark of `host:port`.
    const [withPort] = string.match(value, "^[^:]*:[^:]*$");
    return found !== undefined && withPort === undefined && value.length <= LONGEST_TEXT;
}

function isSocketPath(value: string): boolean {
    const [found] = string.match(value, "^[^%c]+$");
    const [isUrl] = string.match(value, "://");
    return found !== undefined && isUrl === undefined && value.length <= LONGEST_TEXT;
}

function isLogLevel(value: string): boolean {
    for (const name of LOG_LEVEL_NAMES) {
        if (name === value) {
            return true;
        }
    }
    return false;
}

/** Every setting there is, in the order in which problems are reported. */
export const SETTINGS: readonly Setting[] = [
    text("backend", "REALTIME_BACKEND", "^[%w_%-]+$", "name of a backend"),
    {
        key: "url",
        variable: "REDIS_URL",
        type: "string",
        expected: "redis://[user[:password]@]host[:port][/database] or unix:///path",
        // What is wrong with a URL is found, and said without its password, where it is taken apart.
        accepts: () => true,
        secret: true,
    },
    {
        key: "host",
        variable: "REDIS_HOST",
        type: "string",
        expected: "host name or address without a port (a URL goes into url or REDIS_URL)",
        hiddenWhenRefused: true,
        accepts: isHost,
    },
    whole("port", "REDIS_PORT", 1, Limit.MaxPort),
    text("username", "REDIS_USERNAME", "^[^%c]+$", "user name"),
    {
        key: "password",
        variable: "REDIS_PASSWORD",
        type: "string",
        expected: `string of at most ${tostring(LONGEST_TEXT)} bytes`,
        accepts: (value: string) => value.length <= LONGEST_TEXT,
        secret: true,
    },
    whole("database", "REDIS_DATABASE", 0, Limit.MaxDatabase),
    {
        key: "unixSocket",
        variable: "REDIS_SOCKET",
        type: "string",
        expected: "path of a unix socket (a URL goes into url or REDIS_URL)",
        hiddenWhenRefused: true,
        accepts: isSocketPath,
    },
    {
        key: "timeout",
        variable: "REDIS_TIMEOUT",
        type: "number",
        expected: `seconds from ${tostring(LEAST_TIMEOUT_SECONDS)} to ${tostring(Limit.MaxTimeoutSeconds)}`,
        accepts: (value: number) => value >= LEAST_TIMEOUT_SECONDS && value <= Limit.MaxTimeoutSeconds,
    },
    text("clientName", "REDIS_CLIENT_NAME", "^[!-~]+$", "name without spaces"),
    whole("queueMessages", "REALTIME_QUEUE_MESSAGES", 1, Limit.MostQueueMessages),
    whole("queueBytes", "REALTIME_QUEUE_BYTES", 1, Limit.MostQueueBytes),
    whole("maxPayloadBytes", "REALTIME_MAX_PAYLOAD_BYTES", 1, Limit.MostPayloadBytes),
    text("serverId", "REALTIME_SERVER_ID", "^[%w%-%._~]+$", "name of letters, digits and - . _ ~"),
    {
        key: "logLevel",
        variable: "REALTIME_LOG_LEVEL",
        type: "string",
        expected: `one of ${table.concat(LOG_LEVEL_NAMES, ", ")}`,
        accepts: isLogLevel,
    },
];

/** What was found instead, as far as it may be shown. */
function describeValue(isHidden: boolean, value: unknown): string {
    if (isHidden || (typeof value !== "string" && typeof value !== "number")) {
        return type(value);
    }
    if (typeof value === "number") {
        return tostring(value);
    }
    // A URL in the wrong place may hold a password.
    const [isUrl] = string.match(value, "://");
    const [hasUser] = string.match(value, "@");
    if (isUrl !== undefined || hasUser !== undefined) {
        return type(value);
    }
    return `'${shorten(value)}'`;
}

/**
 * Stores a value in a layer after checking it.
 * @param label how the user knows the setting: `port`, or `REDIS_PORT in the environment`
 * @param isHidden whether a value that is refused is kept out of the message
 * @returns what is wrong; empty for nothing
 */
export function setChecked(
    layer: Layer,
    setting: Setting,
    label: string,
    value: unknown,
    isHidden = setting.secret === true || setting.hiddenWhenRefused === true,
): string {
    // An empty password is no password: Redis has none that is empty.
    if (setting.key === "password" && value === "") {
        return "";
    }
    if (type(value) !== setting.type || !setting.accepts(value as never)) {
        return `${label}: expected ${setting.expected}, got ${describeValue(isHidden, value)}`;
    }
    (layer as Record<string, unknown>)[setting.key] = value;
    return "";
}

/** The same for a value that is text in its source. Empty text is the same as no setting at all. */
export function setFromText(
    layer: Layer,
    setting: Setting,
    label: string,
    value: string,
    isHidden?: boolean,
): string {
    if (value === "") {
        return "";
    }
    if (setting.type === "string") {
        return setChecked(layer, setting, label, value, isHidden);
    }
    const [isDecimal] = string.match(value, "^%-?%d*%.?%d+$");
    const number = isDecimal === undefined ? undefined : tonumber(value);
    return setChecked(layer, setting, label, number ?? value, isHidden);
}

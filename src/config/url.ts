import type { Layer } from "./settings";
import { type Setting, SETTINGS, setFromText } from "./settings";

const HEXADECIMAL = 16;

function decodePercent(text: string): string {
    // The string library's own type for gsub leaves out that the replacement may be a function.
    const decode = (hex: string): string => string.char(tonumber(hex, HEXADECIMAL) ?? 0);
    const [decoded] = string.gsub(text, "%%(%x%x)", decode as unknown as string);
    return decoded;
}

function settingOf(key: string): Setting {
    for (const setting of SETTINGS) {
        if (setting.key === key) {
            return setting;
        }
    }
    return SETTINGS[0] as Setting;
}

function setPart(layer: Layer, key: string, label: string, text: string | undefined): string {
    // A part of a URL that was mistyped may be its password.
    return text === undefined ? "" : setFromText(layer, settingOf(key), `${label} (${key})`, text, true);
}

/** @returns what is wrong with `host[:port]`, `[address]:port` included; empty for nothing */
function setAddress(layer: Layer, label: string, address: string): string {
    const [bracketed, afterBracket] = string.match(address, "^%[([^%]]+)%](.*)$");
    const [plain, afterPlain] = string.match(address, "^([^:]*)(.*)$");
    const host = bracketed ?? plain ?? "";
    const rest = (bracketed === undefined ? afterPlain : afterBracket) ?? "";
    const [port] = string.match(rest, "^:(.+)$");
    if (rest !== "" && port === undefined) {
        return `${label}: expected a port after the host`;
    }
    const problem = setPart(layer, "host", label, host === "" ? "127.0.0.1" : host);
    return problem === "" ? setPart(layer, "port", label, port) : problem;
}

/**
 * Takes a URL apart into the settings it stands for. The text of a problem never holds the URL: it may hold a password.
 * @returns what is wrong; empty for nothing
 */
export function setFromUrl(layer: Layer, label: string, url: string): string {
    const [path] = string.match(url, "^unix://(/.+)$");
    if (path !== undefined) {
        return setPart(layer, "unixSocket", label, decodePercent(path));
    }
    const [isTls] = string.match(url, "^rediss://");
    if (isTls !== undefined) {
        return `${label}: expected redis://; connections by TLS (rediss://) are not supported`;
    }
    const [authority, database] = string.match(url, "^redis://([^/%?#]*)/?(%d*)$");
    if (authority === undefined) {
        return `${label}: expected redis://[user[:password]@]host[:port][/database] or unix:///path`;
    }
    const [user, address] = string.match(authority, "^(.*)@([^@]*)$");
    if (user !== undefined) {
        const [name, password] = string.match(user, "^([^:]*):?(.*)$");
        const userProblem = setPart(layer, "username", label, decodePercent(name ?? ""));
        if (userProblem !== "") {
            return userProblem;
        }
        const passwordProblem = setPart(layer, "password", label, decodePercent(password ?? ""));
        if (passwordProblem !== "") {
            return passwordProblem;
        }
    }
    const problem = setAddress(layer, label, address ?? authority);
    return problem === "" ? setPart(layer, "database", label, database) : problem;
}

import { badArgument } from "../arguments";
import { ErrorNumber } from "../native/contract";
import { native, nativeFailure } from "../native/handshake";
import { failed, type Result } from "../result";
import { state } from "../state";
import { type ConfigSummary, resolveConfig, summarize, toNativeOptions } from "./resolve";
import { readOptions, type Source } from "./sources";

/** Hands a configuration to the module, for its next Connect. */
export function applyConfig(configured: Source | undefined = state.configured): Result<undefined> {
    const [config, problem] = resolveConfig(configured);
    if (config === undefined) {
        return failed(ErrorNumber.InvalidConfig, problem);
    }
    const [ok, errorNumber, detail] = native.Configure(toNativeOptions(config));
    if (!ok) {
        return failed(errorNumber, detail);
    }
    return $multi(true as const, undefined);
}

/** Raises at the caller's line when an argument of `Config` or `Connect` is of the wrong Lua type. */
export function checkArguments(
    functionName: string,
    hostOrOptions: unknown,
    port: unknown,
    password: unknown,
    timeout: unknown,
): void {
    if (hostOrOptions !== undefined && typeof hostOrOptions !== "string" && typeof hostOrOptions !== "object") {
        badArgument(1, functionName, "host", "string or table", hostOrOptions, 1);
    }
    if (port !== undefined && typeof port !== "number") {
        badArgument(2, functionName, "port", "number", port, 1);
    }
    if (password !== undefined && typeof password !== "string") {
        badArgument(3, functionName, "password", "string", password, 1);
    }
    if (timeout !== undefined && typeof timeout !== "number") {
        badArgument(4, functionName, "timeout", "number", timeout, 1);
    }
}

/** See Realtime.Config. */
export function Config(
    hostOrOptions?: unknown,
    port?: unknown,
    password?: unknown,
    timeout?: unknown,
): Result<undefined> {
    checkArguments("Config", hostOrOptions, port, password, timeout);
    return configure(hostOrOptions, port, password, timeout);
}

/** Config, with arguments of the right types. */
export function configure(
    hostOrOptions: unknown,
    port: unknown,
    password: unknown,
    timeout: unknown,
): Result<undefined> {
    const options = typeof hostOrOptions === "object" ? hostOrOptions : { host: hostOrOptions, port, password, timeout };
    const [source, problem] = readOptions(options as object);
    if (source === undefined) {
        return failed(ErrorNumber.InvalidConfig, problem);
    }
    const [ok, failure] = applyConfig(source);
    if (!ok) {
        return $multi(false as const, failure);
    }
    state.configured = source;
    return $multi(true as const, undefined);
}

/** See Realtime.GetConfig. */
export function GetConfig(): Result<ConfigSummary> {
    if (nativeFailure !== undefined) {
        return $multi(false as const, nativeFailure);
    }
    const [config, problem] = resolveConfig();
    if (config === undefined) {
        return failed(ErrorNumber.InvalidConfig, problem);
    }
    return $multi(true as const, summarize(config));
}

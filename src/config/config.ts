import { badArgument } from "../arguments";
import { ErrorNumber } from "../native/contract";
import { native, nativeFailure } from "../native/handshake";
import { failed, type Result } from "../result";
import { state } from "../state";
import type { ResolvedConfig } from "./merge";
import { type ConfigSummary, resolveConfig, summarize, toNativeOptions } from "./resolve";
import { readOptions, type Source } from "./sources";

/** Hands a configuration to the module, for its next Connect, and gives it. What the module refuses is no configuration. */
export function applyConfig(configured: Source | undefined = state.configured): Result<ResolvedConfig> {
    const [config, problem] = resolveConfig(configured);
    if (config === undefined) {
        return failed(ErrorNumber.InvalidConfig, problem);
    }
    const [ok, errorNumber, detail] = native.Configure(toNativeOptions(config));
    if (!ok) {
        return failed(errorNumber, detail);
    }
    return $multi(true as const, config);
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
    // What stands beside a table would be lost without a word.
    const beside = typeof hostOrOptions === "object" ? "nothing beside a table" : undefined;
    if (port !== undefined && (beside !== undefined || typeof port !== "number")) {
        badArgument(2, functionName, "port", beside ?? "number", port, 1);
    }
    if (password !== undefined && (beside !== undefined || typeof password !== "string")) {
        badArgument(3, functionName, "password", beside ?? "string", password, 1);
    }
    if (timeout !== undefined && (beside !== undefined || typeof timeout !== "number")) {
        badArgument(4, functionName, "timeout", beside ?? "number", timeout, 1);
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
    const [ok, value] = applyConfig();
    if (!ok) {
        return $multi(false as const, value);
    }
    return $multi(true as const, summarize(value));
}

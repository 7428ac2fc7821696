import { logLine } from "../log";
import { createError, type RealtimeError } from "../result";
import { createAbsentModule } from "./absent";
import { ABI, ErrorNumber, FUNCTION_NAMES, LogLevel, MODULE_NAME, VERSION } from "./contract";
import type { NativeModule } from "./module";

type OpenResult = LuaMultiReturn<[NativeModule, RealtimeError | undefined]>;

/** What the game puts at the end of a binary's name, by system and processor. */
const SUFFIXES = ["win32", "win64", "linux", "linux32", "linux64", "osx", "osx64"];
const BINARY_FOLDER = "garrysmod/lua/bin";
const ADDON_FOLDER = "garrysmod/addons/realtime";

/** The file that this server would load: `gmsv_realtime_core_linux64.dll` and the like. */
function binaryFile(): string {
    const is64 = jit.arch === "x64";
    let suffix = is64 ? "win64" : "win32";
    if (jit.os === "Linux") {
        suffix = is64 ? "linux64" : "linux";
    } else if (jit.os === "OSX") {
        suffix = is64 ? "osx64" : "osx";
    }
    return `gmsv_${MODULE_NAME}_${suffix}.dll`;
}

/** Names a file of ours for another kind of server that lies where this server's own is missing; empty for none. */
function otherBinary(): string {
    for (const suffix of SUFFIXES) {
        const name = `gmsv_${MODULE_NAME}_${suffix}.dll`;
        if (name !== binaryFile() && file.Exists(`lua/bin/${name}`, "MOD")) {
            return ` (${name}, which is there, is for another kind of server)`;
        }
    }
    return "";
}

function missing(): string {
    return `put ${binaryFile()} of release ${VERSION} into ${BINARY_FOLDER} and change the map${otherBinary()}`;
}

/** The first line only, so that the console gets one line for one problem. */
function firstLine(text: unknown): string {
    const [line] = string.match(tostring(text), "^[^\r\n]*");
    return line ?? "";
}

function isLoaded(): boolean {
    return _G.realtime_core !== undefined;
}

/** @returns why the module's table is not there and what to do about it, or an empty text when it is there */
function load(): LuaMultiReturn<[ErrorNumber, string]> {
    if (isLoaded()) {
        return $multi(ErrorNumber.Ok, "");
    }
    const isInstalled = _G.util?.IsBinaryModuleInstalled;
    if (isInstalled !== undefined && !isInstalled(MODULE_NAME)) {
        return $multi(ErrorNumber.BinaryMissing, missing());
    }
    const [ok, failure] = pcall(_G.require, MODULE_NAME);
    if (isLoaded()) {
        return $multi(ErrorNumber.Ok, "");
    }
    if (isInstalled === undefined) {
        return $multi(ErrorNumber.BinaryMissing, missing());
    }
    const reason = ok ? "it published nothing" : firstLine(failure);
    return $multi(
        ErrorNumber.BinaryBroken,
        `replace ${BINARY_FOLDER}/${binaryFile()} by that of release ${VERSION}, built for this system (${reason})`,
    );
}

/** @returns an empty string when module and bundle belong together, else which one to replace */
function compare(module: NativeModule): string {
    const versions =
        `the binary is ${tostring(module.VERSION)} (ABI ${tostring(module.ABI)}, ${tostring(module.PLATFORM)}), ` +
        `the Lua addon is ${VERSION} (ABI ${tostring(ABI)})`;
    const replaceBinary = `${versions}; replace ${BINARY_FOLDER}/${binaryFile()} by that of release ${VERSION}`;
    if (module.ABI !== ABI) {
        const isNewer = typeof module.ABI === "number" && module.ABI > ABI;
        return isNewer
            ? `${versions}; replace ${ADDON_FOLDER} by that of release ${tostring(module.VERSION)}`
            : replaceBinary;
    }
    for (const name of FUNCTION_NAMES) {
        if (typeof (module as unknown as Record<string, unknown>)[name] !== "function") {
            return `${replaceBinary}: it lacks ${name}`;
        }
    }
    return "";
}

function refuse(errorNumber: ErrorNumber, detail: string): OpenResult {
    const failure = createError(errorNumber, detail);
    logLine(LogLevel.Error, failure.message);
    return $multi(createAbsentModule(errorNumber, detail), failure);
}

/** Loads and checks the binary module; what cannot be used costs one line in the console and nothing else. */
function openNative(): OpenResult {
    const [problem, remedy] = load();
    if (problem !== ErrorNumber.Ok) {
        return refuse(problem, remedy);
    }
    const module = _G.realtime_core as NativeModule;
    const mismatch =
        typeof module === "object" ? compare(module) : `the global ${MODULE_NAME} is not the module's table`;
    if (mismatch !== "") {
        return refuse(ErrorNumber.BinaryMismatch, mismatch);
    }
    return $multi(module, undefined);
}

const [module, failure] = openNative();

/** The binary module, or what stands in for it. */
export const native: NativeModule = module;

/** Why the binary module cannot be used; undefined when it can. */
export const nativeFailure: RealtimeError | undefined = failure;

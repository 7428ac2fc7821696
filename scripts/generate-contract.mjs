// Writes what both languages must agree on, from contract/native.json and the version in package.json:
//   build/generated/realtime/contract.h   for native/
//   src/native/contract.ts                for src/
// A file is written only when its content changes, so that a build system sees no new time stamp for nothing.
// With --check nothing is written; the exit code says whether both are up to date.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const contract = JSON.parse(readFileSync(join(root, "contract/native.json"), "utf8"));
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

const notice = "Generated from contract/native.json by scripts/generate-contract.mjs. Change the source, not this file.";

/** `NOT_CONNECTED`, `notConnected` and `not_connected` all become `NotConnected`. */
const pascal = (name) =>
    (/^[A-Z0-9_]+$/.test(name) ? name.toLowerCase() : name).replace(/(?:^|_)([a-z0-9])/g, (_, c) => c.toUpperCase());

/** A literal that C++ and TypeScript read alike; the texts of the contract are plain ASCII. */
const quote = (text) => {
    if (!/^[\x20-\x7e]*$/.test(text)) {
        throw new Error(`contract/native.json: not plain ASCII: ${text}`);
    }
    return JSON.stringify(text);
};

const lines = (items, render) => items.map(render).join("\n");

const arity = ({ args }) => {
    const open = args.some((name) => name.endsWith("…"));
    const optional = args.filter((name) => name.endsWith("?") || name.endsWith("…")).length;
    return { min: args.length - optional, max: open ? -1 : args.length };
};

const cppEnum = (name, doc, items) => `/// ${doc}
enum class ${name} : int {
${lines(items, (item, index) => `    k${pascal(item)} = ${index},`)}
};`;

const cppSwitch = (type, result, parameter, items, value) => `    switch (${parameter}) {
${lines(items, (item) => `        case ${type}::k${pascal(item.name ?? item)}:\n            return ${value(item)};`)}
    }
    return ${result};`;

const errorInfo = (error) => `ErrorInfo{${quote(error.name)}, ${quote(error.message)}, ${quote(error.remedy)}}`;

const limits = Object.entries(contract.limits);
const functions = Object.entries(contract.functions);

const header = `// ${notice}
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace realtime {

/// The number that module and Lua bundle must share.
constexpr int kAbi = ${contract.abi};
/// The module's name for Lua's require, and the name of its global table.
constexpr const char* kModuleName = ${quote(contract.module)};
/// The release, from package.json.
constexpr const char* kVersion = ${quote(version)};

${cppEnum(
    "ErrorCode",
    "Why something was refused. The numbers travel to Lua.",
    contract.errors.map((error) => error.name),
)}

constexpr std::size_t kErrorCount = ${contract.errors.length};

/// Name and text of an error code, and what to do about it; all are literals and live for ever.
struct ErrorInfo {
    const char* name;
    const char* message;
    const char* remedy;
};

constexpr ErrorInfo ErrorInfoOf(ErrorCode code) {
${cppSwitch("ErrorCode", errorInfo(contract.errors.at(-1)), "code", contract.errors, errorInfo)}
}

${cppEnum("State", "Where the connection is.", contract.states)}

constexpr const char* StateName(State state) {
${cppSwitch("State", '"unknown"', "state", contract.states, quote)}
}

${cppEnum("LogLevel", "How much a log line matters, least first.", contract.logLevels)}

${cppEnum("SubscriptionKind", "What the name of a raw subscription means.", contract.subscriptionKinds)}

/// The environment variables that Lua may read begin with one of these.
constexpr std::array<const char*, ${contract.environmentPrefixes.length}> kEnvironmentPrefixes{{${contract.environmentPrefixes.map(quote).join(", ")}}};

namespace limits {

${lines(limits, ([name, limit]) => `/// ${limit.doc} (${limit.unit})\nconstexpr std::int64_t k${pascal(name)} = ${limit.value};`)}

}  // namespace limits

/// The counters that GetStats shows, in the order of the contract.
struct StatsValues {
${lines(contract.stats, (stat) => `    std::uint64_t ${stat.name} = 0;  ///< ${stat.doc}`)}
};

constexpr std::size_t kStatCount = ${contract.stats.length};

/// Calls \`visit(name, value)\` for each counter in order.
template <class Visitor>
void ForEachStat(const StatsValues& stats, Visitor&& visit) {
${lines(contract.stats, (stat) => `    visit(${quote(stat.name)}, stats.${stat.name});`)}
}

/// A function of the module's table. \`max_args\` is kAnyArgs when there is no upper bound.
struct FunctionInfo {
    const char* name;
    int min_args;
    int max_args;
};

constexpr int kAnyArgs = -1;

constexpr std::array<FunctionInfo, ${functions.length}> kFunctions{{
${lines(functions, ([name, signature]) => {
    const { min, max } = arity(signature);
    return `    {${quote(name)}, ${min}, ${max < 0 ? "kAnyArgs" : max}},`;
})}
}};

}  // namespace realtime
`;

const union = (items) => items.map(quote).join(" | ");

const tsConstEnum = (name, doc, items) => `/** ${doc} */
export const enum ${name} {
${lines(items, (item, index) => `    ${pascal(item)} = ${index},`)}
}`;

const list = (items) => `[\n${lines(items, (item) => `    ${quote(item)},`)}\n]`;

const typescript = `// ${notice}

/** The number that module and bundle must share. */
export const ABI = ${contract.abi};

/** The module's name for require, and the name of its global table. */
export const MODULE_NAME = ${quote(contract.module)};

/** The release, from package.json. */
export const VERSION = ${quote(version)};

/** Why something was refused. */
export type ErrorCode =
${lines(
    contract.errors.filter((error) => error.name !== "OK"),
    (error) => `    | ${quote(error.name)}`,
)};

/** The numbers by which the module names its error codes. */
export const enum ErrorNumber {
${lines(contract.errors, (error, index) => `    ${pascal(error.name)} = ${index},`)}
}

/** Error names by number, from 0 (\`OK\`). */
export const ERROR_NAMES: readonly (ErrorCode | "OK")[] = ${list(contract.errors.map((error) => error.name))};

/** Error texts by number, from 0. */
export const ERROR_MESSAGES: readonly string[] = ${list(contract.errors.map((error) => error.message))};

/** What to do about an error, by number, from 0. */
export const ERROR_REMEDIES: readonly string[] = ${list(contract.errors.map((error) => error.remedy))};

/** Where the connection is. */
export type StateName = ${union(contract.states)};

${tsConstEnum("StateNumber", "The numbers by which the module names its states.", contract.states)}

/** State names by number. */
export const STATE_NAMES: readonly StateName[] = ${list(contract.states)};

/** How much a log line matters. */
export type LogLevelName = ${union(contract.logLevels)};

${tsConstEnum("LogLevel", "The numbers by which the module names its log levels, least first.", contract.logLevels)}

/** Log level names by number. */
export const LOG_LEVEL_NAMES: readonly LogLevelName[] = ${list(contract.logLevels)};

${tsConstEnum("SubscriptionKind", "What the name of a raw subscription means.", contract.subscriptionKinds)}

/** Limits that both sides keep to. */
export const enum Limit {
${lines(limits, ([name, limit]) => `    /** ${limit.doc} (${limit.unit}) */\n    ${pascal(name)} = ${limit.value},`)}
}

/** The counters of GetStats. */
export interface Stats {
${lines(contract.stats, (stat) => `    /** ${stat.doc} */\n    readonly ${stat.name}: number;`)}
}

/** The names of the counters, in the order of the contract. */
export const STAT_NAMES: readonly (keyof Stats)[] = ${list(contract.stats.map((stat) => stat.name))};

/** Every function that the module's table must have. */
export const FUNCTION_NAMES: readonly string[] = ${list(functions.map(([name]) => name))};
`;

/** @returns the file's text, or undefined when there is none */
function readIfThere(file) {
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        if (error.code === "ENOENT") {
            return undefined;
        }
        throw error;
    }
}

const checkOnly = process.argv.includes("--check");

for (const [path, content] of [
    ["build/generated/realtime/contract.h", header],
    ["src/native/contract.ts", typescript],
]) {
    const file = join(root, path);
    if (readIfThere(file) === content) {
        continue;
    }
    if (checkOnly) {
        console.error(`${path} is not what contract/native.json says: run npm run generate`);
        process.exitCode = 1;
        continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    console.log(`wrote ${path}`);
}

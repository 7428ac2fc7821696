import { ERROR_MESSAGES, ERROR_NAMES, ERROR_REMEDIES, ErrorNumber, type ErrorCode } from "./native/contract";

export type { ErrorCode };

/** Why something was refused. `tostring(err)` is a sentence. */
export interface RealtimeError {
    /** A name that never changes; compare with this. */
    readonly code: ErrorCode;
    /** What happened, for people. It never holds a secret. */
    readonly message: string;
    /** What to do about it, for people. */
    readonly remedy: string;
}

/**
 * How every function here answers: `true, value` or `false, err`.
 * Take both apart at once, `const [ok, value] = realtime.Subscribe(…)`, and a check of the first narrows the second.
 */
export type Result<T> = LuaMultiReturn<[true, T] | [false, RealtimeError]>;

/** The `false, err` half of a Result. */
export type Failure = LuaMultiReturn<[false, RealtimeError]>;

/** "The server cannot be reached: 127.0.0.1:6379 (CONNECT_FAILED)." */
function toSentence({ code, message }: RealtimeError): string {
    return `${string.upper(string.sub(message, 1, 1))}${string.sub(message, 2)} (${code}).`;
}

const metatable = { __tostring: toSentence };

/**
 * @param errorNumber as the native module counts its errors
 * @param detail a readable addition; empty for none
 */
export function createError(errorNumber: ErrorNumber, detail?: string): RealtimeError {
    const known = errorNumber > ErrorNumber.Ok && errorNumber < ERROR_NAMES.length;
    const index = known ? errorNumber : ErrorNumber.Internal;
    const text = ERROR_MESSAGES[index] ?? "";
    return setmetatable(
        {
            code: ERROR_NAMES[index] as ErrorCode,
            message: detail === undefined || detail === "" ? text : `${text}: ${detail}`,
            remedy: ERROR_REMEDIES[index] ?? "",
        },
        metatable,
    );
}

/** `return failed(…)` is the one way out of a function that refuses. */
export function failed(errorNumber: ErrorNumber, detail?: string): Failure {
    return $multi(false as const, createError(errorNumber, detail));
}

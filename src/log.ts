import { LogLevel } from "./native/contract";

const PREFIX = "[realtime]";

/** Prints one line. What the module logs names its backend by itself: `[realtime] [Warn] [Redis] …`. */
export function logLine(level: LogLevel, text: string): void {
    let tag = "";
    if (level === LogLevel.Error) {
        tag = "[Error] ";
    } else if (level === LogLevel.Warn) {
        tag = "[Warn] ";
    }
    print(`${PREFIX} ${tag}${text}`);
}

/**
 * Reports a Lua error the way the engine does: red, with a stack, and seen by error trackers. Never raises.
 * As a message handler it runs while the stack of the failing callback still stands.
 */
export function reportError(message: unknown): void {
    const text = `${PREFIX} [Error] ${tostring(message)}`;
    if (_G.ErrorNoHaltWithStack !== undefined) {
        _G.ErrorNoHaltWithStack(text);
    } else {
        ErrorNoHalt(`${text}\n`);
    }
}

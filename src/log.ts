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

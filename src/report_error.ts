import { mayReport } from "./error_limiter";

/**
 * Reports a Lua error the way the engine does: red, with a stack, and seen by error trackers. Never raises.
 * As a message handler it runs while the stack of the failing callback still stands. An error that comes again and again is
 * reported a few times a minute and then summed up: a console that is flooded with stacks costs the frames, too.
 */
export function reportError(message: unknown): void {
    const what = tostring(message);
    if (!mayReport(what)) {
        return;
    }
    const text = `[realtime] [Error] ${what}`;
    if (_G.ErrorNoHaltWithStack !== undefined) {
        _G.ErrorNoHaltWithStack(text);
    } else {
        ErrorNoHalt(`${text}\n`);
    }
}

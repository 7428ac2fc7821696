import { tellHeldBack } from "../error_limiter";
import { reportError } from "../report_error";
import { native } from "../native/handshake";

const ID = "realtime.ProcessEvents";
const HOOK = "Think";

/** The one of the two that drained last, while the other's turn of the same frame is still to come. */
let drainedBy: "hook" | "timer" | undefined;
let lastReported: string | undefined;

/** Delivers what arrived. An error that gets this far is reported once, not every frame, and never goes on. */
function drain(): void {
    tellHeldBack();
    const [ok, failure] = pcall(native.ProcessEvents);
    if (ok) {
        return;
    }
    const text = tostring(failure);
    if (text !== lastReported) {
        lastReported = text;
        reportError(text);
    }
}

/**
 * Hook and timer both run once a frame, in an order that is the engine's own; one of them may be missing for a while
 * (Think in a hibernating server, either when another addon removed it). Whoever comes first drains, the other one skips one
 * turn. No clock is asked: the engine's stand still while the server hibernates.
 */
function isOthersFrame(me: "hook" | "timer"): boolean {
    if (drainedBy === undefined || drainedBy === me) {
        drainedBy = me;
        return false;
    }
    drainedBy = undefined;
    return true;
}

function isHooked(): boolean {
    const hooks = hook.GetTable() as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
    return hooks[HOOK]?.[ID] !== undefined;
}

function onThink(): void {
    if (!timer.Exists(ID)) {
        createTimer();
    }
    if (!isOthersFrame("hook")) {
        drain();
    }
}

function onTimer(): void {
    if (!isHooked()) {
        createHook();
    }
    if (!isOthersFrame("timer")) {
        drain();
    }
}

function createHook(): void {
    hook.Add(HOOK, ID, onThink);
}

function createTimer(): void {
    timer.Create(ID, 0, 0, onTimer);
}

/** Starts draining every frame. Run again after Lua's auto-refresh, it replaces what was there. */
export function startDriver(): void {
    createHook();
    createTimer();
}

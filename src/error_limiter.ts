import { LogLevel } from "./native/contract";
import { logLine } from "./log";

/** How long, in seconds, what was reported often enough is only counted. */
const PAUSE = 60;
/** Reports of one text in a pause. */
const MOST_OF_ONE = 10;
/** Reports in a pause, whatever their text: it may be a different one each time. */
const MOST_OF_ALL = 100;

/** How often each text was reported in this pause. */
let shown = new LuaMap<string, number>();
let shownOfAll = 0;
/** How often each text came again without being reported. A text that was never reported is counted in `others` alone. */
let repeats = new LuaMap<string, number>();
let others = 0;
let isSilent = false;
/** By SysTime. */
let until = 0;

function isOver(now: number): boolean {
    // A clock that was set back ends the pause as well: it must not last until the old time comes again.
    return now >= until || now < until - PAUSE;
}

function begin(now: number): void {
    const [told, left] = [repeats, others];
    shown = new LuaMap<string, number>();
    repeats = new LuaMap<string, number>();
    shownOfAll = 0;
    others = 0;
    isSilent = false;
    until = now + PAUSE;
    for (const [text, count] of told) {
        logLine(LogLevel.Error, `${text} … repeated ${tostring(count)} ${count === 1 ? "time" : "times"}`);
    }
    if (left > 0) {
        logLine(LogLevel.Error, `${tostring(left)} more errors in callbacks were not shown`);
    }
}

/** Whether to report an error of this text now. What is not reported is summed up later. */
export function mayReport(text: string): boolean {
    const now = SysTime();
    if (isOver(now)) {
        begin(now);
    }
    const times = shown.get(text) ?? 0;
    if (times < MOST_OF_ONE && shownOfAll < MOST_OF_ALL) {
        shown.set(text, times + 1);
        shownOfAll++;
        return true;
    }
    isSilent = true;
    if (times > 0) {
        repeats.set(text, (repeats.get(text) ?? 0) + 1);
    } else {
        others++;
    }
    return false;
}

/** Sums up what was held back, when its time has come. Cheap in every frame in which nothing was. */
export function tellHeldBack(): void {
    if (isSilent) {
        const now = SysTime();
        if (isOver(now)) {
            begin(now);
        }
    }
}

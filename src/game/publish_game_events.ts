import { badArgument } from "../arguments";
import { lengthOfArray } from "../events/check";
import { findGameEvent } from "../events/game_events";
import { publishByName } from "../events/publish";
import { conflictOf, ownedChannel, useEvent } from "../events/registry";
import { logLine } from "../log";
import { reportError } from "../report_error";
import { ErrorNumber, LogLevel } from "../native/contract";
import { nativeFailure } from "../native/handshake";
import { suggestName } from "../nearest";
import { shorten } from "../text";
import { type ErrorCode, failed, type Result } from "../result";
import { type GameEventName, type GameName, type Watcher, watchers } from "./watchers";

/** Which of the game's own events PublishGameEvents publishes. What is left out is chosen by the running gamemode. */
export interface GameEventOptions {
    /** Joining, leaving, chat, spawns, deaths, damage, teams, characters of the game, the map. Default: true. */
    readonly base?: boolean;
    /** The rounds of Trouble in Terrorist Town. Default: whether that is what runs. */
    readonly ttt?: boolean;
    /** Arrests, wanted players, money and jobs of DarkRP. Default: whether that is what runs. */
    readonly darkrp?: boolean;
    /** Names of events that are not published all the same. */
    readonly except?: readonly GameEventName[];
}

type Choice = Readonly<Record<GameName, boolean>>;

const ID = "realtime.PublishGameEvents";
const KEYS = ["base", "ttt", "darkrp", "except"];

/** Why an event was not published that has nothing to do with it: the next one will not be either. */
const OF_ALL_EVENTS = new LuaSet<ErrorCode>();
OF_ALL_EVENTS.add("NOT_CONNECTED");
OF_ALL_EVENTS.add("QUEUE_FULL");
OF_ALL_EVENTS.add("SHUTTING_DOWN");

/** What was said, once each, since a hook runs often: such a code, or an event and a code of its own. */
const told = new LuaSet<string>();

function publish(watcher: Watcher, ...values: unknown[]): void {
    const data = watcher.read(...(values as never[]));
    if (data === undefined) {
        return;
    }
    const [ok, failure] = publishByName(watcher.event, data);
    if (ok) {
        return;
    }
    const { code } = failure;
    const key = OF_ALL_EVENTS.has(code) ? code : `${watcher.event} ${code}`;
    if (told.has(key)) {
        return;
    }
    told.add(key);
    if (key === code) {
        logLine(LogLevel.Warn, `The game's events are not published: ${tostring(failure)} This is said once.`);
    } else {
        logLine(LogLevel.Warn, `${watcher.event} was not published: ${tostring(failure)} This is said once.`);
    }
}

/** A hook's function gives nothing back, or it would end the chain, and never raises, or it would end the frame. */
function watch(watcher: Watcher): void {
    if (watcher.listens === true) {
        gameevent.Listen(watcher.hook);
    }
    hook.Add(watcher.hook, ID, (...values: unknown[]) => {
        xpcall(publish, reportError, watcher, ...values);
    });
}

/** @returns what is wrong with the options; empty for nothing */
function optionsProblem(options: object): string {
    let key = next(options)[0] as AnyNotNil | undefined;
    while (key !== undefined) {
        const value = rawget(options, key) as unknown;
        if (key === "base" || key === "ttt" || key === "darkrp") {
            if (typeof value !== "boolean") {
                return `${key}: expected boolean, got ${type(value)}`;
            }
        } else if (key !== "except") {
            return `'${shorten(key)}': no such option${suggestName(shorten(key), KEYS)}`;
        } else if (typeof value !== "object") {
            return `except: expected a list of event names, got ${type(value)}`;
        }
        key = next(options, key)[0] as AnyNotNil | undefined;
    }
    return "";
}

/** @returns the names to leave out, or what is wrong with them */
function readExceptions(list: unknown): LuaMultiReturn<[LuaSet<string>, undefined] | [undefined, string]> {
    const names: string[] = [];
    const known = new LuaSet<string>();
    for (const { event } of watchers) {
        if (!known.has(event)) {
            names[names.length] = event;
        }
        known.add(event);
    }
    const exceptions = new LuaSet<string>();
    const count = typeof list === "object" ? lengthOfArray(list as object) : 0;
    if (count < 0) {
        return $multi(undefined, "except: expected a list of event names, with the keys 1 to n");
    }
    for (let position = 1; position <= count; position++) {
        const name = rawget(list, position) as unknown;
        if (typeof name !== "string" || !known.has(name)) {
            return $multi(undefined, `except: '${shorten(name)}' is none of its events${suggestName(shorten(name), names)}`);
        }
        exceptions.add(name);
    }
    return $multi(exceptions, undefined);
}

function choose(options: object): Choice {
    const gamemode = engine.ActiveGamemode();
    const base = rawget(options, "base") as boolean | undefined;
    const ttt = rawget(options, "ttt") as boolean | undefined;
    const darkrp = rawget(options, "darkrp") as boolean | undefined;
    return {
        base: base ?? true,
        ttt: ttt ?? gamemode === "terrortown",
        darkrp: darkrp ?? (gamemode === "darkrp" || _G.DarkRP !== undefined),
    };
}

/** DarkRP tells of a new job by a hook of its own; both would be one event too many. */
function isWanted({ game, event, hook: hookName }: Watcher, choice: Choice, exceptions: LuaSet<string>): boolean {
    const isDoubled = hookName === "PlayerChangedTeam" && choice.darkrp;
    return choice[game] && !isDoubled && !exceptions.has(event);
}

/** @returns what the server has defined itself in place of these events; empty for nothing */
function describeConflicts(wanted: readonly Watcher[]): string {
    const conflicts: string[] = [];
    const names: string[] = [];
    for (const { event } of wanted) {
        const definition = findGameEvent(event);
        const conflict = definition === undefined ? undefined : conflictOf(definition);
        if (definition !== undefined && conflict !== undefined) {
            const isOwn = conflict.name === event;
            conflicts[conflicts.length] = isOwn ? event : `${event}: ${ownedChannel(definition.channel, conflict)}`;
            names[names.length] = `"${event}"`;
        }
    }
    return names.length === 0
        ? ""
        : `${table.concat(conflicts, "; ")}; except = { ${table.concat(names, ", ")} } leaves out what is in the way`;
}

/** Has the wanted events defined: all of them, or none when one of the server's own is in the way. */
function defineEvents(wanted: readonly Watcher[]): Result<undefined> {
    const conflicts = describeConflicts(wanted);
    if (conflicts !== "") {
        return failed(ErrorNumber.EventConflict, conflicts);
    }
    for (const { event } of wanted) {
        const failure = useEvent(event)?.failure;
        if (failure !== undefined) {
            return $multi(false as const, failure);
        }
    }
    return $multi(true as const, undefined);
}

/** See Realtime.PublishGameEvents. */
export function PublishGameEvents(options?: unknown): Result<undefined> {
    if (options !== undefined && typeof options !== "object") {
        badArgument(1, "PublishGameEvents", "options", "table", options);
    }
    if (nativeFailure !== undefined) {
        return $multi(false as const, nativeFailure);
    }
    const given = (options ?? {});
    const problem = optionsProblem(given);
    if (problem !== "") {
        return failed(ErrorNumber.InvalidArgument, problem);
    }
    const [exceptions, exceptionProblem] = readExceptions(rawget(given, "except"));
    if (exceptions === undefined) {
        return failed(ErrorNumber.InvalidArgument, exceptionProblem);
    }
    const choice = choose(given);
    const wanted: Watcher[] = [];
    for (const watcher of watchers) {
        if (isWanted(watcher, choice, exceptions)) {
            wanted[wanted.length] = watcher;
        }
    }
    const [ok, failure] = defineEvents(wanted);
    if (!ok) {
        return $multi(false as const, failure);
    }
    for (const watcher of watchers) {
        if (isWanted(watcher, choice, exceptions)) {
            watch(watcher);
        } else {
            hook.Remove(watcher.hook, ID);
        }
    }
    return $multi(true as const, undefined);
}

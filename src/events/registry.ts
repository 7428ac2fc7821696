import { ErrorNumber } from "../native/contract";
import { native, nativeFailure } from "../native/handshake";
import { suggestName } from "../nearest";
import { createError, type RealtimeError } from "../result";
import { shorten } from "../text";
import { state } from "../state";
import { type Check, createFieldCheck } from "./check";
import type { EventDefinition } from "./definition";
import { findGameEvent, gameEvents } from "./game_events";
import { isSameShape } from "./shape";

/** A definition that was handed to the module. */
export interface RegisteredEvent {
    readonly definition: EventDefinition;
    /** One for each field, for the way out. */
    readonly checks: readonly Check[];
    /** The module's number for it; meaningless when `failure` is set. */
    readonly number: number;
    readonly failure?: RealtimeError;
}

const events = new LuaMap<string, RegisteredEvent>();

/** @returns the event, or undefined when nothing of that name was registered */
export function findEvent(name: string): RegisteredEvent | undefined {
    return events.get(name);
}

/** The channel as the event's type on the wire has it: `a:b` and `a.b` are the same there. */
function typeOf(channel: string): string {
    const [dotted] = string.gsub(channel, ":", ".");
    return dotted;
}

/** @returns the event that has a channel, or one of the same type: a type has one event, or nobody could tell them apart */
function eventOfChannel(channel: string): EventDefinition | undefined {
    const sought = typeOf(channel);
    for (const [, { definition, failure }] of events) {
        // What the module refused has no channel.
        if (failure === undefined && typeOf(definition.channel) === sought) {
            return definition;
        }
    }
    return undefined;
}

function isSame(one: EventDefinition, other: EventDefinition): boolean {
    return one.channel === other.channel && isSameShape(one.fields, other.fields);
}

/** @returns the event that keeps a definition from being registered: another one of its name, or its channel's */
export function conflictOf(definition: EventDefinition): EventDefinition | undefined {
    const { name, channel } = definition;
    const known = events.get(name);
    if (known !== undefined && known.failure === undefined) {
        return isSame(known.definition, definition) ? undefined : known.definition;
    }
    const owner = eventOfChannel(channel);
    return owner?.name === name ? undefined : owner;
}

/** What to say about a channel that is another event's. */
export function ownedChannel(channel: string, owner: EventDefinition): string {
    const whose =
        owner.channel === channel ? `that of ${owner.name}` : `the same type as '${owner.channel}', that of ${owner.name}`;
    return `the channel '${shorten(channel)}' is ${whose}`;
}

/** Every name that On and Emit know, in order. */
function eventNames(): string[] {
    const names: string[] = [];
    for (const [name, { failure }] of events) {
        // Without a module every event has the same failure, and is known all the same.
        if (failure === undefined || nativeFailure !== undefined) {
            names[names.length] = name;
        }
    }
    for (const { name } of gameEvents) {
        const known = events.get(name);
        if (known === undefined || (known.failure !== undefined && nativeFailure === undefined)) {
            names[names.length] = name;
        }
    }
    table.sort(names);
    return names;
}

/** Hands a definition to the module and remembers it, even when the module refuses it (then with the reason). */
export function registerEvent(definition: EventDefinition): RegisteredEvent {
    const names: string[] = [];
    const checks: Check[] = [];
    for (const field of definition.fields) {
        names[names.length] = field.name;
        checks[checks.length] = createFieldCheck(field, true);
    }
    const [ok, value, detail] = native.DefineEvent(definition.name, definition.channel, names);
    const event: RegisteredEvent = ok
        ? { definition, checks, number: value }
        : { definition, checks, number: 0, failure: createError(value, detail) };
    events.set(definition.name, event);
    return event;
}

function registerGameEvent(definition: EventDefinition): RegisteredEvent {
    const owner = conflictOf(definition);
    if (owner !== undefined) {
        const failure = createError(ErrorNumber.EventConflict, ownedChannel(definition.channel, owner));
        return { definition, checks: [], number: 0, failure };
    }
    const event = registerEvent(definition);
    if (event.failure === undefined) {
        state.definitions.set(definition.name, definition);
    }
    return event;
}

/** What an event of a name is, whether or not it was used before. */
export function findDefinition(name: string): EventDefinition | undefined {
    const known = events.get(name);
    return known?.failure === undefined ? (known?.definition ?? findGameEvent(name)) : (findGameEvent(name) ?? known.definition);
}

/** Whether a name is that of an event the server has defined itself, as it is now. */
export function isOwnEvent(name: string): boolean {
    const definition = state.definitions.get(name);
    const game = findGameEvent(name);
    // By what it says: after a refresh, one of the games' events is another table.
    return definition !== undefined && (game === undefined || !isSame(definition, game));
}

/**
 * The event of a name, to publish or to receive it: one of the games is registered by its first use.
 * @returns undefined when there is none; an event with a `failure` when it cannot be used
 */
export function useEvent(name: string): RegisteredEvent | undefined {
    const known = events.get(name);
    if (known !== undefined && known.failure === undefined) {
        return known;
    }
    // What the module refused may be taken later, and stands in nobody's way.
    const definition = findGameEvent(name);
    return definition === undefined ? known : registerGameEvent(definition);
}

/** Brings back what had been defined, or used of the games' events, before Lua's auto-refresh. */
export function restoreEvents(): void {
    for (const [, definition] of state.definitions) {
        registerEvent(definition);
    }
}

/** Why there is no such event, with the name that was most likely meant. */
export function unknownEvent(name: string): RealtimeError {
    return createError(ErrorNumber.UnknownEvent, `'${shorten(name)}'${suggestName(name, eventNames())}`);
}

import { ErrorNumber } from "../native/contract";
import { native } from "../native/handshake";
import { suggestName } from "../nearest";
import { createError, type RealtimeError } from "../result";
import { shorten } from "../text";
import { state } from "../state";
import { type Check, createFieldCheck } from "./check";
import type { EventDefinition } from "./definition";

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
export function eventOfChannel(channel: string): EventDefinition | undefined {
    const sought = typeOf(channel);
    for (const [, { definition }] of events) {
        if (typeOf(definition.channel) === sought) {
            return definition;
        }
    }
    return undefined;
}

/** Every registered name, in order. */
export function eventNames(): string[] {
    const names: string[] = [];
    for (const [name] of events) {
        names[names.length] = name;
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

/** Brings back what DefineEvent had defined before Lua's auto-refresh. */
export function restoreEvents(): void {
    for (const [, definition] of state.definitions) {
        registerEvent(definition);
    }
}

/** Why there is no such event, with the name that was most likely meant. */
export function unknownEvent(name: string): RealtimeError {
    return createError(ErrorNumber.UnknownEvent, `'${shorten(name)}'${suggestName(name, eventNames())}`);
}

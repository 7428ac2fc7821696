import { native } from "../native/handshake";
import { createError, type RealtimeError } from "../result";
import { state } from "../state";
import type { EventDefinition } from "./definition";
import { createFieldCheck, type FieldCheck } from "./fields";

/** A definition that was handed to the module. */
export interface RegisteredEvent {
    readonly definition: EventDefinition;
    /** One for each field. */
    readonly checks: readonly FieldCheck[];
    /** The module's number for it; meaningless when `failure` is set. */
    readonly number: number;
    readonly failure?: RealtimeError;
}

const events = new LuaMap<string, RegisteredEvent>();

/** @returns the event, or undefined when nothing of that name was registered */
export function findEvent(name: string): RegisteredEvent | undefined {
    return events.get(name);
}

/** Every registered name, for messages. */
export function eventNames(): string {
    const names: string[] = [];
    for (const [name] of events) {
        names[names.length] = name;
    }
    table.sort(names);
    return table.concat(names, ", ");
}

/** Hands a definition to the module and remembers it, even when the module refuses it (then with the reason). */
export function registerEvent(definition: EventDefinition): RegisteredEvent {
    const names: string[] = [];
    const checks: FieldCheck[] = [];
    for (const field of definition.fields) {
        names[names.length] = field.name;
        checks[checks.length] = createFieldCheck(field);
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

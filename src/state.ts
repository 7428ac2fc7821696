import type { EventDefinition } from "./events/definition";
import type { Source } from "./config/sources";
import type { StateListener, Subscription } from "./subscription";

/** What has to outlive Lua's auto-refresh, which runs the bundle again in the same Lua state. */
export interface State {
    /** What Config was given last. */
    configured?: Source;
    /** By the module's subscription number. */
    readonly subscriptions: LuaMap<number, Subscription>;
    /** By our own number, counting up. */
    readonly listeners: LuaMap<number, StateListener>;
    lastListener: number;
    /** The events of DefineEvent, by name. */
    readonly definitions: LuaMap<string, EventDefinition>;
    /** Events that were answered with an error before the module saw them. Not there when none were. */
    refused?: number;
}

interface Published {
    /** A function, so that who prints the table prints no password. */
    readonly _state?: () => State;
}

/** The table that an earlier run of the bundle published, or a new one: its identity outlives a refresh. */
export const published: object = typeof _G.realtime === "object" && _G.realtime !== null ? _G.realtime : {};

export const state: State = (published as Published)._state?.() ?? {
    subscriptions: new LuaMap(),
    listeners: new LuaMap(),
    lastListener: 0,
    definitions: new LuaMap(),
};

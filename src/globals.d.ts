/**
 * What this bundle reads of Lua's global table under the assumption that it may be missing: older servers lack it,
 * or it is ours. Everything that every server has is called by its plain name, as gmod-types declares it.
 * @noSelf
 */
interface GlobalTable {
    realtime?: unknown;
    readonly realtime_core?: unknown;
    readonly require: (name: string) => void;
    readonly util?: UtilLibrary;
    readonly ErrorNoHaltWithStack?: (message: string) => void;
    readonly DarkRP?: unknown;
    readonly team?: TeamLibrary;
    readonly Player?: (userId: number) => unknown;
    readonly GetConVar?: (name: string) => ServerVariable | undefined;
}

/** @noSelf */
interface UtilLibrary {
    /** Servers before August 2022 lack it. */
    readonly IsBinaryModuleInstalled?: (name: string) => boolean;
    readonly SteamIDTo64?: (steamId: string) => string | undefined;
}

/** @noSelf */
interface TeamLibrary {
    readonly GetName: (team: number) => string | undefined;
}

/** A console variable. gmod-types declares its methods without the `self` that they need. */
interface ServerVariable {
    GetString(this: ServerVariable): string;
}

declare const _G: GlobalTable;

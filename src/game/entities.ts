/** What the watched hooks hand over, as far as it is read. gmod-types declares methods without the `self` that they need. */
export interface GameEntity {
    IsValid(this: GameEntity): boolean;
    IsPlayer(this: GameEntity): boolean;
    GetClass(this: GameEntity): string;
}

export interface GamePlayer extends GameEntity {
    Nick(this: GamePlayer): string;
    Team(this: GamePlayer): number;
    GetPos(this: GamePlayer): Vector;
    GetActiveWeapon(this: GamePlayer): GameEntity;
    IsBot(this: GamePlayer): boolean;
    /** Older servers give none to a copy of a player in a test with -multirun. */
    SteamID64(this: GamePlayer): string | undefined;
}

export interface DamageInfo {
    GetDamage(this: DamageInfo): number;
    GetAttacker(this: DamageInfo): GameEntity;
}

/** What did it when nobody did. */
const WORLD = "world";
const CONSOLE = "Console";
/** Somebody whom the game does not know, or not any more. */
const UNKNOWN = "unknown";
/** What game events have for the console. */
const CONSOLE_ID = 0;
/** A bot's, and whatever else is no account. */
const NO_STEAM_ID = "0";

function isPlayer(entity: GameEntity): entity is GamePlayer {
    return entity.IsPlayer();
}

/** A player's name, another entity's class, or `world`. */
export function nameOf(entity: GameEntity | undefined): string {
    if (entity === undefined || !IsValid(entity)) {
        return WORLD;
    }
    return isPlayer(entity) ? entity.Nick() : entity.GetClass();
}

/** With what a death was brought about: a player who is his own inflictor held a weapon. */
export function weaponOf(inflictor: GameEntity | undefined): string {
    if (inflictor === undefined || !IsValid(inflictor)) {
        return WORLD;
    }
    if (isPlayer(inflictor)) {
        const weapon = inflictor.GetActiveWeapon() as GameEntity | undefined;
        return weapon !== undefined && IsValid(weapon) ? weapon.GetClass() : WORLD;
    }
    return inflictor.GetClass();
}

/** A team's name, which says more to another server than its number. */
export function teamName(team: number): string | number {
    const name = _G.team?.GetName(team);
    return name === undefined || name === "" ? team : name;
}

/** The name behind the number that game events have for a player: `Console` only for its own, `unknown` for nobody's. */
export function nameOfUser(userId: number): string {
    if (userId === CONSOLE_ID) {
        return CONSOLE;
    }
    const player = _G.Player?.(userId) as GamePlayer | undefined;
    return player !== undefined && IsValid(player) ? player.Nick() : UNKNOWN;
}

/** A player's SteamID64; `0` for a bot, to which the game gives one that is no account. */
export function steamId64OfPlayer(ply: GamePlayer): string {
    return ply.IsBot() ? NO_STEAM_ID : (ply.SteamID64() ?? NO_STEAM_ID);
}

/** The SteamID64 of `STEAM_0:1:23456`; `0` for a bot. */
export function steamId64(networkId: string): string {
    const [isAccount] = string.match(networkId, "^STEAM_%d:%d:%d+$");
    return isAccount === undefined ? NO_STEAM_ID : (_G.util?.SteamIDTo64?.(networkId) ?? NO_STEAM_ID);
}

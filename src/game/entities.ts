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
}

export interface DamageInfo {
    GetDamage(this: DamageInfo): number;
    GetAttacker(this: DamageInfo): GameEntity;
}

/** What did it when nobody did. */
const WORLD = "world";
const CONSOLE = "Console";
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

/** The name behind the number that game events have for a player; 0 is the console. */
export function nameOfUser(userId: number): string {
    const player = (userId === 0 ? undefined : _G.Player?.(userId)) as GamePlayer | undefined;
    return player !== undefined && IsValid(player) ? player.Nick() : CONSOLE;
}

/** The SteamID64 of `STEAM_0:1:23456`; `0` for a bot. */
export function steamId64(networkId: string): string {
    const [isAccount] = string.match(networkId, "^STEAM_%d:%d:%d+$");
    return isAccount === undefined ? NO_STEAM_ID : (_G.util?.SteamIDTo64?.(networkId) ?? NO_STEAM_ID);
}

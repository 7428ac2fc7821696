import type { builtInEvents } from "../events/definitions";
import type { gameEvents } from "../events/game_events";
import {
    type DamageInfo,
    type GameEntity,
    type GamePlayer,
    nameOf,
    nameOfUser,
    steamId64,
    steamId64OfPlayer,
    teamName,
    weaponOf,
} from "./entities";

/** The games whose hooks are known. */
export type GameName = "base" | "ttt" | "darkrp";

/** The name of an event that PublishGameEvents publishes. */
export type GameEventName = (typeof builtInEvents | typeof gameEvents)[number]["name"];

/**
 * One hook, and the event that it becomes.
 * @noSelf
 */
export interface Watcher {
    readonly game: GameName;
    readonly hook: string;
    /** The hook is a game event, which has to be asked for. */
    readonly listens?: true;
    readonly event: GameEventName;
    /** @returns the event's data, or nil when there is nothing to tell */
    readonly read: (...values: never[]) => object | undefined;
}

/** TTT's WIN_NONE, WIN_TRAITOR, WIN_INNOCENT and WIN_TIMELIMIT, which the innocent win. */
const TTT_WINNERS = ["none", "traitors", "innocents", "innocents"];

function roundHere(): object {
    return { gamemode: engine.ActiveGamemode(), map: game.GetMap() };
}

function readTeamChange(ply: GamePlayer, before: number, after: number): object {
    return { player_name: ply.Nick(), old_team: teamName(before), new_team: teamName(after) };
}

function readTttEnd(result: number): object {
    const winner = TTT_WINNERS[result - 1] ?? "none";
    return { winner_team: winner, score: winner === "none" ? 0 : 1 };
}

function readDamage(entity: GameEntity, damage: DamageInfo, took: boolean): object | undefined {
    // The damage does not outlive the hook: its numbers are read here.
    return took && entity.IsPlayer()
        ? {
              victim_name: nameOf(entity),
              damage: damage.GetDamage(),
              attacker_name: nameOf(damage.GetAttacker()),
          }
        : undefined;
}

function readHurt(victim: GamePlayer, attacker: GameEntity, healthLeft: number, damage: number): object {
    return { victim_name: victim.Nick(), attacker_name: nameOf(attacker), health_left: healthLeft, damage };
}

interface ConnectData {
    readonly name: string;
    readonly networkid: string;
    readonly reason?: string;
}

function readConnect({ name, networkid }: ConnectData): object {
    return { player_name: name, steam_id: steamId64(networkid) };
}

function readDisconnect({ name, networkid, reason }: ConnectData): object {
    return { player_name: name, steam_id: steamId64(networkid), reason: reason ?? "" };
}

interface SayData {
    readonly userid: number;
    readonly text: string;
    /** 1 for what only the speaker's team is meant to read; older servers leave it out. */
    readonly teamonly?: number | boolean;
}

function readChat({ userid, text, teamonly }: SayData): object | undefined {
    const isForAll = teamonly === undefined || teamonly === 0 || teamonly === false;
    return isForAll ? { player_name: nameOfUser(userid), message: text } : undefined;
}

function readInitialSpawn(ply: GamePlayer): object {
    return { player_name: ply.Nick(), steam_id: steamId64OfPlayer(ply) };
}

function readSpawn(ply: GamePlayer): object {
    return { player_name: ply.Nick(), team: teamName(ply.Team()), pos: ply.GetPos() };
}

function readDeath(victim: GamePlayer, inflictor: GameEntity, attacker: GameEntity): object {
    return { victim_name: victim.Nick(), attacker_name: nameOf(attacker), weapon: weaponOf(inflictor) };
}

function readSilentDeath(victim: GamePlayer): object {
    return { victim_name: victim.Nick(), attacker_name: nameOf(undefined), weapon: weaponOf(undefined) };
}

function readNpcKilled(npc: GameEntity, attacker: GameEntity, inflictor: GameEntity): object {
    return { npc: npc.GetClass(), attacker_name: nameOf(attacker), weapon: weaponOf(inflictor) };
}

function readMap(): object {
    return { map: game.GetMap() };
}

function readArrest(criminal: GamePlayer, seconds: number, actor: GameEntity): object {
    return { player_name: criminal.Nick(), seconds, actor_name: nameOf(actor) };
}

function readWanted(criminal: GamePlayer, actor: GameEntity, reason: string): object {
    return { player_name: criminal.Nick(), actor_name: nameOf(actor), reason };
}

function readSalary(ply: GamePlayer, amount: number): object {
    return { player_name: ply.Nick(), amount };
}

function readWallet(ply: GamePlayer, amount: number, wallet: number): object {
    return { player_name: ply.Nick(), amount, wallet };
}

/** Every hook that is watched. The comment of each says why it is this one: docs/API.md has them in a table. */
export const watchers: readonly Watcher[] = [
    /** The hook `PlayerConnect` has no SteamID yet. */
    { game: "base", hook: "player_connect", listens: true, event: "PlayerConnect", read: readConnect },
    /** `PlayerDisconnected` does not say why; this also tells of who leaves while he still connects. */
    { game: "base", hook: "player_disconnect", listens: true, event: "PlayerDisconnect", read: readDisconnect },
    /** `PlayerSay` is answered by other addons before us; this comes after it, with what was said in the end. */
    { game: "base", hook: "player_say", listens: true, event: "ChatMessage", read: readChat },
    /** Tells that a player has come onto the map; `PlayerConnect` tells only that he connects. */
    { game: "base", hook: "PlayerInitialSpawn", event: "PlayerInitialSpawn", read: readInitialSpawn },
    /** Every spawn, the first one on a map as well. */
    { game: "base", hook: "PlayerSpawn", event: "PlayerSpawn", read: readSpawn },
    /** Has all three: who died, by whom, and with what. */
    { game: "base", hook: "PlayerDeath", event: "PlayerDeath", read: readDeath },
    /** The deaths that `PlayerDeath` does not tell of; by whom is not known, so it is `world`. */
    { game: "base", hook: "PlayerSilentDeath", event: "PlayerDeath", read: readSilentDeath },
    /** What `EntityTakeDamage` answers blocks damage; this comes after it. Only what players took is published. */
    { game: "base", hook: "PostEntityTakeDamage", event: "PlayerTakeDamage", read: readDamage },
    /** The same hits as `PlayerTakeDamage`, with the health that is left: `except` leaves out one of the two. */
    { game: "base", hook: "PlayerHurt", event: "PlayerHurt", read: readHurt },
    /** Not where DarkRP's own hook is watched, or each change would be told twice. */
    { game: "base", hook: "PlayerChangedTeam", event: "TeamChange", read: readTeamChange },
    /** Has what died, by whom, and with what. */
    { game: "base", hook: "OnNPCKilled", event: "NpcKilled", read: readNpcKilled },
    /** Comes once for each map, when it is there. */
    { game: "base", hook: "InitPostEntity", event: "MapChange", read: readMap },
    /** Comes before the module closes, which still sends it. */
    { game: "base", hook: "ShutDown", event: "ServerShutDown", read: readMap },
    /** Before the roles are given out. */
    { game: "ttt", hook: "TTTPrepareRound", event: "RoundPrepare", read: roundHere },
    /** With the roles, when the round counts. */
    { game: "ttt", hook: "TTTBeginRound", event: "RoundStart", read: roundHere },
    /** Has who won: `traitors`, or `innocents`, also when the time is up; then `score` is 1, and 0 for `none`. */
    { game: "ttt", hook: "TTTEndRound", event: "RoundEnd", read: readTttEnd },
    /** Comes when it has happened. Where nobody did it, it is `world`. */
    { game: "darkrp", hook: "playerArrested", event: "PlayerArrested", read: readArrest },
    /** Comes when it has happened. Where nobody did it, it is `world`. */
    { game: "darkrp", hook: "playerWanted", event: "PlayerWanted", read: readWanted },
    /** Has the amount before other addons change it, which their answers may. */
    { game: "darkrp", hook: "playerGetSalary", event: "PlayerSalary", read: readSalary },
    /** Has the amount before other addons change it, which their answers may. */
    { game: "darkrp", hook: "playerWalletChanged", event: "PlayerWallet", read: readWallet },
    /** DarkRP's own hook for a new job. */
    { game: "darkrp", hook: "OnPlayerChangedTeam", event: "TeamChange", read: readTeamChange },
];

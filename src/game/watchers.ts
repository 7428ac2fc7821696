import { defineEvent, type EventDefinition } from "../events/definition";
import {
    type DamageInfo,
    type GameEntity,
    type GamePlayer,
    nameOf,
    nameOfUser,
    steamId64,
    teamName,
    weaponOf,
} from "./entities";

/** The games whose hooks are known. */
export type GameName = "base" | "ttt" | "darkrp";

/**
 * One hook, and the event that it becomes.
 * @noSelf
 */
export interface Watcher {
    readonly game: GameName;
    readonly hook: string;
    /** The hook is a game event, which has to be asked for. */
    readonly listens?: true;
    readonly event: string;
    /** @returns the event's data, or nil when there is nothing to tell */
    readonly read: (...values: never[]) => object | undefined;
}

/** What the games have beyond the ready-made events; defined when they are first published. */
export const gameEvents: readonly EventDefinition[] = [
    defineEvent("NpcKilled", "npc:killed", "A character of the game was killed.", [
        { name: "npc", type: "string" },
        { name: "attacker_name", type: "string" },
        { name: "weapon", type: "string" },
    ]),
    defineEvent("ServerShutDown", "server:shutdown", "The map ends, or the server does.", [
        { name: "map", type: "string" },
    ]),
    defineEvent("RoundPrepare", "round:prepare", "A round is about to begin.", [
        { name: "gamemode", type: "string" },
        { name: "map", type: "string" },
    ]),
    defineEvent("PlayerArrested", "darkrp:arrested", "A player was arrested.", [
        { name: "player_name", type: "string" },
        { name: "seconds", type: "number" },
        { name: "actor_name", type: "string" },
    ]),
    defineEvent("PlayerWanted", "darkrp:wanted", "A player is wanted by the police.", [
        { name: "player_name", type: "string" },
        { name: "actor_name", type: "string" },
        { name: "reason", type: "string" },
    ]),
    defineEvent("PlayerSalary", "darkrp:salary", "A player is paid.", [
        { name: "player_name", type: "string" },
        { name: "amount", type: "number" },
    ]),
    defineEvent("PlayerWallet", "darkrp:wallet", "A player's money changes.", [
        { name: "player_name", type: "string" },
        { name: "amount", type: "number" },
        { name: "wallet", type: "number" },
    ]),
];

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

function readChat({ userid, text }: { readonly userid: number; readonly text: string }): object {
    return { player_name: nameOfUser(userid), message: text };
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

/** Every hook that is watched. */
export const watchers: readonly Watcher[] = [
    { game: "base", hook: "player_connect", listens: true, event: "PlayerConnect", read: readConnect },
    { game: "base", hook: "player_disconnect", listens: true, event: "PlayerDisconnect", read: readDisconnect },
    // Not PlayerSay, which other addons answer before us.
    { game: "base", hook: "player_say", listens: true, event: "ChatMessage", read: readChat },
    { game: "base", hook: "PlayerSpawn", event: "PlayerSpawn", read: readSpawn },
    { game: "base", hook: "PlayerDeath", event: "PlayerDeath", read: readDeath },
    { game: "base", hook: "PlayerSilentDeath", event: "PlayerDeath", read: readSilentDeath },
    // Not EntityTakeDamage, whose answer blocks the damage.
    { game: "base", hook: "PostEntityTakeDamage", event: "PlayerTakeDamage", read: readDamage },
    { game: "base", hook: "PlayerChangedTeam", event: "TeamChange", read: readTeamChange },
    { game: "base", hook: "OnNPCKilled", event: "NpcKilled", read: readNpcKilled },
    { game: "base", hook: "InitPostEntity", event: "MapChange", read: readMap },
    { game: "base", hook: "ShutDown", event: "ServerShutDown", read: readMap },
    { game: "ttt", hook: "TTTPrepareRound", event: "RoundPrepare", read: roundHere },
    { game: "ttt", hook: "TTTBeginRound", event: "RoundStart", read: roundHere },
    { game: "ttt", hook: "TTTEndRound", event: "RoundEnd", read: readTttEnd },
    { game: "darkrp", hook: "playerArrested", event: "PlayerArrested", read: readArrest },
    { game: "darkrp", hook: "playerWanted", event: "PlayerWanted", read: readWanted },
    { game: "darkrp", hook: "playerGetSalary", event: "PlayerSalary", read: readSalary },
    { game: "darkrp", hook: "playerWalletChanged", event: "PlayerWallet", read: readWallet },
    { game: "darkrp", hook: "OnPlayerChangedTeam", event: "TeamChange", read: readTeamChange },
];

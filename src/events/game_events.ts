import { defineEvent, type EventDefinition } from "./definition";

/**
 * What the games have beyond the ready-made events. Each is known to On, Emit and PublishGameEvents, and registered by the first
 * of them that names it: until then its name and its channel are free for an event of the server's own.
 */
export const gameEvents = [
    defineEvent("PlayerInitialSpawn", "player:initialspawn", "A player came to life for the first time on this map.", [
        { name: "player_name", type: "string" },
        { name: "steam_id", type: "steamId64" },
    ]),
    defineEvent("PlayerHurt", "player:hurt", "A player was hurt, and has this much health left.", [
        { name: "victim_name", type: "string" },
        { name: "attacker_name", type: "string" },
        { name: "health_left", type: "number" },
        { name: "damage", type: "number" },
    ]),
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
    defineEvent("PlayerArrested", "darkrp:arrested", "A player was arrested, for this many seconds.", [
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
    defineEvent("PlayerWallet", "darkrp:wallet", "A player's money changes by `amount`; `wallet` is what he had before.", [
        { name: "player_name", type: "string" },
        { name: "amount", type: "number" },
        { name: "wallet", type: "number" },
    ]),
] as const;

/** @returns the definition of an event of the games, registered or not */
export function findGameEvent(name: string): EventDefinition | undefined {
    for (const definition of gameEvents) {
        if (definition.name === name) {
            return definition;
        }
    }
    return undefined;
}

import { defineEvent } from "./definition";

// The longest names that the engine and the workshop let through fit with room to spare.
const NAME_BYTES = 256;
const CHAT_BYTES = 4096;

export const playerSpawn = defineEvent("PlayerSpawn", "player:spawn", [
    { name: "player_name", type: "string", maxBytes: NAME_BYTES },
    { name: "team", type: "team", maxBytes: NAME_BYTES },
    { name: "pos", type: "vector" },
]);

export const playerDeath = defineEvent("PlayerDeath", "player:death", [
    { name: "victim_name", type: "string", maxBytes: NAME_BYTES },
    { name: "attacker_name", type: "string", maxBytes: NAME_BYTES },
    { name: "weapon", type: "string", maxBytes: NAME_BYTES },
]);

export const chatMessage = defineEvent("ChatMessage", "chat:message", [
    { name: "player_name", type: "string", maxBytes: NAME_BYTES },
    { name: "message", type: "string", maxBytes: CHAT_BYTES },
]);

export const playerTakeDamage = defineEvent("PlayerTakeDamage", "player:damage", [
    { name: "victim_name", type: "string", maxBytes: NAME_BYTES },
    { name: "damage", type: "number" },
    { name: "attacker_name", type: "string", maxBytes: NAME_BYTES },
]);

export const roundStart = defineEvent("RoundStart", "round:start", [
    { name: "gamemode", type: "string", maxBytes: NAME_BYTES },
    { name: "map", type: "string", maxBytes: NAME_BYTES },
]);

export const roundEnd = defineEvent("RoundEnd", "round:end", [
    { name: "winner_team", type: "team", maxBytes: NAME_BYTES },
    { name: "score", type: "number" },
]);

/** Every event that is there from the start. */
export const builtInEvents = [playerSpawn, playerDeath, chatMessage, playerTakeDamage, roundStart, roundEnd] as const;

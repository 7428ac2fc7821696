import { defineEvent } from "./definition";

// The longest names that the engine and the workshop let through fit with room to spare.
const NAME_BYTES = 256;
const CHAT_BYTES = 4096;

export const playerSpawn = defineEvent("PlayerSpawn", "player:spawn", "A player came to life.", [
    { name: "player_name", type: "string", maxBytes: NAME_BYTES },
    { name: "team", type: "team", maxBytes: NAME_BYTES },
    { name: "pos", type: "vector" },
]);

export const playerDeath = defineEvent("PlayerDeath", "player:death", "A player died.", [
    { name: "victim_name", type: "string", maxBytes: NAME_BYTES },
    { name: "attacker_name", type: "string", maxBytes: NAME_BYTES },
    { name: "weapon", type: "string", maxBytes: NAME_BYTES },
]);

export const chatMessage = defineEvent("ChatMessage", "chat:message", "A player said something.", [
    { name: "player_name", type: "string", maxBytes: NAME_BYTES },
    { name: "message", type: "string", maxBytes: CHAT_BYTES },
]);

export const playerTakeDamage = defineEvent("PlayerTakeDamage", "player:damage", "A player lost health.", [
    { name: "victim_name", type: "string", maxBytes: NAME_BYTES },
    { name: "damage", type: "number" },
    { name: "attacker_name", type: "string", maxBytes: NAME_BYTES },
]);

export const roundStart = defineEvent("RoundStart", "round:start", "A round began.", [
    { name: "gamemode", type: "string", maxBytes: NAME_BYTES },
    { name: "map", type: "string", maxBytes: NAME_BYTES },
]);

export const roundEnd = defineEvent("RoundEnd", "round:end", "A round ended.", [
    { name: "winner_team", type: "team", maxBytes: NAME_BYTES },
    { name: "score", type: "number" },
]);

export const playerConnect = defineEvent("PlayerConnect", "player:connect", "A player joined the server.", [
    { name: "player_name", type: "string", maxBytes: NAME_BYTES },
    { name: "steam_id", type: "steamId64" },
]);

export const playerDisconnect = defineEvent("PlayerDisconnect", "player:disconnect", "A player left the server.", [
    { name: "player_name", type: "string", maxBytes: NAME_BYTES },
    { name: "steam_id", type: "steamId64" },
    { name: "reason", type: "string" },
]);

export const teamChange = defineEvent("TeamChange", "player:team", "A player changed from one team to another.", [
    { name: "player_name", type: "string", maxBytes: NAME_BYTES },
    { name: "old_team", type: "team", maxBytes: NAME_BYTES },
    { name: "new_team", type: "team", maxBytes: NAME_BYTES },
]);

export const mapChange = defineEvent("MapChange", "map:change", "The server began to run a map.", [
    { name: "map", type: "string", maxBytes: NAME_BYTES },
    { name: "previous_map", type: "string", maxBytes: NAME_BYTES, optional: true },
]);

/** Every event that is there from the start. */
export const builtInEvents = [
    playerSpawn,
    playerDeath,
    chatMessage,
    playerTakeDamage,
    roundStart,
    roundEnd,
    playerConnect,
    playerDisconnect,
    teamChange,
    mapChange,
] as const;

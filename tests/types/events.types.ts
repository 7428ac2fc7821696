// Compiled, never run: `tsc -p tests/types/tsconfig.json --noEmit`.

declare global {
    interface RealtimeEvents {
        BombPlanted: { readonly site: "A" | "B"; readonly seconds: number };
        /** A server's own event wins over that of the games. */
        PlayerSalary: { readonly job: string };
    }
}

/** The arguments of a publish function are its definition's fields, in order. */
export function publishing(place: Vector): void {
    realtime.PlayerSpawn("Alice", 2, place);
    realtime.PlayerSpawn("Alice", "red", { x: 1, y: 2, z: 3 });
    realtime.PlayerDeath("Alice", "Bob", "weapon_crowbar");
    realtime.ChatMessage("Alice", "hello");
    realtime.PlayerTakeDamage("Alice", 12.5, "Bob");
    realtime.RoundStart("terrortown", "ttt_minecraft");
    realtime.RoundEnd("traitors", 3);

    realtime.PlayerConnect("Alice", "76561198000000001");
    realtime.PlayerDisconnect("Alice", "76561198000000001", "timed out");
    realtime.TeamChange("Alice", 1, "blue");
    realtime.MapChange("gm_construct");
    realtime.MapChange("gm_construct", "gm_flatgrass");
    realtime.PublishGameEvents({ ttt: true, except: ["PlayerTakeDamage", "NpcKilled"] });

    // @ts-expect-error: a SteamID64 is a string, or it would lose its last digits
    realtime.PlayerConnect("Alice", 7656119);
    // @ts-expect-error: there is no such game
    realtime.PublishGameEvents({ tttt: true });
    // @ts-expect-error: it publishes no such event
    realtime.PublishGameEvents({ except: ["NotAnEvent"] });
    // @ts-expect-error: nor one of the server's own
    realtime.PublishGameEvents({ except: ["BombPlanted"] });
    // @ts-expect-error: the events of the games have no function of their own
    realtime.NpcKilled("npc_zombie", "Alice", "weapon_crowbar");
    // @ts-expect-error: the order is name, damage, attacker
    realtime.PlayerTakeDamage("Alice", "Bob", 12.5);
    // @ts-expect-error: weapon is missing
    realtime.PlayerDeath("Alice", "Bob");
    // @ts-expect-error: one too many
    realtime.ChatMessage("Alice", "hello", "there");
    // @ts-expect-error: a place has three coordinates
    realtime.PlayerSpawn("Alice", 2, { x: 1, y: 2 });
    // @ts-expect-error: damage is a number
    realtime.PlayerTakeDamage("Alice", "12.5", "Bob");
    // @ts-expect-error: a name is a string
    realtime.RoundStart(5, "ttt_minecraft");
    // @ts-expect-error: a score is a number
    realtime.RoundEnd("traitors", "3");
    // @ts-expect-error: there is no such event
    realtime.PlayerDied("Alice");
}

/** What a subscriber gets is typed by the event's name. */
export function receiving(): void {
    realtime.On("PlayerDeath", (event) => {
        const name: string = event.data.victim_name;
        const kind: "PlayerDeath" = event.name;
        const seconds: number = event.timestamp;
        print(name, kind, seconds);
        // @ts-expect-error: there is no such field
        print(event.data.victim);
        // @ts-expect-error: what arrived is read-only
        event.data.weapon = "none";
    });
    realtime.On("PlayerSpawn", (event) => {
        const place: Vector = event.data.pos;
        const team: string | number = event.data.team;
        // @ts-expect-error: a team may be a name
        const teamNumber: number = event.data.team;
        print(place, team, teamNumber);
    });
    realtime.On("MapChange", (event) => {
        const before: string | undefined = event.data.previous_map;
        // @ts-expect-error: there may have been none
        const name: string = event.data.previous_map;
        print(before, name);
    });
    realtime.On("BombPlanted", (event) => {
        const site: "A" | "B" = event.data.site;
        print(site);
    });
    realtime.On("NpcKilled", (event) => {
        const npc: string = event.data.npc;
        const kind: "NpcKilled" = event.name;
        print(npc, kind);
        // @ts-expect-error: there is no such field
        print(event.data.victim);
    });
    realtime.On("PlayerHurt", (event) => {
        const health: number = event.data.health_left;
        print(health);
    });
    realtime.On("PlayerSalary", (event) => {
        const job: string = event.data.job;
        // @ts-expect-error: that is a field of the games' event
        print(job, event.data.amount);
    });
    // @ts-expect-error: there is no such event
    realtime.On("PlayerDied", () => undefined);
    // @ts-expect-error: the callback gets one argument
    realtime.On("PlayerDeath", (first, second) => {
        print(first, second);
    });
}

export function emitting(): void {
    realtime.Emit("BombPlanted", { site: "A", seconds: 40 });
    realtime.Emit("ChatMessage", { player_name: "Alice", message: "hello" });
    realtime.Emit("PlayerInitialSpawn", { player_name: "Alice", steam_id: "76561198000000001" });
    realtime.Emit("PlayerSalary", { job: "cook" });
    // @ts-expect-error: weapon is missing
    realtime.Emit("NpcKilled", { npc: "npc_zombie", attacker_name: "Alice" });
    // @ts-expect-error: there is no site C
    realtime.Emit("BombPlanted", { site: "C", seconds: 40 });
    // @ts-expect-error: message is missing
    realtime.Emit("ChatMessage", { player_name: "Alice" });
    // @ts-expect-error: there is no such event
    realtime.Emit("PlayerDied", {});
}

export function defining(): void {
    realtime.DefineEvent("BombPlanted", "bomb:planted", [
        { name: "site", type: "string", maxBytes: 1 },
        { name: "seconds", type: "number", optional: true },
        { name: "planter", type: "steamId64" },
        { name: "side", type: "enum", values: ["red", "blue"] },
        { name: "wires", type: "array", items: { type: "vector" }, maxItems: 8 },
        { name: "code", type: "object", fields: [{ name: "length", type: "integer" }] },
    ]);
    // @ts-expect-error: an enum has values
    realtime.DefineEvent("BombPlanted", "bomb:planted", [{ name: "site", type: "enum" }]);
    // @ts-expect-error: an array has items
    realtime.DefineEvent("BombPlanted", "bomb:planted", [{ name: "site", type: "array" }]);
    // @ts-expect-error: a number has no longest length
    realtime.DefineEvent("BombPlanted", "bomb:planted", [{ name: "site", type: "number", maxBytes: 5 }]);
    // @ts-expect-error: what is in an array has no name
    realtime.DefineEvent("B", "b", [{ name: "site", type: "array", items: { type: "string", name: "x" } }]);
    // @ts-expect-error: there is no such type of field
    realtime.DefineEvent("BombPlanted", "bomb:planted", [{ name: "site", type: "text" }]);
}

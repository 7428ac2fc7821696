// The same gamemode as ../../gamemode.lua, checked by the compiler: a wrong event name, field or order of arguments does not
// compile. `npm install` and `npm run build` make lua/autorun/server/gamemode.lua. In a folder of your own, package.json names the
// packed package instead of `file:../..`.
require("realtime");

/** The type of an own event; its fields follow below, for the server. */
declare global {
    interface RealtimeEvents {
        BombPlanted: { readonly site: "A" | "B"; readonly seconds: number };
    }
}

/** With an export a file is a module: what it declares stays in it, and is no global of the server's. */
export {};

/** gmod-types declares methods without the `self` that Lua's `:` passes on; what is called here is declared with it. */
interface Spawned {
    Nick(this: Spawned): string;
    Team(this: Spawned): number;
    GetPos(this: Spawned): Vector;
}

hook.Add("PlayerSpawn", "example.typescript", (ply: Spawned) => {
    const [ok, err] = realtime.PlayerSpawn(ply.Nick(), ply.Team(), ply.GetPos());
    if (!ok) {
        print(`[gamemode] ${tostring(err)}`);
    }
});

const [isDefined, problem] = realtime.DefineEvent("BombPlanted", "bomb:planted", [
    { name: "site", type: "enum", values: ["A", "B"] },
    { name: "seconds", type: "integer" },
]);
if (!isDefined) {
    print(problem.message);
}

// A Result that nobody looks at does not compile; `void` says that it does not matter, here since these events are there. The name at
// the end keeps each one subscription when Lua's auto-refresh runs the file again.
void realtime.On("BombPlanted", (event) => {
    print(`[gamemode] bomb at ${event.data.site}, ${event.data.seconds} s, says ${event.source}`);
}, "example.typescript");

void realtime.On("RoundEnd", (event) => {
    PrintMessage(HUD.HUD_PRINTTALK, `${event.data.winner_team} won with ${event.data.score}`);
}, "example.typescript");

void realtime.On("PlayerSpawn", (event) => {
    print(`[gamemode] ${event.data.player_name} spawned at height ${event.data.pos.z}`);
}, "example.typescript");

// In braces, so that nothing is returned: what a hook returns ends the chain.
hook.Add("BombPlanted", "example.typescript", (site: "A" | "B", seconds: number) => {
    const [ok, err] = realtime.Emit("BombPlanted", { site, seconds });
    if (!ok) {
        print(err.remedy);
    }
});

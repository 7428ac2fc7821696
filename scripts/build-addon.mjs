// Makes dist/garrysmod/addons/realtime: the Lua bundle from src/ and the files of addon/ as they are.
// A file that would not change keeps its time stamp, so that a running server does not load it again.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { version, license } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const target = join(root, "dist/garrysmod/addons/realtime");
const bundle = "lua/includes/modules/realtime.lua";

/** Runs a script in a Node of its own; its failure is ours. */
function run(script, ...args) {
    const { status, error } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: "inherit" });
    if (error !== undefined) {
        throw error;
    }
    if (status !== 0) {
        process.exit(status ?? 1);
    }
}

function filesBelow(folder) {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));
}

function put(path, content) {
    const file = join(target, path);
    mkdirSync(dirname(file), { recursive: true });
    if (!filesThere.has(path) || !readFileSync(file).equals(content)) {
        writeFileSync(file, content);
        console.log(`wrote dist/garrysmod/addons/realtime/${path}`);
    }
    filesThere.delete(path);
}

run(join(root, "scripts/generate-contract.mjs"));
run(createRequire(import.meta.url).resolve("typescript-to-lua/dist/tstl.js"), "-p", join(root, "tstl.json"));

mkdirSync(target, { recursive: true });
const filesThere = new Set(filesBelow(target));
const head = `-- gmod-realtime ${version}, ${license} license. Compiled from TypeScript: changes belong into its src/ folder.\n`;
put(bundle, Buffer.from(head + readFileSync(join(root, "build/lua/realtime.lua"), "utf8").trimStart()));
for (const path of filesBelow(join(root, "addon"))) {
    put(path, readFileSync(join(root, "addon", path)));
}
// What an earlier build made and this one did not.
for (const path of filesThere) {
    rmSync(join(target, path));
}

// Each example does in the headless server what its first lines say, put where a user would put it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../../scripts/headless.mjs';
import { startHost, testOfSources } from '../../support/host.mjs';
import { hasRedis, startRedis } from '../../support/redis.mjs';

const skip = !hasRedis() && 'redis-server is not installed';
const SECONDS = 20;

/** Starts a server with one file in its autorun folder. */
function start(t, file, part, settings = { REALTIME_BACKEND: 'memory' }) {
  const prepare = (garrysmod) => {
    const folder = join(garrysmod, 'lua/autorun/server');
    mkdirSync(folder, { recursive: true });
    cpSync(file, join(folder, 'example.lua'));
  };
  return startHost(t, 'example.lua', { settings, words: [part], prepare, seconds: SECONDS });
}

async function play(t, name) {
  const run = await start(t, join(root, 'examples', `${name}.lua`), name).ended;
  assert.equal(run.code, 0, run.output);
  assert.doesNotMatch(run.output, /\[ERROR\]/);
  return run;
}

const channels = (run) => run.all('event').map(([channel]) => channel).filter((channel) => channel !== 'example:end');
const printed = (run, prefix) => run.lines.filter((line) => line.startsWith(prefix));

test('each example has its test', () => {
  const names = readdirSync(join(root, 'examples')).sort();
  const tested = ['chat_bridge.lua', 'demo.lua', 'game_events.lua', 'gamemode.lua', 'kill_feed.lua', 'own_events.lua', 'typescript-gamemode'];
  assert.deepEqual(names, tested);
});

test('gamemode.lua publishes and reacts', async (t) => {
  const run = await play(t, 'gamemode');
  assert.deepEqual(channels(run), ['player:spawn', 'player:death', 'round:start', 'round:end', 'server:announce']);
  assert.deepEqual(printed(run, '[chat]'), ['[chat] Red won on /gmod/27015 with 3', '[chat] maintenance at noon']);
});

test('own_events.lua publishes what fits, and says what does not', async (t) => {
  const run = await play(t, 'own_events');
  assert.deepEqual(printed(run, '[match]'), [
    "[match] the data does not fit the event's definition: mode: expected one of \"casual\", \"ranked\", got string \"friendly\"; " +
      'seconds: expected integer, got number 600.5; score.red: expected integer, got string "3"; score.blue: expected integer, got nil',
    '[match] ranked, 600 s, red 3 : blue 1, 2 players',
    '[match] casual, 1 s, red 0 : blue 0, 0 players',
  ]);
  const bodies = run.all('event').filter(([channel]) => channel === 'match:end').map(([, ...words]) => JSON.parse(words.join(' ')).data);
  assert.deepEqual(bodies[0].players[1], { name: 'Bob', steam_id: '76561198000000001', place: { x: 1, y: 2, z: 3 } });
  assert.deepEqual(bodies[1].players, []);
});

test('game_events.lua publishes the game by itself', async (t) => {
  const run = await play(t, 'game_events');
  const played = ['player:spawn', 'npc:killed', 'chat:message'];
  // The map may have begun before the example was there to see it.
  assert.deepEqual(channels(run).filter((channel) => channel !== 'map:change'), played, run.output);
  assert.deepEqual(printed(run, '[game events]'), ['[game events] Alice killed npc_zombie with weapon_crowbar on /gmod/27015']);
});

for (const [name, expected] of [
  ['kill_feed', '[chat] [27015] Alice was killed by Bob (weapon_crowbar)'],
  ['chat_bridge', '[chat] [27015] Alice: hello "there" ☺'],
]) {
  test(`${name}.lua tells the other server, and not its own`, { skip }, async (t) => {
    const redis = await startRedis();
    t.after(() => redis.close());
    const file = join(root, 'examples', `${name}.lua`);
    // Two servers with the same port, as most have, and no name of their own.
    const listener = start(t, file, 'listen', redis.environment);
    await listener.next('ready');
    const speaker = await start(t, file, name, redis.environment).ended;
    await listener.ended;
    assert.deepEqual([speaker.code, listener.code], [0, 0], speaker.output + listener.output);
    assert.deepEqual(printed(listener, '[chat]'), [expected], listener.output);
    assert.deepEqual(printed(speaker, '[chat]'), [], speaker.output);
  });
}

function patchPackage(folder, ...words) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules/patch-package/dist/index.js'), ...words], { cwd: folder, encoding: 'utf8' });
  assert.equal(status, 0, stdout + stderr);
}

/** A folder with the TypeScript example, and the package in it as `npm pack` makes it. */
function typescriptProject(t) {
  const folder = mkdtempSync(join(tmpdir(), 'realtime-typescript-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(root, 'examples/typescript-gamemode'), folder, { recursive: true });
  const packed = spawnSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], { cwd: root, encoding: 'utf8' });
  assert.equal(packed.status, 0, packed.stderr);
  const [{ filename, files }] = JSON.parse(packed.stdout);
  const target = join(folder, 'node_modules/gmod-realtime');
  mkdirSync(target, { recursive: true });
  const untar = spawnSync('tar', ['-xzf', join(folder, filename), '--strip-components=1', '-C', target], { encoding: 'utf8' });
  assert.equal(untar.status, 0, untar.stderr);
  const { devDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const ours = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies;
  for (const [name, version] of Object.entries(devDependencies)) {
    const link = join(folder, 'node_modules', name);
    if (!existsSync(link)) {
      assert.equal(version, ours[name], name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(root, 'node_modules', name), link);
    }
  }
  // The user has gmod-types as it is published, not as our own patch leaves it, and the example's patch makes it compile.
  const types = join(folder, 'node_modules/gmod-types');
  rmSync(types);
  cpSync(join(root, 'node_modules/gmod-types'), types, { recursive: true });
  cpSync(join(root, 'patches'), join(folder, 'ours'), { recursive: true });
  writeFileSync(join(folder, 'package-lock.json'), '{}');
  patchPackage(folder, '--reverse', '--patch-dir', 'ours');
  assert.match(readFileSync(join(types, 'types/generated.d.ts'), 'utf8'), /bodygroups = 0000000/);
  patchPackage(folder);
  return { folder, files: files.map(({ path }) => path) };
}

const compile = (folder) =>
  spawnSync(process.execPath, [join(root, 'node_modules/typescript-to-lua/dist/tstl.js'), '-p', join(folder, 'tsconfig.json')], { cwd: folder, encoding: 'utf8' });

test('the TypeScript gamemode compiles from the packed package, and runs', async (t) => {
  const { folder, files } = typescriptProject(t);
  for (const path of ['types/realtime.d.ts', 'tstl/no-ignored-result.cjs', 'annotations/realtime.lua', 'docs/API.md', 'README.md', 'LICENSE']) {
    assert.ok(files.includes(path), `the package lacks ${path}`);
  }
  const { status, stdout, stderr } = compile(folder);
  assert.equal(status, 0, stdout + stderr);
  const lua = readFileSync(join(folder, 'lua/autorun/server/gamemode.lua'), 'utf8');
  assert.doesNotMatch(lua, /^(?!local )\w[\w, ]* = /m, 'it makes a global of its own');
  const run = await start(t, join(folder, 'lua/autorun/server/gamemode.lua'), 'typescript').ended;
  assert.equal(run.code, 0, run.output);
  assert.doesNotMatch(run.output, /\[ERROR\]/);
  assert.ok(run.lines.includes('[gamemode] Alice spawned at height 3'), run.output);
  assert.ok(run.lines.includes('[gamemode] bomb at B, 40 s, says /gmod/27015'), run.output);
  assert.ok(run.lines.includes('[chat] Red won with 3'), run.output);
});

testOfSources('the plugin uses the compiler of the project, wherever it lies itself', (t) => {
  const { folder } = typescriptProject(t);
  const place = mkdtempSync(join(tmpdir(), 'realtime-linked-'));
  t.after(() => rmSync(place, { recursive: true, force: true }));
  const installed = join(folder, 'node_modules/gmod-realtime');
  cpSync(installed, place, { recursive: true });
  rmSync(installed, { recursive: true });
  symlinkSync(place, installed);
  const { status, stdout, stderr } = compile(folder);
  assert.equal(status, 0, stdout + stderr);
});

testOfSources('a Result that nobody looks at does not compile', (t) => {
  const { folder } = typescriptProject(t);
  const ignored = [
    'realtime.Connect();',
    '(realtime.RoundStart("a", "b"));',
    'isThere && realtime.RoundStart("a", "b");',
    'isThere ? realtime.Connect() : print("no");',
    'for (const name of ["c"]) realtime.Subscribe(name, () => undefined);',
    'hook.Add("Initialize", "a", () => realtime.RoundStart("a", "b"));',
    'hook.Add("Initialize", "a", () => { return realtime.RoundStart("a", "b"); });',
    'hook.Add("Initialize", "a", () => (isThere ? realtime.RoundStart("a", "b") : undefined));',
    'hook.Add("Initialize", "a", function () { return realtime.RoundStart("a", "b"); });',
    'hook.Add("Initialize", "a", connect);',
    'timer.Simple(1, realtime.Connect);',
    'void realtime.On("RoundEnd", (event) => realtime.RoundStart("a", event.data.winner_team as string));',
    'const later: () => void = () => realtime.Connect();',
    'function own(): import("gmod-realtime").Result<string> { return realtime.Connect() as never; } own();',
  ];
  const kept = [
    'void realtime.Connect();',
    'const [isConnected] = realtime.Connect();',
    'let ok: boolean; [ok] = realtime.Connect();',
    'const connect = (): ReturnType<typeof realtime.ConnectAsync> => realtime.ConnectAsync();',
    'realtime.GetState();',
    'hook.Add("Initialize", "b", () => void realtime.RoundStart("a", "b"));',
    'hook.Add("Initialize", "b", () => { void realtime.RoundStart("a", "b"); });',
    'hook.Add("Initialize", "b", () => realtime.GetState());',
    'const ask = (look: () => ReturnType<typeof realtime.Connect>): void => { const [ok] = look(); print(ok); };',
    'ask(realtime.Connect);',
    'ask(() => realtime.Connect());',
    'const [ran, isThrough] = pcall(() => realtime.Connect()); print(ran, isThrough);',
    'pcall(realtime.Connect);',
    'print(...realtime.Connect());',
    'realtime.ProcessEvents();',
  ];
  const taken = [
    'if (realtime.Connect()) print("yes");',
    'if (!realtime.Connect()) print("no");',
    'const result = realtime.Connect(); print(result);',
    'print((realtime.Connect()) ? "yes" : "no");',
    'print(realtime.Connect() && isThere);',
    'while (realtime.Connect() as never) print("yes");',
    'assert(realtime.Connect());',
    'print("result", realtime.Connect());',
  ];
  const lines = ['declare const isThere: boolean;', ...kept, ...ignored, ...taken];
  writeFileSync(join(folder, 'src/gamemode.ts'), `${lines.join('\n')}\nexport {};\n`);
  const { status, stdout, stderr } = compile(folder);
  assert.notEqual(status, 0);
  const found = [...stdout.matchAll(/\((\d+),\d+\): error \S+ (.*)/g)].map(([, line, text]) => `${lines[Number(line) - 1]} ${text.slice(0, 22)}`);
  const expected = [...ignored.map((line) => `${line} This Result is ignored`), ...taken.map((line) => `${line} This Result is two val`)];
  assert.deepEqual(found, expected, stdout + stderr);
  writeFileSync(join(folder, 'src/gamemode.ts'), 'void realtime.Connect();\nexport {};\n');
  assert.equal(compile(folder).status, 0);
  assert.match(readFileSync(join(folder, 'lua/autorun/server/gamemode.lua'), 'utf8'), /^realtime\.Connect\(\)$/m);
});

testOfSources('a mistake in it does not compile', (t) => {
  const { folder } = typescriptProject(t);
  const file = join(folder, 'src/gamemode.ts');
  const source = readFileSync(file, 'utf8');
  for (const [right, wrong, message] of [
    ['realtime.On("RoundEnd"', 'realtime.On("RoundEmd"', /TS2345/],
    ['event.data.winner_team', 'event.data.winner', /TS2551|TS2339/],
    ['ply.Nick(), ply.Team(), ply.GetPos()', 'ply.Nick(), ply.GetPos(), ply.Team()', /TS2345/],
    ['{ site, seconds }', '{ site, second: seconds }', /TS2561|TS2353/],
    ['values: ["A", "B"]', 'values: "A"', /TS2322/],
    ['const [ok, err] = realtime.Emit("BombPlanted", { site, seconds });', 'const ok = true, err = { remedy: "" }; realtime.Emit("BombPlanted", { site, seconds });', /This Result is ignored/],
  ]) {
    assert.ok(source.includes(right), right);
    writeFileSync(file, source.replace(right, wrong));
    const { status, stdout } = compile(folder);
    assert.notEqual(status, 0, `${wrong} compiles`);
    assert.match(stdout, message, wrong);
  }
});

// The pure modules under Node.js and under LuaJIT, on the same vectors, with equal results. A vector is {call, with, gives}; one
// character of a string is one byte.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { root } from '../../scripts/headless.mjs';
import { globals } from './lua.mjs';

const folder = join(root, 'tests/pure');
const bundle = join(root, 'build/pure/pure.lua');
const loaded = new Map();

/** A module of src/ as JavaScript, with Lua's globals. */
function load(path) {
  if (!loaded.has(path)) {
    const exports = {};
    loaded.set(path, exports);
    const compilerOptions = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.CommonJS, isolatedModules: true };
    const { outputText } = ts.transpileModule(readFileSync(path, 'utf8'), { compilerOptions });
    const local = (name) => load(`${join(dirname(path), name)}.ts`);
    new Function('exports', 'require', ...Object.keys(globals), outputText)(exports, local, ...Object.values(globals));
  }
  return loaded.get(path);
}

function value(given) {
  if (Array.isArray(given)) {
    return given.map(value);
  }
  if (typeof given !== 'object' || given === null) {
    return given;
  }
  if ('$number' in given) {
    return { nan: NaN, inf: Infinity, '-inf': -Infinity }[given.$number] ?? Number(given.$number);
  }
  if ('$repeat' in given) {
    return given.$repeat.repeat(given.times);
  }
  return Object.fromEntries(Object.entries(given).map(([key, item]) => [key, value(item)]));
}

/** A text whose characters may lie beyond 255, which are those of the sources, as the bytes that Lua has. */
const bytes = (text) => text.replace(/[^\0-\xff]/g, (c) => Buffer.from(c).toString('latin1'));

const compiled = spawnSync(process.execPath, [join(root, 'node_modules/typescript-to-lua/dist/tstl.js'), '-p', join(folder, 'tsconfig.json')], { encoding: 'utf8' });

test('the modules compile to Lua by themselves', () => {
  assert.equal(compiled.status, 0, compiled.stdout + compiled.stderr);
});

for (const name of readdirSync(join(folder, 'vectors'))) {
  test(name, () => {
    const file = join(folder, 'vectors', name);
    const vectors = JSON.parse(readFileSync(file, 'utf8'));
    const { status, stdout, stderr } = spawnSync('luajit', [join(folder, 'run.lua'), bundle, file], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    const underLua = stdout.split('\n').slice(0, -1).map((line) => Buffer.from(line, 'hex').toString('latin1'));
    assert.equal(underLua.length, vectors.length);
    const pure = load(join(folder, 'entry.ts'));
    for (const [index, vector] of vectors.entries()) {
      const label = `${name} ${index + 1}: ${JSON.stringify(vector).slice(0, 300)}`;
      const underNode = bytes(pure[vector.call](...vector.with.map(value)));
      assert.equal(underLua[index], underNode, `LuaJIT and Node.js differ: ${label}`);
      assert.equal(underNode, bytes(vector.gives), label);
    }
  });
}

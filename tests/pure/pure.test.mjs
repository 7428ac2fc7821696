// The pure modules under Node.js and under LuaJIT, on the same vectors, with equal results. A vector is {call, with, gives}; one
// character of a string is one byte, null is nil, {"$vector": [x, y, z]} a Vector.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { bundle, bytes, compile, folder, load } from './load.mjs';
import { globals } from './lua.mjs';

function value(given) {
  if (Array.isArray(given)) {
    return given.map(value);
  }
  // In a list it is a hole, as it is in Lua.
  if (given === null) {
    return undefined;
  }
  if (typeof given !== 'object') {
    return given;
  }
  if ('$number' in given) {
    return { nan: NaN, inf: Infinity, '-inf': -Infinity }[given.$number] ?? Number(given.$number);
  }
  if ('$vector' in given) {
    return globals.Vector(...given.$vector);
  }
  if ('$repeat' in given) {
    return given.$repeat.repeat(given.times);
  }
  return Object.fromEntries(Object.entries(given).map(([key, item]) => [key, value(item)]));
}

const problem = compile();

test('the modules compile to Lua by themselves', () => {
  assert.equal(problem, '');
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

// What a server owner can get wrong: one readable line says it, no secret is in it, and the game goes on.
import assert from 'node:assert/strict';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { moduleName } from '../../../scripts/headless.mjs';
import { platform } from '../../../scripts/platforms/platform.mjs';
import { startHost } from '../../support/host.mjs';
import { freePort, hasRedis, startRedis } from '../../support/redis.mjs';

const SECRET = 'correct-horse-battery';
const REAL_SECRET = 'tr0ub4dor-and-3';
const skip = !hasRedis() && 'redis-server is not installed';

/** Runs bad.lua; checks that the game went on, and answers the run. */
async function runBad(t, options) {
  const run = await startHost(t, 'bad.lua', options).ended;
  assert.equal(run.code, 0, run.output);
  assert.deepEqual(run.last('frames'), ['60'], run.output);
  assert.doesNotMatch(run.output, new RegExp(`${SECRET}|${REAL_SECRET}`));
  return run;
}

/** Exactly one line of the output says it. */
function assertOneLine(run, pattern) {
  const lines = run.lines.filter((line) => !line.includes('@@ ') && pattern.test(line));
  assert.equal(lines.length, 1, run.output);
}

const redisAt = (port, password = SECRET) => ({ host: '127.0.0.1', port, password });

test('no binary module', async (t) => {
  const remove = (garrysmod) => platform.moduleNames.forEach((name) => rmSync(join(garrysmod, 'lua/bin', name), { force: true }));
  const run = await runBad(t, { prepare: remove });
  assertOneLine(run, new RegExp(moduleName.replace('.', '\\.')));
  assert.deepEqual(run.last('connect'), ['false', 'BINARY_MISSING']);
});

test('a file that is no binary module', async (t) => {
  const spoil = (garrysmod) => {
    rmSync(join(garrysmod, 'lua/bin', moduleName));
    writeFileSync(join(garrysmod, 'lua/bin', moduleName), 'not a library');
  };
  const run = await runBad(t, { prepare: spoil });
  assertOneLine(run, /does not load: replace .*\.dll by that of release/);
  assert.deepEqual(run.last('connect'), ['false', 'BINARY_BROKEN']);
});

for (const [abi, version, replace] of [
  [99, '9.9.9', 'garrysmod/addons/realtime'],
  [0, '0.0.1', moduleName],
]) {
  test(`a binary module of release ${version}`, async (t) => {
    const prepare = (garrysmod) =>
      copyFileSync(join(platform.build, `tests/other_release_${abi}.dll`), join(garrysmod, 'lua/bin', moduleName));
    const run = await runBad(t, { prepare });
    assertOneLine(run, new RegExp(`${version.replaceAll('.', '\\.')} .*replace .*${replace.replaceAll('.', '\\.')}`));
    assert.deepEqual(run.last('connect'), ['false', 'BINARY_MISMATCH']);
  });
}

test('no server at the port', async (t) => {
  const port = await freePort();
  const run = await runBad(t, { redis: redisAt(port) });
  assert.deepEqual(run.last('connect'), ['false', 'CONNECT_FAILED']);
  assertOneLine(run, new RegExp(`127\\.0\\.0\\.1:${port}`));
  // It goes on trying, and what is published meanwhile waits and is counted.
  assert.deepEqual(run.last('publish'), ['true', 'nil']);
  assert.equal(run.stats.pending, 2);
});

test('something else at the port', async (t) => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const run = await runBad(t, { redis: redisAt(server.address().port) });
  assert.deepEqual(run.last('connect'), ['false', 'PROTOCOL_ERROR']);
  assertOneLine(run, /not its protocol/);
});

test('a refused password', { skip }, async (t) => {
  const redis = await startRedis({ password: REAL_SECRET });
  t.after(() => redis.close());
  const run = await runBad(t, { redis: redisAt(redis.port) });
  assert.deepEqual(run.last('connect'), ['false', 'AUTH_FAILED']);
  assertOneLine(run, /refused the user name or password/);
});

test('no password where one is asked for', { skip }, async (t) => {
  const redis = await startRedis({ password: REAL_SECRET });
  t.after(() => redis.close());
  const run = await runBad(t, { redis: redisAt(redis.port, '') });
  assert.deepEqual(run.last('connect'), ['false', 'AUTH_REQUIRED']);
  assertOneLine(run, /asks for a password/);
});

test('a refused password in the environment', { skip }, async (t) => {
  const redis = await startRedis({ password: REAL_SECRET });
  t.after(() => redis.close());
  // The addon connects by itself before the script asks.
  const run = await runBad(t, { settings: { ...redis.environment, REDIS_PASSWORD: SECRET } });
  assert.deepEqual(run.last('connect'), ['false', 'ALREADY_CONNECTED']);
  assertOneLine(run, /refused the user name or password/);
});

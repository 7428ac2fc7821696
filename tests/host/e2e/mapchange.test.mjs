// A map change closes the module in the middle of everything and opens it again in the same process.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beforeAddons, startHost } from '../../support/host.mjs';
import { hasRedis, startRedis } from '../../support/redis.mjs';
import { RespClient, encodeCommand } from '../../support/resp.mjs';

const MAPS = 100;
const BURST = 100;
const TICKRATE = 250;
const lookBefore = beforeAddons('mapchange_before.lua');
const skip = !hasRedis() && 'redis-server is not installed';

/** Every map began with exactly what the first one began with: before the module was loaded, and after. */
function checkNothingStayed(run) {
  assert.equal(run.code, 0, run.output);
  const before = run.all('before');
  assert.equal(before.length, MAPS + 1, run.output);
  // Not mapped, one thread, some descriptors, no reference and no wrong free.
  assert.deepEqual(before[0], ['false', '1', before[0][2], '0', '0']);
  for (const [i, each] of before.entries()) {
    assert.deepEqual(each, before[0], `after ${i} map changes, the module not loaded`);
  }
  const loaded = run.all('map').map(([, ...left]) => left);
  assert.equal(loaded.length, MAPS + 1, run.output);
  for (const [i, each] of loaded.entries()) {
    assert.deepEqual(each, loaded[0], `after ${i} map changes, the module loaded`);
  }
  const ends = run.all('end').map(([how]) => how);
  for (const how of ['unconnected', 'connecting', 'connected', 'disconnecting']) {
    assert.equal(ends.filter((each) => each === how).length, MAPS / 4, how);
  }
  assert.doesNotMatch(run.output, /\[ERROR\]/);
}

test('a hundred map changes under traffic leave nothing behind', { skip }, async (t) => {
  const redis = await startRedis();
  t.after(() => redis.close());
  const source = await RespClient.open(redis);
  t.after(() => source.close());
  const run = startHost(t, 'mapchange.lua', { redis, tickrate: TICKRATE, prepare: lookBefore });
  const burst = Buffer.concat(Array.from({ length: BURST }, (_, i) => encodeCommand('PUBLISH', 'map:traffic', `message ${i}`)));
  let ended = false;
  const pour = (async () => {
    while (!ended) {
      await source.sendAll(burst, BURST);
    }
  })();
  await run.ended;
  ended = true;
  await pour;
  checkNothingStayed(run);
});

test('a hundred map changes with the memory backend leave nothing behind', async (t) => {
  const run = startHost(t, 'mapchange.lua', { tickrate: TICKRATE, prepare: lookBefore });
  await run.ended;
  checkNothingStayed(run);
});

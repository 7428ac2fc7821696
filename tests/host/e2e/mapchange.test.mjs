// A map change closes the module in the middle of everything and opens it again in the same process.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startHost } from '../../support/host.mjs';
import { hasRedis, startRedis } from '../../support/redis.mjs';
import { RespClient, encodeCommand } from '../../support/resp.mjs';

const MAPS = 20;
const BURST = 100;
const skip = !hasRedis() && 'redis-server is not installed';

test('twenty map changes under traffic leave nothing behind', { skip }, async (t) => {
  const redis = await startRedis();
  t.after(() => redis.close());
  const source = await RespClient.open(redis);
  t.after(() => source.close());
  const run = startHost(t, 'mapchange.lua', { redis });
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
  assert.equal(run.code, 0, run.output);
  const maps = run.all('map');
  assert.equal(maps.length, MAPS + 1);
  const left = maps.map(([, threads, descriptors, references]) => ({ threads, descriptors, references }));
  for (const [i, each] of left.entries()) {
    assert.deepEqual(each, left[0], `after ${i} map changes`);
  }
});

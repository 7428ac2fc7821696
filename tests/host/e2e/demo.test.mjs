// What `npm start` shows runs through, on the embedded backend and through Redis.
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../../scripts/headless.mjs';
import { startHost } from '../../support/host.mjs';
import { hasRedis, startRedis } from '../../support/redis.mjs';

const demo = join(root, 'examples/demo.lua');
const EVENTS = ['PlayerSpawn', 'PlayerDeath', 'ChatMessage', 'PlayerTakeDamage', 'RoundStart', 'RoundEnd'];

async function check(run) {
  await run.ended;
  assert.equal(run.code, 0, run.output);
  assert.doesNotMatch(run.output, /error/i);
  for (const event of EVENTS) {
    assert.match(run.output, new RegExp(event));
  }
}

test('the demo ends with exit code 0 on the memory backend', async (t) => {
  await check(startHost(t, demo, { settings: { REALTIME_BACKEND: 'memory' } }));
});

test('the demo ends with exit code 0 through Redis', { skip: !hasRedis() && 'redis-server is not installed' }, async (t) => {
  const redis = await startRedis();
  t.after(() => redis.close());
  await check(startHost(t, demo, { settings: redis.environment }));
});

test('events that come late come back all the same', async (t) => {
  const prepare = (garrysmod) => cpSync(demo, join(garrysmod, 'lua/demo.lua'));
  await check(startHost(t, 'late_demo.lua', { settings: { REALTIME_BACKEND: 'memory' }, words: ['seconds=1'], prepare }));
});

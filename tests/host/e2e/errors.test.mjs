// Ten thousand errors out of each function of the module, with either backend: nothing grows, and no lock stays held.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { platform } from '../../../scripts/platforms/platform.mjs';
import { startHost } from '../../support/host.mjs';
import { hasRedis, startRedis } from '../../support/redis.mjs';

const FUNCTIONS = 13;
const TIMES = 10000;

async function check(t, options) {
  const run = await startHost(t, 'errors.lua', options).ended;
  assert.equal(run.code, 0, run.output);
  assert.deepEqual(run.all('forgotten'), []);
  assert.deepEqual(run.last('platform'), [platform.reported]);
  const raised = run.all('raised');
  assert.equal(raised.length, FUNCTIONS + 1, run.output);
  for (const [name, bytes, references] of raised) {
    t.diagnostic(`${name}: ${bytes} bytes after ${TIMES} errors`);
    // Less than a byte for each: what was skipped would be a text at least. What is sent, though, makes the connection's
    // buffers larger or smaller, as the batches fall. (A sanitizer's allocator counts none; it looks for leaks by itself.)
    assert.ok(Number(bytes) < TIMES || (name === 'callbacks' && options.redis !== undefined), `${name} left ${bytes} bytes`);
    assert.equal(references, '0', name);
  }
}

test('with the memory backend', (t) => check(t, {}));

test('with a server', { skip: !hasRedis() && 'redis-server is not installed' }, async (t) => {
  const redis = await startRedis();
  t.after(() => redis.close());
  await check(t, { redis });
});

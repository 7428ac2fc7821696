// The server goes away in mid-run, politely and not, and comes back: events flow again by themselves, the game thread
// waits for nothing meanwhile, and the counters add up.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { platform } from '../../../scripts/platforms/platform.mjs';
import { startHost } from '../../support/host.mjs';
import { hasRedis, startRedis } from '../../support/redis.mjs';
import { RespClient } from '../../support/resp.mjs';
import { assertNoStall, stallOf } from '../../support/stall.mjs';

const LIMIT_MS = 1;
/** Only Linux tells whether a thread waited and what it worked; without that, the clock says nothing of the call. */
const measures = !platform.isWindows;
const skip = !hasRedis() && 'redis-server is not installed';

test('a server that is stopped, killed and started again', { skip }, async (t) => {
  const redis = await startRedis();
  t.after(() => redis.close());
  const run = startHost(t, 'restart.lua', { redis });
  await run.next('flowing');
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    const noticed = run.next('state');
    await redis.stop(signal);
    assert.equal((await noticed)[0], 'reconnecting');
    const flowing = run.next('flowing');
    await redis.start();
    await flowing;
  }
  const control = await RespClient.open(redis);
  t.after(() => control.close());
  await control.send('PUBLISH', 'restart:end', '');
  await run.ended;
  assert.equal(run.code, 0, run.output);

  const stats = run.stats;
  assert.equal(stats.sent, stats.published + stats.failed + stats.unknown + stats.pending);
  assert.equal(stats.received, stats.delivered + stats.dropped + stats.queued);
  assert.equal(stats.pending, 0);
  assert.equal(stats.connects, 3);
  assert.equal(stats.refused, 0);

  const stall = stallOf(run);
  const { calls, excused, publish, process } = stall;
  t.diagnostic(`${calls} calls, ${excused} of them excused; longest publish ${publish.longest.toFixed(3)} ms, longest delivery ${process.longest.toFixed(3)} ms`);
  if (measures) {
    assertNoStall(t, stall, { publish: LIMIT_MS, process: LIMIT_MS });
  }
});

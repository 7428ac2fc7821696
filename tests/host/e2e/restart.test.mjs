// The server goes away in mid-run, politely and not, and comes back: events flow again by themselves, the game thread
// waits for nothing meanwhile, and the counters add up.
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { platform } from '../../../scripts/platforms/platform.mjs';
import { startHost } from '../../support/host.mjs';
import { hasRedis, startRedis } from '../../support/redis.mjs';
import { RespClient } from '../../support/resp.mjs';
import { assertTook } from '../../support/timing.mjs';

const LIMIT_MS = 1;
/** Only Linux tells a thread for how long it could have run and did not; without that, the clock says nothing of the call. */
const measures = !platform.isWindows;
const skip = !hasRedis() && 'redis-server is not installed';

test('a server that is stopped, killed and started again', { skip }, async (t) => {
  const redis = await startRedis();
  t.after(() => redis.close());
  const run = startHost(t, 'restart.lua', {
    redis,
    prepare: measures
      ? (garrysmod) => ['schedstat', 'status'].forEach((name) => symlinkSync(`/proc/self/${name}`, join(garrysmod, name)))
      : undefined,
  });
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

  const [calls, slow, unwaited] = run.last('calls');
  t.diagnostic(`${calls} calls, ${slow} of them longer than ${LIMIT_MS} ms on the clock, ${unwaited} without having waited`);
  if (!measures) {
    return;
  }
  assertTook(t, Number(unwaited), 1, `${unwaited} calls took long by themselves`);
  for (const [kind, own, wall] of run.all('longest')) {
    t.diagnostic(`longest ${kind}: ${Number(own).toFixed(3)} ms of its own, ${Number(wall).toFixed(3)} ms on the clock`);
    assertTook(t, Number(own), LIMIT_MS, `a ${kind} call took ${own} ms:\n${run.all('slow').map((words) => words.join(' ')).join('\n')}`);
  }
});

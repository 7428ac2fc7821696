// What realtime.PlayerDeath costs the game thread.
import { startRedis } from '../../scripts/private-redis.mjs';
import { playerDeath, RAW_BYTES } from '../harness/payloads.mjs';
import { median } from '../harness/statistics.mjs';
import { assertNothingLost, finish, keepOnCore, startHost, startProgram, startScript } from '../harness/subject.mjs';
import { ratio } from '../harness/targets.mjs';

const BURST = 2000;
const BURSTS = 40;
const BLOCKING_CALLS = 20_000;
const SLOW_CALLS = 10_000;
const SERVER_CORE = 0;
const CALLER_CORE = 1;
// Bursts of a few calls need more of them for the same number of calls.
const SMALL_BURSTS = { 1: 300, 10: 200, 100: 100 };

const ours = (kind, calls, bursts, ...mode) => async (redis) => {
  const subject = startHost(redis, 'publish_cost.lua', [kind, calls, bursts, RAW_BYTES, ...mode], { tickrate: 1000 });
  return finish(subject, ({ run }) => {
    assertNothingLost(run.stats);
    return { ns: median(subject.samples()) };
  });
};

const cjson = (...mode) => async (redis) => {
  const subject = startScript(redis, 'cjson_encode.lua', [BURST, BURSTS, ...mode]);
  return finish(subject, () => ({ ns: median(subject.samples()) }));
};

/**
 * What waits for an answer depends on where the two sides run: a core that slept takes its time to wake. So both are given their place,
 * server and caller on a core each, as beside a game server, or both on one. `start(redis, words, options)` starts the caller.
 */
const blocking = (start, core, calls) => async () => {
  const redis = await startRedis();
  try {
    keepOnCore(redis.pid, SERVER_CORE);
    return await finish(start(redis, ['player:death', playerDeath(), calls], { core }), (_, [ns]) => ({ ns: Number(ns) }));
  } finally {
    await redis.close();
  }
};
const hiredis = (redis, words, options) => startProgram(redis, 'blocking_publish', words, options);
const redisLua = (redis, words, options) => startScript(redis, 'redis_lua_publish.lua', words, options);

export default {
  number: 1,
  name: 'publish-call',
  title: 'Game-thread time of realtime.PlayerDeath',
  about:
    `From the arguments to the queue: validated, wrapped into the envelope, written as JSON, queued. Bursts of ${BURST.toLocaleString('en-US')} calls into an ` +
    'empty queue, timed as a whole; the time until the queue has drained is not in it, the I/O thread and the server running beside it are. ' +
    'LuaJIT is as the game leaves it (compiler on); "interpreted" is with the compiler off. ' +
    'Before them 20 bursts to warm up, and 2,000 calls for what waits for the server. A blocking PUBLISH runs on a core of its own, beside the server\'s; ' +
    'where the two share one core, no core has to wake up, but the game thread would share it with the server.',
  metrics: { ns: { title: 'time of a call', unit: 'ns', digits: 0, better: 'lower' } },
  contenders: [
    { name: 'realtime', title: 'realtime.PlayerDeath', run: ours('event', BURST, BURSTS) },
    { name: 'cjson', baseline: true, title: 'lua-cjson, encoding the same envelope and nothing else', run: cjson() },
    { name: 'blocking', baseline: true, title: 'hiredis, blocking PUBLISH of the same envelope', run: blocking(hiredis, CALLER_CORE, BLOCKING_CALLS) },
    { name: 'redis-lua', baseline: true, title: 'redis-lua and LuaSocket, blocking PUBLISH', run: blocking(redisLua, CALLER_CORE, SLOW_CALLS) },
    { name: 'blocking-one-core', baseline: true, title: 'hiredis, blocking PUBLISH, server and caller on one core', run: blocking(hiredis, SERVER_CORE, BLOCKING_CALLS) },
    { name: 'raw', title: `realtime.Publish of ${RAW_BYTES} bytes`, run: ours('raw', BURST, BURSTS) },
    { name: 'interpreted', title: 'realtime.PlayerDeath, interpreted', run: ours('event', BURST, BURSTS, 'interpreted') },
    { name: 'cjson-interpreted', baseline: true, title: 'lua-cjson, interpreted', run: cjson('interpreted') },
    ...Object.entries(SMALL_BURSTS).map(([calls, bursts]) => ({
      name: `burst-${calls}`,
      title: `realtime.PlayerDeath, ${calls === '1' ? 'one call' : `bursts of ${calls}`}, waking the I/O thread`,
      run: ours('event', Number(calls), bursts),
    })),
  ],
  targets: [
    ratio({ metric: 'ns', baseline: 'cjson', atMost: 1, text: 'no more than lua-cjson needs to encode the envelope' }),
    ratio({ metric: 'ns', baseline: 'blocking', atMost: 1 / 25, text: 'no more than 1/25 of a blocking PUBLISH' }),
  ],
};

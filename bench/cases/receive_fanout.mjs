// Raw messages into a Lua callback, each through two patterns, so that the server is not what sets the pace of the clients for Node.js.
import { RAW_BYTES, raw } from '../harness/payloads.mjs';
import { ratio } from '../harness/targets.mjs';
import { hiredis, METRICS, ours, script } from '../harness/receivers.mjs';

// As few as it takes for that: the server is sent a message once, however often it arrives.
const COPIES = 2;
const DELIVERIES = 4_000_000;
const load = { channel: 'bench:data', payload: raw(), copies: COPIES, messages: DELIVERIES / COPIES };

export default {
  number: 3,
  name: 'receive-fanout',
  title: `Raw messages of ${RAW_BYTES} bytes, each through ${COPIES} patterns`,
  about:
    `As above, but with ${COPIES} patterns that match: ${DELIVERIES.toLocaleString('en-US')} messages arrive, of which one in ${COPIES} was published. ` +
    'The server reads and looks up each but once, so that the clients for Node.js are slower than it is. ' +
    'The bare hiredis loop is not: it still waits for the server, and so do we. With more patterns than it takes here it gets ahead of everybody who does more than to count: ' +
    '[scaling-patterns](#scaling-patterns) has the figures of ten and a hundred. The clients for Node.js are compared as they come, with strings, and as buffers.',
  metrics: METRICS,
  contenders: [
    { name: 'realtime', title: 'realtime.SubscribePattern', run: ours(load, 'pattern') },
    { name: 'hiredis', baseline: true, title: 'hiredis, subscriber loop', run: hiredis(load, 'pattern') },
    { name: 'node-redis', baseline: true, title: 'node-redis', run: script(load, 'node_redis.mjs', 'pattern') },
    { name: 'ioredis', baseline: true, title: 'ioredis', run: script(load, 'ioredis.mjs', 'pattern') },
    { name: 'node-redis-buffers', baseline: true, title: 'node-redis, messages as buffers', run: script(load, 'node_redis.mjs', 'pattern', 'buffers') },
    { name: 'ioredis-buffers', baseline: true, title: 'ioredis, messages as buffers', run: script(load, 'ioredis.mjs', 'pattern', 'buffers') },
  ],
  targets: [
    ratio({ metric: 'rate', baseline: 'hiredis', atLeast: 0.8, text: 'at least 0.8 of the hiredis loop' }),
    ratio({ metric: 'rate', baseline: 'node-redis', atLeast: 1.4, text: 'at least 1.4 of node-redis' }),
    ratio({ metric: 'rate', baseline: 'ioredis', atLeast: 1.4, text: 'at least 1.4 of ioredis' }),
  ],
};

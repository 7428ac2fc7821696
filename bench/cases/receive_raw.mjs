// Raw messages into a Lua callback, as fast as they come.
import { RAW_BYTES, raw } from '../harness/payloads.mjs';
import { ratio } from '../harness/targets.mjs';
import { hiredis, METRICS, ours, script } from '../harness/receivers.mjs';

const load = { channel: 'bench:data', payload: raw(), messages: 3_000_000 };
// redis-lua is some three times slower: it is given less, so as not to be waited for.
const small = { ...load, messages: 1_000_000 };

export default {
  number: 3,
  name: 'receive-raw',
  title: `Raw messages of ${RAW_BYTES} bytes, delivered into a Lua callback`,
  about:
    `${load.messages.toLocaleString('en-US')} messages from one and the same pipelined sender, which is answered nothing and so takes as little of the ` +
    'machine as can be; up to 30,000 are on their way, so that nobody waits for it, and the inbound queue has room for them. Counted by the receiver, from its first message to its last. ' +
    'All other receivers only count, too. They all connect and subscribe before; the rest of the warming up is in the figures. ' +
    'The clients for Node.js are compared as they come, with strings, and as buffers. ' +
    'The limit is the server: one subscription takes it more time than it takes hiredis, this module or node-redis, so that none of these three is far ahead of another, ' +
    'and which of them leads is a matter of how they share two cores with it. What they need themselves is the processor time. The next benchmark has the target against node-redis.',
  metrics: METRICS,
  contenders: [
    { name: 'realtime', title: 'realtime.Subscribe', run: ours(load, 'channel') },
    { name: 'hiredis', baseline: true, title: 'hiredis, subscriber loop', run: hiredis(load) },
    { name: 'node-redis', baseline: true, title: 'node-redis', run: script(load, 'node_redis.mjs') },
    { name: 'ioredis', baseline: true, title: 'ioredis', run: script(load, 'ioredis.mjs') },
    { name: 'node-redis-buffers', baseline: true, title: 'node-redis, messages as buffers', run: script(load, 'node_redis.mjs', 'channel', 'buffers') },
    { name: 'ioredis-buffers', baseline: true, title: 'ioredis, messages as buffers', run: script(load, 'ioredis.mjs', 'channel', 'buffers') },
    { name: 'redis-lua', baseline: true, title: 'redis-lua and LuaSocket', run: script(small, 'redis_lua_subscriber.lua') },
  ],
  targets: [
    ratio({ metric: 'rate', baseline: 'hiredis', atLeast: 0.8, text: 'at least 0.8 of the hiredis loop' }),
    ratio({ metric: 'rate', baseline: 'node-redis', text: 'of node-redis: 1.4 cannot be had, the server sets the pace' }),
    ratio({ metric: 'rate', baseline: 'ioredis', atLeast: 1.4, text: 'at least 1.4 of ioredis' }),
  ],
};

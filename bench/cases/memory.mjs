// What events in flight take of the machine's memory.
import { startRedis } from '../../scripts/private-redis.mjs';
import { memory } from '../harness/process.mjs';
import { playerDeath } from '../harness/payloads.mjs';
import { startHost, startProgram } from '../harness/subject.mjs';
import { value } from '../harness/targets.mjs';

const EVENTS = 10_000;
const BYTES = 256;
const MEGABYTE = 1e6;
const BATCH = 2500;

const difference = (idle, full, bytes) => ({
  rss: (full.rss - idle.rss) / MEGABYTE,
  pss: (full.pss - idle.pss) / MEGABYTE,
  bytes: bytes / EVENTS,
});

/** Events from another client, of which none is delivered: the driver's hook and timer have been taken away. */
async function inbound(redis) {
  const subject = startHost(redis, 'memory.lua', ['inbound', EVENTS]);
  let sender;
  try {
    const full = subject.run.next('full');
    await subject.run.next('idle');
    const idle = memory(subject.pid);
    sender = startProgram(redis, 'pipelined_publisher', ['player:death', 1, EVENTS, BATCH, EVENTS / BATCH, playerDeath({ bytes: BYTES })]);
    await full;
    return difference(idle, memory(subject.pid), subject.run.stats.bytesReceived);
  } finally {
    await subject.stop();
    await sender?.stop();
  }
}

/** Events that were published after the server went away. */
async function outbound() {
  const redis = await startRedis();
  const subject = startHost(redis, 'memory.lua', ['outbound', EVENTS, BYTES]);
  try {
    const full = subject.run.next('full');
    await subject.run.next('idle');
    const idle = memory(subject.pid);
    const before = subject.run.stats.bytesPublished;
    await redis.stop();
    await full;
    return difference(idle, memory(subject.pid), subject.run.stats.bytesPublished - before);
  } finally {
    await subject.stop();
    await redis.close();
  }
}

export default {
  number: 7,
  name: 'memory',
  title: `${EVENTS.toLocaleString('en-US')} events of ${BYTES} bytes in flight`,
  about:
    'What the whole process takes more than just before, when it was connected and subscribed and nothing had ever been in flight. Inbound: they have arrived and nobody drains ' +
    'them. Outbound: they were published while the server was away. Lua has collected its garbage before both looks; nothing else was given back.',
  metrics: {
    rss: { title: 'resident memory over idle', unit: 'MB', digits: 2, better: 'lower' },
    pss: { title: 'proportional share over idle', unit: 'MB', digits: 2, better: 'lower' },
    bytes: { title: 'bytes of a message', unit: '', digits: 0 },
  },
  contenders: [
    { name: 'inbound', title: 'arrived, not yet delivered', run: inbound },
    { name: 'outbound', title: 'published, server away', run: outbound },
  ],
  targets: [
    value({ metric: 'rss', subject: 'inbound', unit: 'MB', atMost: 5, text: 'less than 5 MB, inbound' }),
    value({ metric: 'rss', subject: 'outbound', unit: 'MB', atMost: 5, text: 'less than 5 MB, outbound' }),
  ],
};

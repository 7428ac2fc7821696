// Publishing from one byte to 64 KiB.
import { linear, points } from '../harness/growth.mjs';
import { raw } from '../harness/payloads.mjs';
import { median } from '../harness/statistics.mjs';
import { assertNothingLost, finish, startHost, startProgram } from '../harness/subject.mjs';

const AXIS = [1, 16, 256, 1024, 4096, 16_384, 65_536];
const KIB = 1024;
// What a burst may hold: fewer messages and bytes than the outbound queue.
const BURST_CALLS = 1000;
const BURST_BYTES = 4 << 20;
const BURSTS = 20;
const BLOCKING_CALLS = 3000;

const ours = (bytes) => async (redis) => {
  const calls = Math.min(BURST_CALLS, BURST_BYTES / bytes);
  const subject = startHost(redis, 'publish_cost.lua', ['raw', calls, BURSTS, bytes], { tickrate: 1000 });
  return finish(subject, ({ run }) => {
    assertNothingLost(run.stats);
    return { ns: median(subject.samples()) };
  });
};

const blocking = (bytes) => async (redis) =>
  finish(startProgram(redis, 'blocking_publish', ['bench:publish', raw(bytes), BLOCKING_CALLS]), (_, [ns]) => ({ ns: Number(ns) }));

export default {
  name: 'scaling-publish',
  title: 'Publishing, from 1 byte to 64 KiB',
  about: 'Game-thread time of a call of realtime.Publish, in bursts that fit into the outbound queue, beside a blocking PUBLISH of hiredis.',
  metrics: { ns: { title: 'time of a call', unit: 'ns', digits: 0, better: 'lower' } },
  curve: { axis: 'bytes', metric: 'ns' },
  contenders: points(AXIS, {
    realtime: { title: 'realtime.Publish', run: ours },
    hiredis: { title: 'hiredis, blocking PUBLISH', run: blocking },
  }),
  targets: [linear({ axis: AXIS, from: KIB, metric: 'ns', text: 'no worse than linear, from 1 KiB on' })],
};

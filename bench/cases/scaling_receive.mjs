// Receiving from one byte to 64 KiB.
import { linear, points } from '../harness/growth.mjs';
import { raw } from '../harness/payloads.mjs';
import { hiredis, METRICS, ours } from '../harness/receivers.mjs';

const AXIS = [1, 16, 256, 1024, 4096, 16_384, 65_536];
const BYTES = 128 << 20;
const KIB = 1024;
const MESSAGES = 200_000;
const load = (bytes) => ({ channel: 'bench:data', payload: raw(bytes), messages: Math.min(MESSAGES, BYTES / bytes) });

export default {
  name: 'scaling-receive',
  title: 'Receiving, from 1 byte to 64 KiB',
  about: 'Raw messages, as fast as they come. What a message costs should be flat while it is small, and grow no faster than its length.',
  metrics: METRICS,
  curve: { axis: 'bytes', metric: 'cost' },
  contenders: points(AXIS, {
    realtime: { title: 'realtime.Subscribe', run: (x) => ours(load(x), 'channel') },
    hiredis: { title: 'hiredis, subscriber loop', run: (x) => hiredis(load(x)) },
  }),
  targets: [linear({ axis: AXIS, from: KIB, metric: 'cost', text: 'no worse than linear, from 1 KiB on' })],
};

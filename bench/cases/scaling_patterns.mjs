// One pattern or a hundred, all of which match.
import { flat, points } from '../harness/growth.mjs';
import { RAW_BYTES, raw } from '../harness/payloads.mjs';
import { hiredis, METRICS, ours } from '../harness/receivers.mjs';

const AXIS = [1, 10, 100];
const MOST_GROWTH = 1.5;
const DELIVERIES = 200_000;
const load = (copies) => ({ channel: 'bench:data', payload: raw(), copies, messages: DELIVERIES / copies });

export default {
  name: 'scaling-patterns',
  title: `From 1 to ${AXIS.at(-1)} patterns`,
  about: `Raw messages of ${RAW_BYTES} bytes to a channel that all the patterns match: each arrives once for every pattern. What a delivery costs should not grow, so that a message's cost is linear.`,
  metrics: METRICS,
  curve: { axis: 'patterns', metric: 'cost' },
  contenders: points(AXIS, {
    realtime: { title: 'realtime.SubscribePattern', run: (x) => ours(load(x), 'pattern') },
    hiredis: { title: 'hiredis, subscriber loop', run: (x) => hiredis(load(x), 'pattern') },
  }),
  targets: [flat({ axis: AXIS, metric: 'cost', atMost: MOST_GROWTH, text: `flat: a delivery costs at most ${MOST_GROWTH} times as much` })],
};

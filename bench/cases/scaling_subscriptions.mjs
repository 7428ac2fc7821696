// One subscription or a thousand: what a message costs.
import { flat, points } from '../harness/growth.mjs';
import { RAW_BYTES, raw } from '../harness/payloads.mjs';
import { hiredis, METRICS, ours } from '../harness/receivers.mjs';

const AXIS = [1, 10, 100, 1000];
const MOST_GROWTH = 1.5;
const load = (topics) => ({ channel: 'bench:data', payload: raw(), topics, messages: 200_000 });

export default {
  name: 'scaling-subscriptions',
  title: `From 1 to ${AXIS.at(-1).toLocaleString('en-US')} subscriptions`,
  about: `Raw messages of ${RAW_BYTES} bytes as fast as they come, to all channels in turn, each with a subscription of its own. What a message costs should not grow.`,
  metrics: METRICS,
  curve: { axis: 'subscriptions', metric: 'cost' },
  contenders: points(AXIS, {
    realtime: { title: 'realtime.Subscribe', run: (x) => ours(load(x), 'channel') },
    hiredis: { title: 'hiredis, subscriber loop', run: (x) => hiredis(load(x)) },
  }),
  targets: [flat({ axis: AXIS, metric: 'cost', atMost: MOST_GROWTH, text: `flat: a message costs at most ${MOST_GROWTH} times as much` })],
};

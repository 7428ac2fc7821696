// Latency, with a frame loop that spins.
import { about, hiredis, histogram, METRICS, ours } from '../harness/latency.mjs';
import { ratio, value } from '../harness/targets.mjs';

export default {
  number: 5,
  name: 'latency',
  title: 'Latency from PUBLISH by another client to the callback, frame loop spinning',
  about: `${about} The hiredis subscriber waits in a blocking read for the same sender's messages: the physical limit.`,
  metrics: METRICS,
  histogram,
  contenders: [
    { name: 'realtime', title: 'realtime.Subscribe, frame loop spinning', run: ours(0) },
    { name: 'hiredis', baseline: true, title: 'hiredis, blocking read', run: hiredis },
  ],
  targets: [
    ratio({ metric: 'p99', baseline: 'hiredis', atMost: 3, text: 'p99 at most 3 times that of hiredis' }),
    value({ metric: 'p99', unit: 'µs', atMost: 5000, text: 'p99 below 5 ms' }),
  ],
};

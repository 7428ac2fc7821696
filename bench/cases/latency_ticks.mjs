// Latency in a server as it is.
import { about, histogram, METRICS, ours } from '../harness/latency.mjs';

const TICKRATE = 66.67;
const TICK_US = 1e6 / TICKRATE;

export default {
  number: 6,
  name: 'latency-ticks',
  title: `Latency at ${TICKRATE} frames a second`,
  about: `${about} A message waits for the next frame: half a tick on average, one tick (${(TICK_US / 1000).toFixed(1)} ms) at most.`,
  metrics: METRICS,
  histogram,
  contenders: [
    { name: 'realtime', title: `realtime.Subscribe, ${TICKRATE} frames a second`, run: ours(TICKRATE) },
    { name: 'spinning', title: 'realtime.Subscribe, frame loop spinning', run: ours(0) },
  ],
  targets: [
    {
      text: 'p99 at most one tick more than the p99 of the spinning loop',
      unit: 'µs',
      atMost: TICK_US,
      figure: ({ realtime, spinning }) => realtime.p99 - spinning.p99,
    },
  ],
};

// Ten thousand events at once, under the frame's budget.
import { playerDeath } from '../harness/payloads.mjs';
import { logHistogram, quantiles } from '../harness/statistics.mjs';
import { assertNothingLost, finish, startHost, startProgram } from '../harness/subject.mjs';
import { value } from '../harness/targets.mjs';

const EVENTS = 10_000;
// Without work in the callback a burst takes some 14 frames, with it some 70: a p99 needs hundreds.
const LIGHT_BURSTS = 30;
const HEAVY_BURSTS = 10;
const HEAVY_US = 10;
const MILLISECOND_NS = 1e6;
const payload = playerDeath({ victim: '#'.repeat(10) });

const burst = (bursts, work) => async (redis) => {
  const subject = startHost(redis, 'burst.lua', [EVENTS, bursts, work]);
  let sender;
  try {
    await subject.ready;
    sender = startProgram(redis, 'pipelined_publisher', ['player:death', 1, EVENTS * bursts, EVENTS, 1, payload]);
    return await finish(subject, ({ run }) => {
      assertNothingLost(run.stats);
      const samples = subject.samples().map((ns) => ns / MILLISECOND_NS);
      const [received, disordered] = run.last('order').map(Number);
      const { p50, p99, max } = quantiles(samples);
      return { p50, p99, max, frames: samples.length / bursts, lost: EVENTS * bursts - received, disordered, samples };
    });
  } finally {
    await subject.stop();
    await sender?.stop();
  }
};

export default {
  number: 10,
  name: 'burst',
  title: `A burst of ${EVENTS.toLocaleString('en-US')} typed events, budget 2 ms`,
  about:
    'Bursts written by another client at once, at the default frame rate and with the driver\'s own budget. For each frame that delivered, the work of the whole frame, ' +
    `which is a little more than ProcessEvents. In one subject the callback only checks the order; in the other it also works for ${HEAVY_US} µs, so that the budget ends each frame.`,
  metrics: {
    p50: { title: 'p50 of a frame', unit: 'ms', digits: 2, better: 'lower' },
    p99: { title: 'p99', unit: 'ms', digits: 2, better: 'lower' },
    max: { title: 'longest', unit: 'ms', digits: 2, better: 'lower' },
    frames: { title: 'frames to a burst', unit: '', digits: 0 },
    lost: { title: 'lost', unit: '', digits: 0, better: 'lower' },
    disordered: { title: 'out of order', unit: '', digits: 0, better: 'lower' },
  },
  contenders: [
    { name: 'realtime', title: 'callback checks the order', run: burst(LIGHT_BURSTS, 0) },
    { name: 'heavy', title: `callback works for ${HEAVY_US} µs`, run: burst(HEAVY_BURSTS, HEAVY_US) },
  ],
  histogram: (samples) => logHistogram(samples),
  targets: [
    value({ metric: 'p99', unit: 'ms', atMost: 2.5, text: 'p99 of the frames at most 2.5 ms' }),
    value({ metric: 'p99', subject: 'heavy', unit: 'ms', atMost: 2.5, text: 'the same where the budget ends each frame' }),
    {
      text: 'none lost, none out of order',
      unit: '',
      atMost: 0,
      worst: true,
      figure: (round) => Object.values(round).reduce((sum, { lost, disordered }) => sum + lost + disordered, 0),
    },
  ],
};

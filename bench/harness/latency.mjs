// From PUBLISH in another client to the callback.
import { RAW_BYTES, stamped } from './payloads.mjs';
import { logHistogram, quantiles } from './statistics.mjs';
import { assertNothingLost, finish, startHost, startProgram } from './subject.mjs';

const MESSAGES = 5000;
// No multiple of a tick's length: every moment of a tick has its messages.
export const RATE = 997;
const CHANNEL = 'bench:latency';
const MICROSECOND_NS = 1000;

export const METRICS = {
  p50: { title: 'p50', unit: 'µs', digits: 0, better: 'lower' },
  p99: { title: 'p99', unit: 'µs', digits: 0, better: 'lower' },
  p999: { title: 'p99.9', unit: 'µs', digits: 0, better: 'lower' },
  max: { title: 'longest', unit: 'µs', digits: 0, better: 'lower' },
};

async function measure(redis, subject) {
  let sender;
  try {
    await subject.ready;
    sender = startProgram(redis, 'paced_publisher', [CHANNEL, 1, MESSAGES, RATE, stamped()]);
    return await finish(subject, ({ run }) => {
      assertNothingLost(run.stats);
      const samples = subject.samples().map((ns) => ns / MICROSECOND_NS);
      return { ...quantiles(samples), samples };
    });
  } finally {
    await subject.stop();
    await sender?.stop();
  }
}

/** `tickrate` 0: the frame loop spins. */
export const ours = (tickrate) => (redis) => measure(redis, startHost(redis, 'latency.lua', [CHANNEL, MESSAGES], { tickrate }));
export const hiredis = (redis) => measure(redis, startProgram(redis, 'raw_latency', [CHANNEL, MESSAGES]));
export const histogram = (samples) => logHistogram(samples);

export const about =
  `Another client publishes ${MESSAGES.toLocaleString('en-US')} messages of ${RAW_BYTES} bytes, ${RATE} a second, each answered before the next. Each begins with the moment of its ` +
  'sending; what is measured ends with the first line of the callback, on the same clock. Only the shipped driver delivers.';

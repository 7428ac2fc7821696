// What a busy server's realtime takes of a core.
import { setTimeout as wait } from 'node:timers/promises';
import { benchEvent } from '../harness/payloads.mjs';
import { processorSeconds } from '../harness/process.mjs';
import { assertNothingLost, startHost, startProgram } from '../harness/subject.mjs';

const SUBSCRIPTIONS = 100;
const RATE = 1000;
const WARM_UP_MS = 1500;
const MEASURE_MS = 5000;
const PERCENT = 100;

/** Percent of a core, of all the process' threads. */
async function usage(pid) {
  await wait(WARM_UP_MS);
  const [before, start] = [processorSeconds(pid), performance.now()];
  await wait(MEASURE_MS);
  const seconds = (performance.now() - start) / 1000;
  return { percent: ((processorSeconds(pid) - before) / seconds) * PERCENT };
}

async function ours(redis) {
  const subject = startHost(redis, 'subscriptions.lua', ['realtime', SUBSCRIPTIONS]);
  let sender;
  try {
    await subject.ready;
    const messages = Math.ceil((RATE * (WARM_UP_MS + MEASURE_MS)) / 1000) * 2;
    sender = startProgram(redis, 'paced_publisher', ['bench:event', SUBSCRIPTIONS, messages, RATE, benchEvent('%')]);
    const result = await usage(subject.pid);
    assertNothingLost(subject.run.stats);
    return result;
  } finally {
    await subject.stop();
    await sender?.stop();
  }
}

async function hostAlone(redis) {
  const subject = startHost(redis, 'subscriptions.lua', ['host'], { addon: false });
  try {
    await subject.ready;
    return await usage(subject.pid);
  } finally {
    await subject.stop();
  }
}

export default {
  number: 8,
  name: 'processor',
  title: `${SUBSCRIPTIONS} subscriptions, ${RATE.toLocaleString('en-US')} events a second`,
  about:
    `${SUBSCRIPTIONS} typed subscriptions, each to an event of its own; another client publishes to them in turn, one message at a time. Processor time of all threads over ${MEASURE_MS / 1000} s at ` +
    'the default frame rate, by the account of the scheduler. The host alone is the same server without the addon, at the same frame rate.',
  metrics: { percent: { title: 'of a core', unit: '%', digits: 2, better: 'lower' } },
  contenders: [
    { name: 'realtime', title: 'whole process', run: ours },
    { name: 'host', baseline: true, title: 'the host alone', run: hostAlone },
  ],
  targets: [
    { text: 'less than 2 % of a core more than the host alone', unit: '%', atMost: 2, figure: ({ realtime, host }) => realtime.percent - host.percent },
  ],
};

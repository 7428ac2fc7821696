// For an hour: none lost, in order, nothing growing.
import { metric } from '../harness/format.mjs';
import { median } from '../harness/statistics.mjs';
import { finish, startHost } from '../harness/subject.mjs';
import { value } from '../harness/targets.mjs';

const HOUR = 3600;
const RATE = 1000;
const MEGABYTE = 1e6;
const SAMPLES = 360;
const GRACE_MS = 120_000;
/** Of the time: what Lua's heap and the allocator need to find their size. */
const WARM_UP = 1 / 10;
const WINDOW = 1 / 10;

const COLUMNS = ['seconds', 'rss', 'descriptors', 'threads', 'published', 'received', 'luaBytes'];

function toSample(words) {
  const sample = Object.fromEntries(COLUMNS.map((name, i) => [name, Number(words[i])]));
  return { ...sample, rss: sample.rss / MEGABYTE, luaBytes: sample.luaBytes / MEGABYTE };
}

/** The median of the last tenth less that of the tenth after the warming up. */
function drift(samples, duration) {
  const between = (from, to) => median(samples.filter(({ seconds }) => seconds >= from * duration && seconds <= to * duration + 1).map(({ rss }) => rss));
  return between(1 - WINDOW, 1) - between(WARM_UP, WARM_UP + WINDOW);
}

function progress(run, tell) {
  const follow = async () => {
    const { seconds, rss, received, published } = toSample(await run.next('sample'));
    tell(`${metric(seconds, { unit: 's', digits: 0 })}: ${published} published, ${received} received, ${rss.toFixed(1)} MB`);
    await follow();
  };
  // It ends with the subject, whose own end is told elsewhere.
  follow().catch(() => undefined);
}

async function soak(redis, { seconds = HOUR, progress: tell }) {
  const every = Math.max(1, seconds / SAMPLES);
  const subject = startHost(redis, 'soak.lua', [seconds, RATE, every], { deadlineMs: seconds * 1000 + GRACE_MS });
  progress(subject.run, tell);
  return finish(subject, ({ run }) => {
    const samples = run.all('sample').map(toSample);
    const [published, received, disordered, refused] = run.last('order').map(Number);
    const warm = samples.filter((sample) => sample.seconds >= WARM_UP * seconds);
    const range = (key) => Math.max(...warm.map((sample) => sample[key])) - Math.min(...warm.map((sample) => sample[key]));
    return {
      published,
      lost: Math.abs(seconds * RATE - received) + refused,
      disordered,
      drift: drift(samples, seconds),
      rss: median(warm.map(({ rss }) => rss)),
      descriptors: range('descriptors'),
      threads: range('threads'),
      series: samples.map(({ seconds: at, rss, luaBytes, descriptors }) => [at, rss, luaBytes, descriptors].map((each) => Number(each.toFixed(3)))),
    };
  });
}

const none = (metricName, text) => value({ metric: metricName, unit: '', atMost: 0, text });

export default {
  number: 11,
  name: 'soak',
  title: `Soak: ${RATE.toLocaleString('en-US')} typed events a second`,
  about:
    'For an hour, published by Lua frame by frame at the default frame rate, through the server, back into a Lua callback that checks the order. Memory drift is the median of the last tenth less the ' +
    'median of the tenth that follows the first one.',
  rounds: 1,
  isComplete: ({ seconds = HOUR }) => seconds >= HOUR,
  metrics: {
    published: { title: 'published', unit: '', digits: 0 },
    lost: { title: 'lost, doubled or refused', unit: '', digits: 0 },
    disordered: { title: 'out of order', unit: '', digits: 0 },
    drift: { title: 'memory drift', unit: 'MB', digits: 2 },
    rss: { title: 'resident memory', unit: 'MB', digits: 1 },
    descriptors: { title: 'change in descriptors', unit: '', digits: 0 },
    threads: { title: 'change in threads', unit: '', digits: 0 },
  },
  contenders: [{ name: 'realtime', title: 'realtime', run: soak }],
  targets: [
    none('lost', 'none lost'),
    none('disordered', 'none out of order'),
    value({ metric: 'drift', unit: 'MB', atMost: 1, text: 'memory drift below 1 MB' }),
    none('descriptors', 'descriptors constant'),
  ],
};

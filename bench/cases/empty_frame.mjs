// A frame in which nothing waits.
import { median } from '../harness/statistics.mjs';
import { finish, startHost } from '../harness/subject.mjs';

const BLOCKS = 40;
const FRAMES = 20_000;

const frames = (kind) => async (redis) => {
  const subject = startHost(redis, 'empty_frame.lua', [kind, BLOCKS, FRAMES], { tickrate: 0 });
  return finish(subject, () => ({ ns: median(subject.samples()) }));
};

export default {
  number: 9,
  name: 'empty-frame',
  title: 'A frame with nothing to do',
  about:
    `Connected, one raw and one typed subscription, nothing arrives. The server runs frames as fast as it can, ${FRAMES.toLocaleString('en-US')} to a block. The figure is the difference ` +
    'between a server with the shipped driver and one with an empty hook and an empty timer in its place; it holds both of the driver\'s turns (Think hook and timer), their checks of each ' +
    'other, the protected call and ProcessEvents itself.',
  metrics: { ns: { title: 'time of a frame', unit: 'ns', digits: 0, better: 'lower' } },
  contenders: [
    { name: 'realtime', title: 'with the shipped driver', run: frames('driver') },
    { name: 'empty', baseline: true, title: 'with an empty hook and timer', run: frames('empty') },
  ],
  targets: [
    { text: 'the driver takes at most 200 ns', unit: 'ns', atMost: 200, figure: ({ realtime, empty }) => realtime.ns - empty.ns },
  ],
};

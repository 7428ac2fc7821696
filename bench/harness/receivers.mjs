// What the benchmarks of receiving share.
import { receive } from './receiving.mjs';
import { startHost, startProgram, startScript } from './subject.mjs';

// The queue is drained every frame, without a budget, 1,000 times a second: what is measured is delivery, not the frame rate.
const TICKRATE = 1000;

export const METRICS = {
  rate: { title: 'messages a second', unit: '/s', digits: 0, better: 'higher' },
  cost: { title: 'processor time a message, all threads', unit: 'µs', digits: 2, better: 'lower' },
};

export const ours = (load, kind, name = load.channel) => (redis) =>
  receive(redis, load, (total, batch) => startHost(redis, 'receive.lua', [kind, name, load.topics ?? load.copies ?? 1, total, batch], { tickrate: TICKRATE }));

export const hiredis = (load, kind = 'channel') => (redis) =>
  receive(redis, load, (total, batch) => startProgram(redis, 'raw_subscriber', [kind, load.channel, load.topics ?? load.copies ?? 1, total, batch]));

export const script = (load, file, kind = 'channel', ...more) => (redis) =>
  receive(redis, load, (total, batch) => startScript(redis, file, [kind, load.channel, load.copies ?? 1, total, batch, ...more]));

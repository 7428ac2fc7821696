// Every fuzzer there is. `run({seconds | runs, seed, report, log})` gives {executions, findings: [{what, reproduce}]}, and {edges} where the
// coverage is measured; `short` is what `npm test` runs, always with the same seed.
import { libFuzzer } from './libfuzzer.mjs';

export const SHORT_SEED = 1;

export const FUZZERS = [
  {
    name: 'json',
    about: 'any JSON text into Lua, against RapidJSON',
    unit: 'texts',
    native: true,
    short: 60_000,
    run: libFuzzer('json', { longest: 4096 }),
  },
  {
    name: 'encode',
    about: 'Lua values of every kind into JSON, against RapidJSON and back',
    unit: 'values',
    native: true,
    short: 10_000,
    run: libFuzzer('encode', { longest: 2048 }),
  },
];

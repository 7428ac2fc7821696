// Every fuzzer there is. `run({seconds | runs, seed, report, log})` gives {executions, findings: [{what, reproduce}]}, and {edges} where the
// coverage is measured; `short` is what `npm test` runs, always with the same seed.
import { libFuzzer } from './libfuzzer.mjs';

export const SHORT_SEED = 1;

export const FUZZERS = [
  {
    name: 'resp',
    about: 'any server to the Redis backend, with the account of every message',
    unit: 'sessions',
    native: true,
    short: 12_000,
    run: libFuzzer('resp', { longest: 2048 }),
  },
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
  {
    name: 'config',
    about: '.env files and URLs under Node.js and LuaJIT (fast-check)',
    unit: 'texts',
    native: false,
    short: 150,
    // Only now: what it imports has to be installed first.
    run: async (options) => (await import('../../tests/fuzz/config.mjs')).fuzzConfig(options),
  },
  {
    name: 'api',
    about: 'the public Lua API in random order, against a model',
    unit: 'steps',
    native: false,
    short: 300_000,
    run: async (options) => (await import('../../tests/fuzz/api.mjs')).fuzzApi(options),
  },
];

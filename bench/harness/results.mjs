// bench/results: one file a benchmark, which is all that the documentation knows.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/headless.mjs';
import { commit, machine, versions } from './machine.mjs';

const SIGNIFICANT = 6;
const folder = join(root, 'bench/results');
const path = (name) => join(folder, `${name}.json`);

function rounded(key, value) {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(SIGNIFICANT)) : value;
}

/** Lists of numbers on one line: a file that people can read. */
function toText(result) {
  return `${JSON.stringify(result, rounded, 2).replace(/\[\s+(-?[\d.e+-]+(?:,\s+-?[\d.e+-]+)*)\s+\]/g, (_, list) => `[${list.replace(/\s+/g, ' ')}]`)}\n`;
}

/** Keeps what runBenchmark answered. */
export function keep({ number, name, title, about, metrics, curve }, rounds, { contenders, targets }) {
  const head = { number, name, title, about, date: new Date().toISOString().slice(0, 10), ...commit(), rounds, machine: machine(), versions: versions() };
  mkdirSync(folder, { recursive: true });
  writeFileSync(path(name), toText({ ...head, metrics, curve, targets, contenders }));
}

/** The kept result of a benchmark, or undefined. */
export function load(name) {
  return existsSync(path(name)) ? JSON.parse(readFileSync(path(name), 'utf8')) : undefined;
}

/** Where the time goes in benchmarks that miss a target, by name: written by hand from a profiler's output. */
export const loadProfiles = () => load('profiles') ?? {};

// `npm run fuzz`: see HELP. The figures go to build/fuzz-results, with --record to tests/fuzz/results, from where
// scripts/reliability.mjs takes them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildPreset } from './checks/native.mjs';
import { FUZZERS } from './fuzz/fuzzers.mjs';
import { root } from './headless.mjs';
import { commit, today } from './reliability/stamp.mjs';

const EXIT_BAD_USAGE = 2;
const DEFAULT_MINUTES = 5;
const PROGRESS_MS = 10_000;
const HELP = `Usage: npm run fuzz -- [NAME]... [--minutes N | --runs N] [--seed N] [--record] [--list]

Runs each fuzzer, or only those named, for N minutes (${DEFAULT_MINUTES} unless said) or so many executions, one after the other. A finding ends
its fuzzer, is shown with the command that reproduces it, and makes the whole run fail. --record keeps the figures in tests/fuzz/results.
`;

const print = (text) => process.stdout.write(`${text}\n`);
const column = Math.max(...FUZZERS.map(({ name }) => name.length)) + 2;
const tenths = (number) => Math.round(number * 10) / 10;
const count = (number) => number.toLocaleString('en-US');

function badUsage(text) {
  process.stderr.write(`fuzz: ${text}\n`);
  process.exit(EXIT_BAD_USAGE);
}

function list() {
  for (const { name, about } of FUZZERS) {
    print(`  ${name.padEnd(column)}${about}`);
  }
}

function positive(flag, text) {
  const number = Number(text);
  return text !== undefined && Number.isFinite(number) && number > 0 ? number : badUsage(`${flag} needs a number above 0, not "${text ?? ''}"`);
}

function choose(words) {
  const chosen = { names: [], minutes: DEFAULT_MINUTES, seed: Math.floor(Date.now() / 1000), record: false };
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === '--list') {
      list();
      process.exit();
    } else if (word === '--help') {
      print(HELP);
      list();
      process.exit();
    } else if (word === '--minutes') {
      chosen.minutes = positive(word, words[++i]);
    } else if (word === '--runs') {
      chosen.runs = Math.floor(positive(word, words[++i]));
    } else if (word === '--seed') {
      chosen.seed = Math.floor(positive(word, words[++i]));
    } else if (word === '--record') {
      chosen.record = true;
    } else if (FUZZERS.some(({ name }) => name === word)) {
      chosen.names.push(word);
    } else {
      badUsage(`there is no fuzzer or option "${word}"; --list and --help show them`);
    }
  }
  return chosen;
}

function setUp() {
  const { status } = spawnSync('bash', [join(root, 'scripts/build.sh'), '--quiet'], { stdio: 'inherit' });
  return status === 0;
}

function describe(fuzzer, { executions, edges, features }, since) {
  const seconds = (performance.now() - since) / 1000;
  const parts = [`${count(executions)} ${fuzzer.unit}`, `${count(Math.round(executions / Math.max(seconds, 1)))}/s`];
  if (edges !== undefined) {
    parts.push(`${count(edges)} edges`, `${count(features)} features`);
  }
  return `${parts.join(', ')}, ${Math.round(seconds)} s`;
}

async function runOne(fuzzer, { minutes, runs, seed, record }) {
  const since = performance.now();
  const stamp = { date: today(), commit: commit() };
  let shown = since;
  const report = (figures) => {
    if (performance.now() - shown >= PROGRESS_MS) {
      shown = performance.now();
      print(`  ${fuzzer.name.padEnd(column)}${describe(fuzzer, figures, since)}`);
    }
  };
  print(`  ${fuzzer.name.padEnd(column)}${fuzzer.about}; seed ${seed}`);
  const result = await fuzzer.run({ ...(runs === undefined ? { seconds: Math.round(minutes * 60) } : { runs }), seed, report });
  const { findings, ...figures } = result;
  print(`  ${fuzzer.name.padEnd(column)}${describe(fuzzer, figures, since)}: ${findings.length === 0 ? 'no finding' : `${findings.length} FINDING${findings.length > 1 ? 'S' : ''}`}`);
  for (const { what, reproduce } of findings) {
    print(`      ${what}\n      reproduce: ${reproduce}`);
  }
  const folder = join(root, record ? 'tests/fuzz/results' : 'build/fuzz-results');
  mkdirSync(folder, { recursive: true });
  const seconds = Math.round((performance.now() - since) / 1000);
  const file = join(folder, `${fuzzer.name}.json`);
  const row = {
    Fuzzer: fuzzer.name,
    'What goes in': fuzzer.about,
    'Executions': `${count(figures.executions)} ${fuzzer.unit}`,
    'Coverage edges': figures.edges === undefined ? '' : count(figures.edges),
    Minutes: tenths(seconds / 60),
    'Processor minutes': figures.cpuSeconds === undefined ? '' : tenths(figures.cpuSeconds / 60),
    Seed: seed,
    Findings: findings.length,
  };
  writeFileSync(file, `${JSON.stringify({ section: 'fuzzing', ...stamp, rows: [row] }, null, 2)}\n`);
  print(`  ${''.padEnd(column)}figures: ${relative(root, file)}`);
  return findings.length;
}

const chosen = choose(process.argv.slice(2));
const fuzzers = chosen.names.length === 0 ? FUZZERS : FUZZERS.filter(({ name }) => chosen.names.includes(name));
if (!setUp() || (fuzzers.some(({ native }) => native) && !buildPreset('fuzz', 'fuzzers'))) {
  process.exit(1);
}
let findings = 0;
for (const fuzzer of fuzzers) {
  findings += await runOne(fuzzer, chosen);
}
print(findings === 0 ? 'no finding' : `${findings} finding${findings > 1 ? 's' : ''}`);
process.exitCode = findings === 0 ? 0 : 1;

// npm run test:platforms. Builds the modules and headless servers of all platforms, looks at each module, runs the same
// end-to-end tests on each (32-bit and 64-bit Linux in Debian 11 trees, Windows by Wine), builds everything a second time
// elsewhere, and shows a table.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inspect } from './checks/binaries.mjs';
import { files, LOGS, output } from './checks/run.mjs';
import { nodeTests, unitOn32Bit } from './checks/suites.mjs';
import { root } from './headless.mjs';
import { platformNamed, SHIPPED } from './platforms/platform.mjs';
import { rebuild } from './platforms/rebuild.mjs';
import { hasRedis } from './private-redis.mjs';

const EXIT_BAD_USAGE = 2;
const LOG_TAIL = 40;
const HELP = `Usage: npm run test:platforms -- [--only PLATFORM]...

Platforms: ${SHIPPED.join(', ')}. With --only, nothing is built a second time.
`;

const print = (text) => process.stdout.write(`${text}\n`);
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

function readOptions(words) {
  const chosen = [];
  for (let i = 0; i < words.length; i++) {
    if (words[i] === '--help') {
      print(HELP);
      process.exit();
    }
    if (words[i] !== '--only' || !SHIPPED.includes(words[i + 1])) {
      process.stderr.write(`test:platforms: ${words[i]} ${words[i + 1] ?? ''}?\n\n${HELP}`);
      process.exit(EXIT_BAD_USAGE);
    }
    chosen.push(words[++i]);
  }
  return chosen;
}

/** Runs a step whose output goes into a log of its own, and shows its line when it ends. */
async function step(name, run) {
  const start = performance.now();
  const parts = [];
  const path = join(LOGS, `platforms-${name.replaceAll(' ', '-')}.log`);
  let counts;
  try {
    counts = await run({ write: (text) => parts.push(Buffer.from(text)) });
  } catch (error) {
    parts.push(Buffer.from(`${error.stack}\n`));
    counts = { passed: 0, failed: 1, skipped: 0 };
  }
  const text = Buffer.concat(parts).toString();
  writeFileSync(path, text);
  const failed = counts.failed > 0 || counts.skipped > 0;
  const verdict = `${counts.passed} passed${failed ? `, ${counts.failed} FAILED, ${counts.skipped} skipped` : ''}`;
  print(`  ${name.padEnd(28)}${verdict.padEnd(34)}${seconds(start).padStart(9)}`);
  if (failed) {
    print(`\n${text.trimEnd().split('\n').slice(-LOG_TAIL).map((line) => `      ${line}`).join('\n')}\n\n      the whole log: ${relative(root, path)}\n`);
  }
  return counts;
}

/** What Wine needs only once, and says nothing of the module. */
function prepareWine({ launcher, settings, isWindows }, log) {
  if (isWindows) {
    mkdirSync(settings.WINEPREFIX, { recursive: true });
    const [program, ...words] = [...launcher, 'wineboot', '--init'];
    const { stdout, stderr } = spawnSync(program, words, { cwd: root, env: { ...process.env, ...settings }, encoding: 'utf8' });
    log.write(`${stdout ?? ''}${stderr ?? ''}`);
  }
}

/**
 * Wine's services start with the first program and end with the last, which takes a second each time: one that waits for
 * its input keeps them for all tests. Answers what lets it go.
 */
function holdWine({ launcher, settings, isWindows }, log) {
  if (!isWindows) {
    return () => undefined;
  }
  const [program, ...words] = [...launcher, 'cmd.exe'];
  const held = spawn(program, words, { cwd: root, env: { ...process.env, ...settings }, stdio: ['pipe', 'ignore', 'ignore'] });
  held.on('error', (error) => log.write(`${error.message}\n`));
  return () => held.stdin.end();
}

function endWine({ stop, settings }) {
  if (stop !== undefined) {
    spawnSync(stop[0], stop.slice(1), { cwd: root, env: { ...process.env, ...settings }, stdio: 'ignore' });
  }
}

function endToEnd(name) {
  const platform = platformNamed(name);
  return step(`end to end on ${name}`, async (log) => {
    prepareWine(platform, log);
    const release = holdWine(platform, log);
    try {
      return await nodeTests(log, `e2e-${name}`, files(['tests/host/e2e'], ['.test.mjs']), { REALTIME_PLATFORM: name });
    } finally {
      release();
      endWine(platform);
    }
  });
}

const COLUMNS = [
  { title: 'platform', of: ({ name }) => name },
  { title: 'built', of: ({ bytes }) => (bytes === undefined ? 'NO' : 'yes') },
  { title: 'size', of: ({ bytes }) => bytes && `${Math.ceil(bytes / 1024)} KiB` },
  { title: 'max GLIBC', of: ({ glibc }) => glibc },
  { title: 'needed libraries', of: ({ needed }) => needed?.join(' ') },
  { title: 'exports', of: ({ exports }) => exports?.join(' ') },
  { title: 'tests passed', of: ({ counts }) => counts && `${counts.passed} of ${counts.passed + counts.failed + counts.skipped}` },
];

function table(rows) {
  const cells = [COLUMNS.map(({ title }) => title), ...rows.map((row) => COLUMNS.map(({ of }) => String(of(row) ?? '-')))];
  const widths = COLUMNS.map((_, i) => Math.max(...cells.map((line) => line[i].length)));
  return cells.map((line) => line.map((cell, i) => cell.padEnd(widths[i])).join('  ').trimEnd()).join('\n');
}

const only = readOptions(process.argv.slice(2));
const names = only.length === 0 ? SHIPPED : SHIPPED.filter((name) => only.includes(name));
const began = performance.now();
// One time for both zip files, whatever is committed between them.
const time = output({ write: () => true }, 'git', ['log', '-1', '--format=%ct'])?.trim();
if (time !== undefined) {
  process.env.SOURCE_DATE_EPOCH ??= time;
}
const build = spawnSync('bash', [join(root, 'scripts/build-all.sh'), '--quiet', ...names.flatMap((name) => ['--host', name])], { stdio: 'inherit' });
if (build.status !== 0) {
  process.exit(1);
}
mkdirSync(LOGS, { recursive: true });
if (!hasRedis()) {
  print('redis-server is not installed: its half of the tests cannot be run');
  process.exit(1);
}
const silent = { write: () => true };
const rows = names.map((name) => inspect(silent, name));
const problems = rows.flatMap((row) => row.problems);
problems.forEach((problem) => print(`  FAILED: ${problem}`));

const results = new Map();
const rebuilt = only.length === 0 ? await step('built again elsewhere', rebuild) : { passed: 0, failed: 0, skipped: 0 };
// One after the other: they measure single calls, and want the machine for themselves.
for (const name of names) {
  results.set(name, await endToEnd(name));
}

const unit = names.includes('linux32') ? await step('unit tests on linux32', unitOn32Bit) : { passed: 0, failed: 0, skipped: 0 };

print(`\n${table(rows.map((row) => ({ ...row, counts: results.get(row.name) })))}\n`);
print(`in ${seconds(began)}\n`);
const all = [...results.values(), rebuilt, unit, { passed: rows.length - problems.length, failed: problems.length, skipped: 0 }];
const sum = (key) => all.reduce((total, counts) => total + counts[key], 0);
print(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = sum('failed') > 0 || sum('skipped') > 0 ? 1 : 0;

// `npm test`: builds what is missing and runs every check there is, one after the other, to the end; the last line counts.
// What is idle most of the time (isIdle) runs beside those that a sanitizer or valgrind slows down anyway (isWatched).
// Tests are counted one by one, each static check as one. The output of each check is in build/test-logs.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { binaries } from './checks/binaries.mjs';
import { fuzz } from './checks/fuzz.mjs';
import { asan, buildPreset, tsan, valgrind } from './checks/native.mjs';
import { files, JOBS, lint, LOGS, one } from './checks/run.mjs';
import { clangTidy, cppcheck, seam } from './checks/static.mjs';
import { troubleshooting } from './checks/troubleshooting.mjs';
import { busted, ctest, nodeTests, unitOn32Bit } from './checks/suites.mjs';
import { hostBinary, root } from './headless.mjs';
import { hasRedis } from './private-redis.mjs';

const EXIT_BAD_USAGE = 2;
const LOG_TAIL = 40;
const inCi = process.env.CI === 'true';

const npx = (tool) => join(root, 'node_modules/.bin', tool);

const cpp = (...folders) => files(folders, ['.cpp', '.h']);
const e2e = () => files(['tests/host/e2e'], ['.test.mjs']);
const hostTests = () => files(['tests/host'], ['.mjs']).filter((file) => !file.startsWith('tests/host/e2e/'));
const benchTests = () => files(['tests/bench'], ['.test.mjs']);
const pureTests = () => files(['tests/pure'], ['.test.mjs']);

const CHECKS = [
  { name: 'api', about: 'types, annotations and documentation match src/', run: lint(process.execPath, 'scripts/generate-api.mjs', '--check') },
  { name: 'performance', about: 'docs/PERFORMANCE.md and its pictures match bench/results', run: lint(process.execPath, 'bench/report/write.mjs', '--check') },
  { name: 'eslint', about: 'TypeScript and scripts', run: lint(npx('eslint'), '--max-warnings', '0', 'src', 'tests', 'scripts', 'bench', 'tstl') },
  { name: 'types', about: 'type tests (tsc)', run: lint(npx('tsc'), '-p', 'tests/types/tsconfig.json', '--noEmit') },
  { name: 'package-types', about: 'the same type tests on the types of the npm package', run: lint(npx('tsc'), '-p', 'tests/types/tsconfig.package.json', '--noEmit') },
  { name: 'luacheck', about: 'Lua files', run: (log) => lint('luacheck', '--quiet', ...files(['addon', 'examples', 'tests', 'bench'], ['.lua']))(log) },
  { name: 'shellcheck', about: 'shell scripts', run: (log) => lint('shellcheck', '-x', '.ci/run', ...files(['scripts'], ['.sh']))(log) },
  { name: 'clang-format', about: 'C++ layout', run: (log) => lint('clang-format', '--dry-run', '-Werror', ...cpp('native', 'host', 'tests', 'bench'))(log) },
  { name: 'cppcheck', about: 'C++ analysis', run: cppcheck },
  { name: 'clang-tidy', about: 'C++ analysis, native and host', needsBuild: true, run: clangTidy },
  { name: 'seam', about: 'no backend is named in native/core and native/lua', run: seam },
  { name: 'troubleshooting', about: 'every error and every line of the log has its entry', run: troubleshooting },
  { name: 'thread-safety', about: "clang's thread-safety analysis of native", needsBuild: true, preset: 'clang', target: 'module', run: async () => one(false) },
  { name: 'toy-backend', about: 'a third backend is one folder and one line', needsBuild: true, run: lint(process.execPath, 'scripts/check-toy-backend.mjs') },
  { name: 'unit', about: 'native unit tests', needsBuild: true, run: (log) => ctest(log, 'unit', { jobs: JOBS }) },
  { name: 'integration', about: 'native tests with a private redis-server', needsBuild: true, needsRedis: true, run: (log) => ctest(log, 'integration') },
  { name: 'pure', about: 'the pure modules under Node.js and LuaJIT, on the same vectors', needsBuild: true, run: (log) => nodeTests(log, 'pure', pureTests()) },
  { name: 'fuzz', about: 'each fuzzer for a few seconds, with a fixed seed', needsBuild: true, preset: 'fuzz', target: 'fuzzers', run: fuzz },
  { name: 'reliability', about: 'docs/RELIABILITY.md is what the long runs left', run: lint(process.execPath, 'scripts/reliability.mjs', '--check') },
  { name: 'asan', about: 'unit and integration: address, leaks, undefined behaviour', needsBuild: true, needsRedis: true, preset: 'asan', target: 'native_tests', isWatched: true, run: asan },
  { name: 'tsan', about: 'unit and integration: data races, nothing suppressed', needsBuild: true, needsRedis: true, preset: 'tsan', target: 'native_tests', isWatched: true, run: tsan },
  { name: 'valgrind', about: 'unit and integration: nothing lost, nothing misused', needsBuild: true, needsRedis: true, isWatched: true, run: valgrind },
  { name: 'spec', about: 'Lua specs of the bundle on LuaJIT', needsBuild: true, run: busted },
  { name: 'host', about: "the headless server's own tests", needsBuild: true, run: (log) => nodeTests(log, 'host', hostTests()) },
  { name: 'binaries', about: 'the modules of all platforms need little, export little and are small', needsBuild: true, hosts: ['linux32'], run: binaries },
  { name: 'unit-linux32', about: 'native unit tests on 32-bit Linux, where raising skips destructors', needsBuild: true, hosts: ['linux32'], run: unitOn32Bit },
  { name: 'e2e', about: 'the shipped tree in the headless server, on this 64-bit Linux', needsBuild: true, run: (log) => nodeTests(log, 'e2e', e2e()) },
  { name: 'e2e-linux32', about: 'the same on 32-bit Linux', needsBuild: true, hosts: ['linux32'], run: (log) => nodeTests(log, 'e2e-linux32', e2e(), { REALTIME_PLATFORM: 'linux32' }) },
  { name: 'e2e-asan', about: 'the same in a build watched for address errors, leaks, undefined behaviour', needsBuild: true, needsRedis: true, preset: 'asan', target: 'end_to_end', isWatched: true, run: (log) => nodeTests(log, 'e2e-asan', e2e(), { REALTIME_PLATFORM: 'asan' }, JOBS) },
  { name: 'bench', about: "the benchmark's own arithmetic and pictures", run: (log) => nodeTests(log, 'bench', benchTests()) },
  { name: 'soak', about: 'a minute of 1,000 events a second: none lost, in order, memory and descriptors constant', needsBuild: true, needsRedis: true, isIdle: true, run: lint(process.execPath, 'bench/run.mjs', 'soak', '--seconds', '60') },
];

// ---- running ---------------------------------------------------------------------------------------------------------

const HELP = `Usage: npm test -- [--only NAME]... [--list]

Builds what is missing and runs every check there is, or only those named.
`;

const column = Math.max(...CHECKS.map(({ name }) => name.length)) + 2;
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const print = (text) => process.stdout.write(`${text}\n`);

function badUsage(text) {
  process.stderr.write(`test: ${text}\n`);
  process.exit(EXIT_BAD_USAGE);
}

function list() {
  for (const { name, about } of CHECKS) {
    print(`  ${name.padEnd(column)}${about}`);
  }
}

function choose(words) {
  const chosen = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === '--list') {
      list();
      process.exit();
    } else if (word === '--help') {
      print(HELP);
      list();
      process.exit();
    } else if (word === '--only') {
      const name = words[++i];
      const check = CHECKS.find((each) => each.name === name);
      chosen.push(check ?? badUsage(`there is no check "${name ?? ''}"; --list shows them`));
    } else {
      badUsage(`there is no option "${word}"; there are --only NAME and --list`);
    }
  }
  return chosen.length === 0 ? CHECKS : CHECKS.filter((check) => chosen.includes(check));
}

function describe({ passed, failed, skipped }) {
  const parts = [`${passed} passed`];
  if (failed > 0) {
    parts.push(`${failed} FAILED`);
  }
  if (skipped > 0) {
    parts.push(`${skipped} skipped`);
  }
  return parts.join(', ');
}

const builtAll = new Map();

/** Builds the modules of all platforms, and the headless servers of those named; once for each list of them. */
function buildAll(hosts) {
  const words = ['--quiet', ...hosts.flatMap((name) => ['--host', name])];
  const key = words.join(' ');
  if (!builtAll.has(key)) {
    const { status } = spawnSync('bash', [join(root, 'scripts/build-all.sh'), ...words], { stdio: 'inherit' });
    builtAll.set(key, status === 0);
  }
  return builtAll.get(key);
}

/** The reason not to run a check, with the counts that stand for it; undefined when it can run. */
function obstacle(check, built) {
  if (check.needsBuild && !built) {
    return { passed: 0, failed: 0, skipped: 1, reason: 'the build failed' };
  }
  if (check.needsRedis && !hasRedis()) {
    return { ...one(inCi), passed: 0, skipped: inCi ? 0 : 1, reason: 'redis-server is not installed' };
  }
  if (check.preset !== undefined && !buildPreset(check.preset, check.target)) {
    return { ...one(true), reason: `the ${check.preset} build failed` };
  }
  if (check.hosts !== undefined && !buildAll(check.hosts)) {
    return { ...one(true), reason: 'the build for all platforms failed' };
  }
  return undefined;
}

/** The counts of a check, with its log and how long it took. */
async function execute(check) {
  const start = performance.now();
  const parts = [];
  let counts;
  try {
    counts = await check.run({ write: (text) => parts.push(Buffer.from(text)) });
  } catch (error) {
    parts.push(Buffer.from(`${error.stack}\n`));
    counts = one(true);
  }
  return { counts, text: Buffer.concat(parts).toString(), took: seconds(start) };
}

/** What runs since a watched check began: it hardly works, and of that one nobody looks at the time. */
const running = new Map();

function startIdle(built) {
  for (const check of checks.filter(({ isIdle, name }) => isIdle && !running.has(name))) {
    if (obstacle(check, built) === undefined) {
      running.set(check.name, execute(check));
    }
  }
}

async function runCheck(check, built) {
  // A build of its own that has something to do writes a line of its own.
  const stopped = obstacle(check, built);
  process.stdout.write(`  ${check.name.padEnd(column)}`);
  if (stopped !== undefined) {
    print(`${stopped.failed > 0 ? 'FAILED' : 'skipped'}: ${stopped.reason}`);
    return stopped;
  }
  if (check.isWatched) {
    startIdle(built);
  }
  const path = join(LOGS, `${check.name}.log`);
  const { counts, text, took } = await (running.get(check.name) ?? execute(check));
  writeFileSync(path, text);
  print(`${describe(counts).padEnd(34)}${took.padStart(9)}`);
  if (counts.failed > 0) {
    const tail = text.trimEnd().split('\n').slice(-LOG_TAIL);
    print(`\n${tail.map((line) => `      ${line}`).join('\n')}\n\n      the whole log: ${relative(root, path)}\n`);
  }
  return counts;
}

function build() {
  const start = performance.now();
  const { status } = spawnSync('bash', [join(root, 'scripts/build.sh'), '--quiet'], { stdio: 'inherit' });
  const failed = status !== 0 || !existsSync(hostBinary);
  print(`  ${'build'.padEnd(column)}${describe(one(failed)).padEnd(34)}${seconds(start).padStart(9)}`);
  return one(failed);
}

const checks = choose(process.argv.slice(2));
mkdirSync(LOGS, { recursive: true });
const results = [build()];
const built = results[0].failed === 0;
if (built && checks.some(({ hosts }) => hosts !== undefined)) {
  spawnSync('bash', [join(root, 'scripts/platforms/prefetch.sh')], { stdio: 'inherit' });
}
for (const check of checks) {
  results.push(await runCheck(check, built));
}
const sum = (key) => results.reduce((total, counts) => total + counts[key], 0);
const total = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
print(inCi && total.skipped > 0 ? '\nWith CI=true a skipped test is a failure.\n' : '');
print(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || (inCi && total.skipped > 0) ? 1 : 0;

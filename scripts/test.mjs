// `npm test`: builds what is missing and runs every check there is, one after the other, to the end; the last line counts.
// Tests are counted one by one, each static check as one. The output of each check is in build/test-logs.
import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { hostBinary, moduleName, root, shippedTree } from './headless.mjs';
import { hasRedis } from './private-redis.mjs';

const EXIT_BAD_USAGE = 2;
const LOG_TAIL = 40;
const JOBS = 2;
const NATIVE_BUILD = 'build/native';
const LOGS = join(root, 'build/test-logs');
const inCi = process.env.CI === 'true';

const one = (failed) => ({ passed: failed ? 0 : 1, failed: failed ? 1 : 0, skipped: 0 });

/** Files below `folders` whose names end in one of `endings`, relative to the root. */
function files(folders, endings) {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
        .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name))),
    )
    .sort();
}

/** Runs one command with its output in the log; answers the exit code. */
function command(log, name, args, settings = {}) {
  return new Promise((resolve) => {
    log.write(`$ ${[name, ...args].join(' ')}\n`);
    const child = spawn(name, args, {
      cwd: root,
      env: { ...process.env, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (data) => log.write(data));
    child.stderr.on('data', (data) => log.write(data));
    child.on('error', (error) => {
      log.write(`${error.message}\n`);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** What a command printed, or undefined when it failed. */
function output(log, name, args) {
  const result = spawnSync(name, args, { cwd: root, encoding: 'utf8' });
  log.write(`$ ${[name, ...args].join(' ')}\n${result.stdout ?? ''}${result.stderr ?? ''}`);
  return result.status === 0 ? result.stdout : undefined;
}

const npx = (tool) => join(root, 'node_modules/.bin', tool);
const lint = (name, ...args) => async (log) => one((await command(log, name, args)) !== 0);

// ---- counting ------------------------------------------------------------------------------------------------------

/** A check that found no test is no success, and neither is one whose command failed although each test passed. */
function settle(counts, code) {
  const found = counts.passed + counts.failed + counts.skipped;
  return found === 0 || (code !== 0 && counts.failed === 0) ? { ...counts, failed: counts.failed + 1 } : counts;
}

async function ctest(log, label) {
  const report = join(LOGS, `${label}.xml`);
  rmSync(report, { force: true });
  const args = ['--test-dir', NATIVE_BUILD, '-L', `^${label}$`, '--output-on-failure', '--output-junit', report];
  const code = await command(log, 'ctest', [...args, '--no-tests=error']);
  const suite = existsSync(report) ? /<testsuite\b[^>]*>/.exec(readFileSync(report, 'utf8'))?.[0] : undefined;
  const attribute = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(suite ?? '')?.[1] ?? 0);
  const failed = attribute('failures');
  const skipped = attribute('skipped') + attribute('disabled');
  return settle({ passed: attribute('tests') - failed - skipped, failed, skipped }, code);
}

async function busted(log) {
  const report = join(LOGS, 'spec.tap');
  const luajit = output(log, 'bash', ['-c', 'command -v luajit'])?.trim() ?? 'luajit';
  const tap = createWriteStream(report);
  const code = await command(
    { write: (text) => tap.write(text) && log.write(text) },
    'busted',
    [`--lua=${luajit}`, '--output=TAP'],
  );
  await new Promise((resolve) => tap.end(resolve));
  const lines = readFileSync(report, 'utf8').split('\n');
  const failed = lines.filter((line) => /^not ok \d/.test(line)).length;
  const ok = lines.filter((line) => /^ok \d/.test(line));
  const skipped = ok.filter((line) => /# SKIP/i.test(line)).length;
  return settle({ passed: ok.length - skipped, failed, skipped }, code);
}

async function nodeTests(log, name, list) {
  const report = join(LOGS, `${name}.tap`);
  rmSync(report, { force: true });
  const code = await command(log, process.execPath, [
    '--test',
    // One at a time: they measure the game thread, and each brings a server of its own.
    '--test-concurrency=1',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${report}`,
    ...list,
  ]);
  const text = existsSync(report) ? readFileSync(report, 'utf8') : '';
  const total = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return settle({ passed: total('pass'), failed: total('fail') + total('cancelled'), skipped: total('skipped') }, code);
}

// ---- checks that are more than one command ---------------------------------------------------------------------------

async function clangTidy(log) {
  const database = JSON.parse(readFileSync(join(root, NATIVE_BUILD, 'compile_commands.json'), 'utf8'));
  const sources = [...new Set(database.map((entry) => relative(root, entry.file)))].filter((file) =>
    /^(native|host)\//.test(file),
  );
  let failures = 0;
  const worker = async () => {
    for (let file = sources.shift(); file !== undefined; file = sources.shift()) {
      const lines = [];
      const code = await command({ write: (text) => lines.push(text) }, 'clang-tidy', ['-p', NATIVE_BUILD, '--quiet', file]);
      if (code !== 0) {
        failures++;
        log.write(lines.join(''));
      }
    }
  };
  const found = sources.length;
  await Promise.all(Array.from({ length: JOBS }, worker));
  log.write(`${found} files, ${failures} with findings\n`);
  return one(failures > 0 || found === 0);
}

const CPPCHECK = [
  '--quiet',
  '--std=c++17',
  '--language=c++',
  '--enable=warning,performance,portability',
  '--inline-suppr',
  '--error-exitcode=1',
  '--suppress=missingIncludeSystem',
  // It takes placement new into a block of Lua's for a variable that nobody has set; the later `uninitvar` does not.
  '--suppress=legacyUninitvar',
  '-j',
  String(JOBS),
  '-I',
  'native',
  '-I',
  'build/generated',
];
const cppcheck = (log) => lint('cppcheck', ...CPPCHECK, ...files(['native', 'host', 'bench'], ['.cpp']))(log);

/** Exactly the two functions that the game looks up may be visible. */
async function exports(log) {
  const text = output(log, 'nm', ['-D', '--defined-only', '--format=just-symbols', join(shippedTree, 'lua/bin', moduleName)]);
  const symbols = (text ?? '').trim().split('\n').sort();
  return one(symbols.join(' ') !== 'gmod13_close gmod13_open');
}

/** Servers bring their own old libstdc++: nothing but the C library may be loaded along. */
async function dependencies(log) {
  const text = output(log, 'readelf', ['--dynamic', '--wide', join(shippedTree, 'lua/bin', moduleName)]) ?? '';
  const needed = [...text.matchAll(/\(NEEDED\).*\[(.+)\]/g)].map((match) => match[1]);
  const allowed = ['libc.so.6', 'libm.so.6', 'ld-linux-x86-64.so.2'];
  log.write(`needs: ${needed.join(' ')}\n`);
  return one(needed.length === 0 || needed.some((library) => !allowed.includes(library)));
}

/** The seam: no backend is named in the parts that serve them all. */
async function seam(log) {
  const found = files(['native/core', 'native/lua'], ['.h', '.cpp']).flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (/redis/i.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
  log.write(`${found.join('\n')}\n`);
  return one(found.length > 0);
}

const cpp = (...folders) => files(folders, ['.cpp', '.h']);
const e2e = () => files(['tests/host/e2e'], ['.test.mjs']);
const hostTests = () => files(['tests/host'], ['.mjs']).filter((file) => !file.startsWith('tests/host/e2e/'));
const pureTests = () => files(['tests/pure'], ['.test.mjs']);

const CHECKS = [
  { name: 'contract', about: 'generated sources match contract/native.json', run: lint(process.execPath, 'scripts/generate-contract.mjs', '--check') },
  { name: 'api', about: 'types, annotations and documentation match src/', run: lint(process.execPath, 'scripts/generate-api.mjs', '--check') },
  { name: 'eslint', about: 'TypeScript and scripts', run: lint(npx('eslint'), '--max-warnings', '0', 'src', 'tests', 'scripts', 'bench') },
  { name: 'types', about: 'type tests (tsc)', run: lint(npx('tsc'), '-p', 'tests/types/tsconfig.json', '--noEmit') },
  { name: 'package-types', about: 'the same type tests on the types of the npm package', run: lint(npx('tsc'), '-p', 'tests/types/tsconfig.package.json', '--noEmit') },
  { name: 'luacheck', about: 'Lua files', run: (log) => lint('luacheck', '--quiet', ...files(['addon', 'examples', 'tests', 'bench'], ['.lua']))(log) },
  { name: 'shellcheck', about: 'shell scripts', run: (log) => lint('shellcheck', '-x', '.ci/run', ...files(['scripts'], ['.sh']))(log) },
  { name: 'clang-format', about: 'C++ layout', run: (log) => lint('clang-format', '--dry-run', '-Werror', ...cpp('native', 'host', 'tests', 'bench'))(log) },
  { name: 'cppcheck', about: 'C++ analysis', run: cppcheck },
  { name: 'clang-tidy', about: 'C++ analysis, native and host', needsBuild: true, run: clangTidy },
  { name: 'seam', about: 'no backend is named in native/core and native/lua', run: seam },
  { name: 'exports', about: 'the module exports its two entry points only', needsBuild: true, run: exports },
  { name: 'dependencies', about: 'the module needs the C library only', needsBuild: true, run: dependencies },
  { name: 'unit', about: 'native unit tests', needsBuild: true, run: (log) => ctest(log, 'unit') },
  { name: 'integration', about: 'native tests with a private redis-server', needsBuild: true, needsRedis: true, run: (log) => ctest(log, 'integration') },
  { name: 'pure', about: 'the pure modules under Node.js and LuaJIT, on the same vectors', needsBuild: true, run: (log) => nodeTests(log, 'pure', pureTests()) },
  { name: 'spec', about: 'Lua specs of the bundle on LuaJIT', needsBuild: true, run: busted },
  { name: 'host', about: "the headless server's own tests", needsBuild: true, run: (log) => nodeTests(log, 'host', hostTests()) },
  { name: 'e2e', about: 'the shipped tree in the headless server', needsBuild: true, run: (log) => nodeTests(log, 'e2e', e2e()) },
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

/** The reason not to run a check, with the counts that stand for it; undefined when it can run. */
function obstacle(check, built) {
  if (check.needsBuild && !built) {
    return { passed: 0, failed: 0, skipped: 1, reason: 'the build failed' };
  }
  if (check.needsRedis && !hasRedis()) {
    return { ...one(inCi), passed: 0, skipped: inCi ? 0 : 1, reason: 'redis-server is not installed' };
  }
  return undefined;
}

async function runCheck(check, built) {
  process.stdout.write(`  ${check.name.padEnd(column)}`);
  const stopped = obstacle(check, built);
  if (stopped !== undefined) {
    print(`${stopped.failed > 0 ? 'FAILED' : 'skipped'}: ${stopped.reason}`);
    return stopped;
  }
  const start = performance.now();
  const path = join(LOGS, `${check.name}.log`);
  const parts = [];
  let counts;
  try {
    counts = await check.run({ write: (text) => parts.push(Buffer.from(text)) });
  } catch (error) {
    parts.push(Buffer.from(`${error.stack}\n`));
    counts = one(true);
  }
  const text = Buffer.concat(parts).toString();
  writeFileSync(path, text);
  print(`${describe(counts).padEnd(34)}${seconds(start).padStart(9)}`);
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
for (const check of checks) {
  results.push(await runCheck(check, built));
}
const sum = (key) => results.reduce((total, counts) => total + counts[key], 0);
const total = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
print(inCi && total.skipped > 0 ? '\nWith CI=true a skipped test is a failure.\n' : '');
print(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || (inCi && total.skipped > 0) ? 1 : 0;

// The checks that run tests, and count them one by one.
import { createWriteStream, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { command, JOBS, LOGS, output, NATIVE_BUILD, settle } from './run.mjs';

/** The native tests of a label, in the build folder of a preset. */
export async function ctest(log, label, { build = NATIVE_BUILD, name = label, jobs = 1 } = {}) {
  const report = join(LOGS, `${name}.xml`);
  rmSync(report, { force: true });
  const args = ['--test-dir', build, '-L', `^(${label})$`, '--output-on-failure', '--output-junit', report];
  const code = await command(log, 'ctest', [...args, '--no-tests=error', '-j', String(jobs)]);
  const suite = existsSync(report) ? /<testsuite\b[^>]*>/.exec(readFileSync(report, 'utf8'))?.[0] : undefined;
  const attribute = (key) => Number(new RegExp(`\\b${key}="(\\d+)"`).exec(suite ?? '')?.[1] ?? 0);
  const failed = attribute('failures');
  const skipped = attribute('skipped') + attribute('disabled');
  return settle({ passed: attribute('tests') - failed - skipped, failed, skipped }, code);
}

/** The unit tests of the 32-bit build, where raising skips destructors; scripts/build-all.sh builds them with the host. */
export const unitOn32Bit = (log) => ctest(log, 'unit', { build: 'build/linux32', name: 'unit-linux32', jobs: JOBS });

export async function busted(log) {
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

/**
 * `settings` is the environment of the tests, besides our own; `jobs` is how many files run at a time: more than one only where
 * no game thread is measured.
 */
export async function nodeTests(log, name, list, settings = {}, jobs = 1) {
  const report = join(LOGS, `${name}.tap`);
  rmSync(report, { force: true });
  const code = await command(log, process.execPath, [
    '--test',
    `--test-concurrency=${jobs}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${report}`,
    ...list,
  ], settings);
  const text = existsSync(report) ? readFileSync(report, 'utf8') : '';
  const total = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return settle({ passed: total('pass'), failed: total('fail') + total('cancelled'), skipped: total('skipped') }, code);
}

// The native tests again, watched: by the sanitizers in builds of their own, and by valgrind.
// What the sanitizers are told is in CMakeLists.txt, for whoever runs ctest by hand too.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../headless.mjs';
import { command, JOBS, NATIVE_BUILD, one, output, settle } from './run.mjs';
import { ctest } from './suites.mjs';

const SUPPRESSIONS = 'tests/tsan.suppressions';
/** The exit code that ctest takes for a skipped test, too. */
const SKIPPED = 77;
const VALGRIND = [
  '--quiet',
  '--leak-check=full',
  '--show-leak-kinds=definite,indirect',
  '--errors-for-leak-kinds=definite,indirect',
  '--error-exitcode=99',
  // Freeing libc's own leftovers at the end stumbles over those of its look-up threads; they are reachable, not lost.
  '--run-libc-freeres=no',
  // A test that lets memory run out brings an operator new of its own; valgrind's would take its place.
  '--soname-synonyms=somalloc=nouserintercepts',
  // The tests' own servers are not ours to watch.
  '--trace-children=no',
  '--child-silent-after-fork=yes',
];
/** Configures and builds what is missing of a preset, with a line of its own when there was something to do. */
export function buildPreset(preset, target) {
  const { status } = spawnSync('bash', [join(root, 'scripts/build-preset.sh'), preset, target], { stdio: 'inherit' });
  return status === 0;
}

export const asan = (log) => ctest(log, 'unit|integration', { build: 'build/asan', name: 'asan', jobs: JOBS });

/** An exception that somebody wrote down is a race that nobody looks at any more: the list stays empty. */
export async function tsan(log) {
  const tests = testsOf(log, 'build/tsan');
  const told = tests.length > 0 && tests.every(({ environment }) => environment.some((each) => each.includes(SUPPRESSIONS)));
  const size = statSync(join(root, SUPPRESSIONS)).size;
  if (!told || size !== 0) {
    log.write(`${SUPPRESSIONS} has ${size} bytes and is ${told ? '' : 'not '}given to every test\n`);
    return one(true);
  }
  return ctest(log, 'unit|integration', { build: 'build/tsan', name: 'tsan', jobs: JOBS });
}

/** The native tests of a build, with the environment that ctest gives them. */
function testsOf(log, build) {
  const text = output({ write: () => true }, 'ctest', ['--test-dir', build, '-L', '^(unit|integration)$', '--show-only=json-v1']);
  if (text === undefined) {
    log.write(`ctest does not tell the tests of ${build}\n`);
    return [];
  }
  return JSON.parse(text).tests.map(({ name, command: words, properties }) => ({
    name,
    words,
    environment: properties.find((property) => property.name === 'ENVIRONMENT')?.value ?? [],
  }));
}

/** No byte definitely or indirectly lost, no memory misused, in the build that ships. */
export async function valgrind(log) {
  const waiting = testsOf(log, NATIVE_BUILD);
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const worker = async () => {
    for (let test = waiting.shift(); test !== undefined; test = waiting.shift()) {
      const lines = [];
      const start = performance.now();
      const settings = Object.fromEntries(test.environment.map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]));
      const code = await command({ write: (text) => lines.push(text) }, 'valgrind', [...VALGRIND, ...test.words], {
        ...settings,
        REALTIME_WATCHED: '1', // how long something took says nothing here
      });
      counts[code === 0 ? 'passed' : code === SKIPPED ? 'skipped' : 'failed']++;
      log.write(`${test.name}: exit ${code}, ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
      if (code !== 0 && code !== SKIPPED) {
        log.write(lines.map(String).join(''));
      }
    }
  };
  await Promise.all(Array.from({ length: JOBS }, worker));
  return settle(counts, 0);
}

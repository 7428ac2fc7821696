// The public Lua API against its model (tests/fuzz/api/lua), in the headless server with the shipped tree: runs it with one seed after the
// other. Of a run that violates the model the steps are left out, as many as can be, until what is left is short enough to read.
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { privateTree, root, spawnHost } from '../../scripts/headless.mjs';

export const STEPS_PER_SEED = 100_000;
const SCRIPT = join(root, 'tests/fuzz/api/lua/api.lua');
const TAIL = 20;
const MOST_REPLAYS = 300;
const SHRINK_MS = 120_000;
/** A run that prints nothing for so long hangs. */
const SILENCE_MS = 120_000;

/** Steps as the script takes them: `1-7,9-9`. */
function spans(steps) {
  const parts = [];
  for (const step of steps) {
    const last = parts.at(-1);
    if (last !== undefined && last[1] + 1 === step) {
      last[1] = step;
    } else {
      parts.push([step, step]);
    }
  }
  return parts.map(([first, end]) => `${first}-${end}`).join(',');
}

/** One run of these steps. Gives how many were done, and what was violated at which step. */
function play(garrysmod, seed, plan, report = () => undefined) {
  const child = spawnHost({
    garrysmod,
    script: SCRIPT,
    tickrate: 0,
    args: ['--', String(seed), plan],
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const result = { done: 0, maps: 0, violation: undefined, step: undefined };
  const tail = [];
  let ended = false;
  let silence = setTimeout(() => child.kill('SIGKILL'), SILENCE_MS);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      silence.refresh();
      const [, name, rest] = /@@ (\S+) ?(.*)$/.exec(line) ?? [];
      if (name === 'at') {
        result.done = Number(rest);
        report(result.done);
      } else if (name === 'done') {
        ended = true;
        [result.done, result.maps] = rest.split(' ').map(Number);
      } else if (name === 'violated') {
        ended = true;
        const [, step, what, text] = /^(\d+) (\S+) (.*)$/.exec(rest);
        Object.assign(result, { step: Number(step), violation: `${what}: ${text}` });
      } else {
        tail.push(line);
        tail.splice(0, tail.length - TAIL);
      }
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(silence);
      if (!ended) {
        result.violation = `the server ended with ${code ?? signal}: ${tail.join(' | ')}`;
      }
      resolve(result);
    });
  });
}

/** The shortest list of steps that still violates the model, as far as it is found in time: parts are left out, ever smaller ones. */
async function shrink(garrysmod, seed, failed) {
  let best = failed.steps;
  let what = failed.violation;
  const deadline = performance.now() + SHRINK_MS;
  let replays = 0;
  for (let size = Math.ceil(best.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < best.length && replays < MOST_REPLAYS && performance.now() < deadline; ) {
      const fewer = [...best.slice(0, from), ...best.slice(from + size)];
      const result = fewer.length === 0 ? {} : await play(garrysmod, seed, spans(fewer));
      replays++;
      if (result.violation === undefined) {
        from += size;
      } else {
        // Nothing behind the step that failed can matter.
        best = result.step === undefined ? fewer : fewer.filter((step) => step <= result.step);
        what = result.violation;
      }
    }
  }
  return { steps: best, violation: what };
}

/** See scripts/fuzz/fuzzers.mjs. `runs` counts steps; each seed has STEPS_PER_SEED of them. */
export async function fuzzApi({ seconds, runs, seed, report, log = () => undefined }) {
  const tree = privateTree();
  const deadline = seconds === undefined ? Infinity : performance.now() + seconds * 1000;
  const findings = [];
  let executions = 0;
  let maps = 0;
  try {
    for (let own = seed; findings.length === 0 && performance.now() < deadline && executions < (runs ?? Infinity); own++) {
      const count = Math.min(STEPS_PER_SEED, (runs ?? Infinity) - executions);
      const result = await play(tree.garrysmod, own, `1-${count}`, (done) => report({ executions: executions + done }));
      executions += result.done;
      maps += result.maps;
      log(`seed ${own}: ${result.done} steps, ${result.maps} map changes, ${result.violation ?? 'as the model says'}\n`);
      if (result.violation !== undefined) {
        const steps = Array.from({ length: result.step ?? count }, (_, index) => index + 1);
        const least = await shrink(tree.garrysmod, own, { ...result, steps });
        findings.push({
          what: `seed ${own}, step ${result.step}: ${least.violation}`,
          reproduce: `build/native/host/gmod-host --garrysmod dist/garrysmod --tickrate 0 --script tests/fuzz/api/lua/api.lua -- ${own} ${spans(least.steps)}`,
        });
      }
    }
  } finally {
    tree.remove();
  }
  return { executions, maps, findings };
}

// Runs one libFuzzer target of tests/fuzz, built by the preset `fuzz`, and reads its figures from what it prints.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../headless.mjs';

const BUILD = join(root, 'build/fuzz/tests/fuzz');
const CORPUS = join(root, 'tests/fuzz/corpus');
const FINDINGS = join(root, 'build/fuzz-findings');
const MEMORY_MIB = 2048;
/** No input may make us ask for so much at once: a reply that announces more is refused before. */
const ONE_BLOCK_MIB = 128;
/** By the clock on the wall: on a busy machine a sound input may take long. */
const ONE_INPUT_SECONDS = 120;
const TAIL = 60;
/** Of /proc/PID/stat, behind the name; proc(5). */
const USER_TIME = 11;
const SYSTEM_TIME = 12;
const TICKS_PER_SECOND = 100;
const LINE = /^#(\d+)\s+\w+\s+cov: (\d+) ft: (\d+)/;
const STATISTIC = /^stat::number_of_executed_units:\s*(\d+)/;

const ENVIRONMENT = {
  ASAN_OPTIONS: 'detect_leaks=1:detect_stack_use_after_return=1:allocator_may_return_null=0',
  UBSAN_OPTIONS: 'print_stacktrace=1:halt_on_error=1',
};

/** What a process has had of a processor so far; nothing of one that has ended. */
function cpuSecondsOf(pid) {
  let text;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return 0;
  }
  const fields = text.split(') ')[1].split(' ');
  return (Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) / TICKS_PER_SECOND;
}

function limits({ seconds, runs }) {
  return [...(seconds === undefined ? [] : [`-max_total_time=${seconds}`]), ...(runs === undefined ? [] : [`-runs=${runs}`])];
}

/**
 * A fuzzer over a target. With `runs` and a seed a run is the same each time: it starts from the seeds alone. With `seconds` it goes on from
 * what earlier runs found (build/fuzz-corpus).
 */
export function libFuzzer(name, { longest }) {
  return async ({ seconds, runs, seed, report, log = () => undefined }) => {
    // libFuzzer adds what it finds to the first folder.
    const kept = seconds === undefined ? mkdtempSync(join(tmpdir(), 'realtime-fuzz-')) : join(root, 'build/fuzz-corpus', name);
    mkdirSync(kept, { recursive: true });
    mkdirSync(FINDINGS, { recursive: true });
    const prefix = join(FINDINGS, `${name}-`);
    const seeds = join(CORPUS, name);
    const args = [
      ...limits({ seconds, runs }),
      `-seed=${seed}`,
      `-max_len=${longest}`,
      `-timeout=${ONE_INPUT_SECONDS}`,
      `-rss_limit_mb=${MEMORY_MIB}`,
      `-malloc_limit_mb=${ONE_BLOCK_MIB}`,
      `-artifact_prefix=${prefix}`,
      '-print_final_stats=1',
      kept,
      seeds,
    ];
    const before = new Set(readdirSync(FINDINGS));
    const figures = { executions: 0, edges: 0, features: 0, cpuSeconds: 0 };
    const tail = [];
    const child = spawn(join(BUILD, `fuzz_${name}`), args, {
      cwd: root,
      env: { ...process.env, ...ENVIRONMENT },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      const progress = LINE.exec(line);
      const total = STATISTIC.exec(line);
      if (progress !== null) {
        Object.assign(figures, { executions: Number(progress[1]), edges: Number(progress[2]), features: Number(progress[3]), cpuSeconds: Math.max(figures.cpuSeconds, cpuSecondsOf(child.pid)) });
        report(figures);
      } else if (total !== null) {
        figures.executions = Number(total[1]);
      } else {
        tail.push(line);
        tail.splice(0, tail.length - TAIL);
      }
    });
    const code = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status) => resolve(status ?? 1));
    });
    if (seconds === undefined) {
      rmSync(kept, { recursive: true, force: true });
    }
    log(`${tail.join('\n')}\n`);
    // What libFuzzer calls a slow unit says something of the machine; what never ends is a timeout.
    const artifacts = readdirSync(FINDINGS).filter((file) => file.startsWith(`${name}-`) && !file.includes('-slow-unit-') && !before.has(file));
    const findings = artifacts.map((file) => ({
      what: tail.find((line) => /^violated: |^SUMMARY: /.test(line)) ?? 'see the output',
      reproduce: `build/fuzz/tests/fuzz/fuzz_${name} ${relative(root, join(FINDINGS, file))}`,
    }));
    if (code !== 0 && findings.length === 0) {
      findings.push({ what: `it ended with ${code}: ${tail.slice(-3).join(' | ')}`, reproduce: `fuzz_${name} ${args.join(' ')}` });
    }
    return { ...figures, findings };
  };
}

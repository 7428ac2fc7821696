// The processes that are measured: the shipped tree in the headless server, and what it is compared with. All speak in marks
// (lines `@@ name words...`).
import { execFileSync, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { privateTree, root, spawnHost } from '../../scripts/headless.mjs';
import { HostRun, redisArguments } from '../../tests/support/host.mjs';

const PIPES = ['ignore', 'pipe', 'pipe'];
const DEADLINE_MS = 300_000;
const benchFolder = join(root, 'bench');

// Whatever ends the harness ends what it started.
const running = new Set();
process.on('exit', () => {
  for (const subject of running) {
    subject.kill();
  }
});

export class Subject {
  #cleanUp;

  constructor(child, { cleanUp = () => undefined, deadlineMs = DEADLINE_MS } = {}) {
    this.child = child;
    this.pid = child.pid;
    this.run = new HostRun(child, { deadlineMs });
    this.#cleanUp = cleanUp;
    running.add(this);
    this.ready = this.run.next('ready');
    this.result = this.run.next('result');
    // Whoever waits for one of them hears of it; the other may never come.
    for (const promise of [this.ready, this.result]) {
      promise.catch(() => undefined);
    }
  }

  /** The numbers of all lines of samples of that name. */
  samples(name = 'samples') {
    return this.run.all(name).flat().map(Number);
  }

  /** Ends it, however far it is, and waits until it is gone. */
  async stop() {
    this.run.kill();
    await this.run.ended;
    this.kill();
  }

  /** The same without waiting, for the way out of the process. */
  kill() {
    if (running.delete(this)) {
      this.run.kill();
      this.#cleanUp();
    }
  }
}

/**
 * A script of bench/lua in the headless server with the shipped tree. `addon: false` leaves the addon out: the server alone.
 * `tickrate` 0 runs frames as fast as possible; without it, the game's default.
 */
export function startHost(redis, script, words, { tickrate, addon = true, deadlineMs } = {}) {
  const tree = privateTree([benchFolder]);
  if (!addon) {
    rmSync(join(tree.garrysmod, 'addons/realtime'), { recursive: true });
  }
  const child = spawnHost({
    garrysmod: tree.garrysmod,
    script: join(benchFolder, 'lua', script),
    tickrate,
    args: ['--', ...redisArguments(redis), ...words.map(String)],
    stdio: PIPES,
  });
  return new Subject(child, { cleanUp: tree.remove, deadlineMs });
}

/** Starts a command, on one core only when `core` says so. */
function start(command, args, core) {
  const [name, ...rest] = core === undefined ? [command, ...args] : ['taskset', '--cpu-list', core, command, ...args];
  return new Subject(spawn(name, rest.map(String), { stdio: PIPES }));
}

/** One of the programs that bench/CMakeLists.txt builds; its first arguments are the server's host and port. */
export function startProgram(redis, name, words, { core } = {}) {
  return start(join(root, 'build/native/bench', name), [redis.host, redis.port, ...words], core);
}

/** A script of bench/baselines: under Node.js, or under LuaJIT when it is a Lua file. */
export function startScript(redis, file, words, { core } = {}) {
  const args = [join(benchFolder, 'baselines', file), redis.host, redis.port, ...words];
  return start(file.endsWith('.lua') ? 'luajit' : process.execPath, args, core);
}

/** Keeps all threads of a process on one core. */
export function keepOnCore(pid, core) {
  execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(pid)], { stdio: 'ignore' });
}

/** Runs it to its result, whatever happens ends it, and answers what `read` makes of it. */
export async function finish(subject, read) {
  try {
    const words = await subject.result;
    return await read(subject, words);
  } finally {
    await subject.stop();
  }
}

/** A run in which a message was dropped or refused does not count. */
export function assertNothingLost({ dropped = 0, failed = 0, unknown = 0 }) {
  if (dropped + failed + unknown > 0) {
    throw new Error(`${dropped} messages were dropped, ${failed} failed, ${unknown} are unknown: the run does not count`);
  }
}

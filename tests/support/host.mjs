// Runs the shipped tree in the headless server for a test, and lets the two talk: a line that the Lua side prints as
// `@@ name words...` is a mark here (see tests/host/e2e/lua/e2e.lua).
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { privateTree, root, spawnHost } from '../../scripts/headless.mjs';
import { platform } from '../../scripts/platforms/platform.mjs';

const FINDING = /\b(?:Address|Leak|UndefinedBehavior)Sanitizer\b|: runtime error: /;
const LEFT = /^\[host\] (modules left \d+ references|ReferenceFree\()/m;
const MARK = /^.*?@@ (\S+) ?(.*)$/;
const HOST_SECONDS = 60;
const DEADLINE_MS = 90_000;
export const e2eFolder = join(root, 'tests/host/e2e');

/** A test in which no server runs is the same for every platform: it is there once, with this machine's own build. */
export const testOfSources = platform.name === 'native' ? test : () => undefined;

export class HostRun {
  lines = [];
  marks = [];
  #child;
  #waiting = new Set();

  #onMark;

  constructor(child, { deadlineMs = DEADLINE_MS, onMark = () => undefined } = {}) {
    this.#child = child;
    this.#onMark = onMark;
    const deadline = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => this.#take(line));
    }
    this.ended = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => {
        clearTimeout(deadline);
        this.code = code;
        this.signal = signal;
        for (const waiter of this.#waiting) {
          waiter.reject(this.#tooLate(waiter.name));
        }
        this.#waiting.clear();
        resolve(this);
      });
    });
  }

  #tooLate(name) {
    return new Error(`the host ended (${this.code ?? this.signal}) before "${name}":\n${this.output}`);
  }

  get output() {
    return this.lines.join('\n');
  }

  #take(line) {
    this.lines.push(line);
    const match = MARK.exec(line);
    if (match === null) {
      return;
    }
    const mark = { name: match[1], words: match[2] === '' ? [] : match[2].split(' ') };
    this.marks.push(mark);
    this.#onMark(mark.name, mark.words);
    for (const waiter of this.#waiting) {
      if (waiter.name === mark.name) {
        this.#waiting.delete(waiter);
        waiter.resolve(mark.words);
      }
    }
  }

  /** The words of the next mark of that name; rejects with the whole output when the host ends, or has ended, before. */
  next(name) {
    if (this.code !== undefined) {
      return Promise.reject(this.#tooLate(name));
    }
    return new Promise((resolve, reject) => this.#waiting.add({ name, resolve, reject }));
  }

  /** What that promise gives, which something else keeps; rejects with the whole output when the host ends before. */
  before(promise, name) {
    const ended = this.ended.then(() => {
      throw this.#tooLate(name);
    });
    return Promise.race([promise, ended]);
  }

  /** The words of the last mark of that name. */
  last(name) {
    return this.marks.findLast((mark) => mark.name === name)?.words;
  }

  /** All marks of that name. */
  all(name) {
    return this.marks.filter((mark) => mark.name === name).map((mark) => mark.words);
  }

  /** The statistics that the Lua side printed last. */
  get stats() {
    return Object.fromEntries(this.all('stat').map(([key, value]) => [key, Number(value)]));
  }

  kill() {
    this.#child.kill('SIGKILL');
  }
}

/** Where a server is, as e2e.lua takes it from the command line. */
export function redisArguments({ host, port, password }) {
  return [host, String(port), password ?? ''];
}

/** For `prepare`: puts a file of tests/host/e2e/lua where the server runs it before that of any addon. */
export const beforeAddons = (script) => (garrysmod) => {
  const folder = join(garrysmod, 'lua/autorun');
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(e2eFolder, 'lua', script), join(folder, script));
};

/**
 * Starts a Lua file of tests/host/e2e/lua (or any absolute path) in a private copy of dist/garrysmod. `prepare(garrysmod)`
 * may change that copy first. `redis`, then `words`, are handed to the script, `settings` is the environment, or a
 * function of that folder that gives it; `onMark(name, words)` hears of each mark. Everything goes away at the end of test `t`,
 * which fails when a sanitizer found something, whatever else it looks at.
 */
export function startHost(t, script, { settings = {}, redis, words = [], tickrate, seconds = HOST_SECONDS, deadlineMs, prepare = () => undefined, onMark } = {}) {
  const tree = privateTree([e2eFolder]);
  t.after(tree.remove);
  prepare(tree.garrysmod);
  const child = spawnHost({
    garrysmod: tree.garrysmod,
    script: script.startsWith('/') ? script : join(e2eFolder, 'lua', script),
    tickrate,
    seconds,
    args: ['--', ...(redis === undefined ? [] : redisArguments(redis)), ...words],
    settings: typeof settings === 'function' ? settings(tree.garrysmod) : settings,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const run = new HostRun(child, { deadlineMs, onMark });
  t.after(async () => {
    run.kill();
    await run.ended;
    assert.doesNotMatch(run.output, FINDING);
    // Whatever the test was about: the modules gave back each reference that they took, once.
    assert.ok(!LEFT.test(run.output), run.output);
  });
  return run;
}

// Where the built things are, and how a headless server is started from them. `npm start`, the tests and the benchmark
// all run what ships: dist/garrysmod with gmod-host.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { platform } from './platforms/platform.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const { hostBinary, moduleName } = platform;
export const shippedTree = join(root, 'dist/garrysmod');

/** The environment without anything that would lead the module elsewhere, plus `settings`. */
export function environment(settings = {}) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(REDIS|REALTIME)_/.test(name));
  return { ...Object.fromEntries(inherited), ...platform.settings, ...settings };
}

/** A private copy of dist/garrysmod in a temporary folder, with the platform's own module and links to further addons in it. */
export function privateTree(addons = []) {
  const directory = mkdtempSync(join(tmpdir(), 'realtime-garrysmod-'));
  const garrysmod = join(directory, 'garrysmod');
  cpSync(shippedTree, garrysmod, { recursive: true });
  if (platform.ownModule !== undefined) {
    cpSync(platform.ownModule, join(garrysmod, 'lua/bin', moduleName));
  }
  mkdirSync(join(garrysmod, 'addons'), { recursive: true });
  for (const addon of addons) {
    const folder = resolve(addon);
    symlinkSync(folder, join(garrysmod, 'addons', basename(folder)));
  }
  return {
    garrysmod,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** Starts gmod-host. `stdio` as child_process takes it. */
export function spawnHost({ garrysmod = shippedTree, script, tickrate, seconds, args = [], settings, stdio }) {
  const options = ['--garrysmod', garrysmod, '--script', script];
  if (tickrate !== undefined) {
    options.push('--tickrate', String(tickrate));
  }
  if (seconds !== undefined) {
    options.push('--seconds', String(seconds));
  }
  const [program, ...words] = [...platform.launcher, hostBinary, ...options, ...args];
  return spawn(program, words, { env: environment(settings), stdio });
}

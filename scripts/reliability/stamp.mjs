// What every figure of docs/RELIABILITY.md is stamped with.
import { spawnSync } from 'node:child_process';
import { root } from '../headless.mjs';

const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? '';

/** `2026-11-25` */
export const today = () => new Date().toISOString().slice(0, 10);

/** The commit that was run, with a plus where something of what is run was changed since. */
export function commit() {
  const changed = git('status', '--porcelain', '--', 'native', 'src', 'host', 'tests', 'scripts', 'contract', 'addon', ':!tests/*/results');
  return `${git('rev-parse', '--short=10', 'HEAD')}${changed === '' ? '' : '+'}`;
}

// What every check is made of: files, commands with their output in the check's log, and counts.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../headless.mjs';

export const JOBS = 2;
export const NATIVE_BUILD = 'build/native';
export const LOGS = join(root, 'build/test-logs');

/** A static check counts as one. */
export const one = (failed) => ({ passed: failed ? 0 : 1, failed: failed ? 1 : 0, skipped: 0 });

/** A check that found no test is no success, and neither is one whose command failed although each test passed. */
export function settle(counts, code) {
  const found = counts.passed + counts.failed + counts.skipped;
  return found === 0 || (code !== 0 && counts.failed === 0) ? { ...counts, failed: counts.failed + 1 } : counts;
}

/** Files below `folders` whose names end in one of `endings`, relative to the root. */
export function files(folders, endings) {
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
export function command(log, name, args, settings = {}) {
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
export function output(log, name, args) {
  const result = spawnSync(name, args, { cwd: root, encoding: 'utf8' });
  log.write(`$ ${[name, ...args].join(' ')}\n${result.stdout ?? ''}${result.stderr ?? ''}`);
  return result.status === 0 ? result.stdout : undefined;
}

/** A check that is one command. */
export const lint = (name, ...args) => async (log) => one((await command(log, name, args)) !== 0);

// On what a result was measured: as much as makes it comparable, and nothing that names a machine or its folders.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/headless.mjs';

const GIB = 1 << 30;

function output(command, ...args) {
  const { stdout } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  return stdout?.trim() ?? '';
}

const found = (pattern, text) => pattern.exec(text)?.[1] ?? 'unknown';

function packageVersion(name) {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages[`node_modules/${name}`].version;
}

function hiredisVersion() {
  const header = readFileSync(join(root, 'node_modules/redis-fast-driver/deps/hiredis/hiredis.h'), 'utf8');
  return ['MAJOR', 'MINOR', 'PATCH'].map((part) => found(new RegExp(`#define HIREDIS_${part} (\\d+)`), header)).join('.');
}

export function machine() {
  return {
    processor: cpus()[0].model,
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / GIB),
    kernel: `Linux ${found(/^([\d.]+)/, release())}`,
    system: found(/^PRETTY_NAME="(.*)"$/m, readFileSync('/etc/os-release', 'utf8')),
  };
}

export function versions() {
  const debian = (name) => output('dpkg-query', '--show', '--showformat=${Version}', name) || 'unknown';
  return {
    compiler: output('c++', '--version').split('\n')[0],
    LuaJIT: found(/^LuaJIT (\S+)/, output('luajit', '-v')),
    'redis-server': found(/v=(\S+)/, output('redis-server', '--version')),
    hiredis: hiredisVersion(),
    'Node.js': process.version.slice(1),
    'node-redis': packageVersion('redis'),
    ioredis: packageVersion('ioredis'),
    'lua-cjson': debian('lua-cjson'),
    'redis-lua': debian('lua-redis'),
    LuaSocket: debian('lua-socket'),
  };
}

/** The commit that is measured, and whether the tree differs from it (what the benchmark itself writes does not count). */
export function commit() {
  const changed = output('git', 'status', '--porcelain', '--untracked-files=no', '--', '.', ':!bench/results', ':!docs/performance', ':!docs/PERFORMANCE.md');
  return { commit: output('git', 'rev-parse', '--short=12', 'HEAD') || 'unknown', changed: changed !== '' };
}

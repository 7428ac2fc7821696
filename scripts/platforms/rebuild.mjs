// Same sources, same bytes: the modules are built a second time, in another folder and another hour, and packed once more.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { command, output } from '../checks/run.mjs';
import { root, shippedTree } from '../headless.mjs';
import { platformNamed, SHIPPED } from './platform.mjs';

const STRIP = { linux64: 'strip', linux32: 'strip', win64: 'x86_64-w64-mingw32-strip', win32: 'i686-w64-mingw32-strip' };
const HIREDIS = 'node_modules/redis-fast-driver/deps/hiredis';

/** Holds what was found the same last: the modules' hash, which does not change while the sources do not. */
const STAMP = join(root, 'build/.rebuilt-stamp');

function modulesHash() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'build/.platforms-stamp')));
  SHIPPED.forEach((name) => hash.update(readFileSync(join(shippedTree, 'lua/bin', platformNamed(name).moduleName))));
  return hash.digest('hex');
}

const isSame = (one, other) => readFileSync(one).equals(readFileSync(other));

/** The sources alone, as they are now, in a folder of its own. */
function copySources(log, folder) {
  const list = output(log, 'git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard']) ?? '';
  for (const path of [...list.split('\0').filter((each) => each !== ''), HIREDIS]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path), { recursive: true });
  }
}

async function isRebuilt(log, folder, name) {
  const { moduleName } = platformNamed(name);
  const stripped = join(folder, moduleName);
  const steps = [
    ['cmake', '-S', folder, '--preset', name],
    ['cmake', '--build', join(folder, 'build', name), '--target', 'module'],
    [STRIP[name], '--strip-unneeded', '-o', stripped, join(folder, 'build', name, moduleName)],
  ];
  for (const [program, ...words] of steps) {
    if ((await command(log, program, words, { SOURCE_DATE_EPOCH: '0' })) !== 0) {
      return false;
    }
  }
  return isSame(stripped, join(shippedTree, 'lua/bin', moduleName));
}

/** Like every build here, it is not done again while nothing changed. */
async function rebuildModules(log, folder) {
  const hash = modulesHash();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) {
    return SHIPPED.map((name) => [name, true]);
  }
  const results = [];
  copySources(log, folder);
  for (const name of SHIPPED) {
    results.push([name, await isRebuilt(log, folder, name)]);
  }
  if (results.every(([, same]) => same)) {
    writeFileSync(STAMP, hash);
  }
  return results;
}

/** @returns counts: one for each platform, and one for the zip file */
export async function rebuild(log) {
  const folder = mkdtempSync(join(tmpdir(), 'realtime-again-'));
  const results = [];
  try {
    results.push(...(await rebuildModules(log, folder)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const zip = join(folder, 'again.zip');
    const packed = (await command(log, 'bash', [join(root, 'scripts/platforms/pack.sh'), zip])) === 0;
    results.push(['zip', packed && isSame(zip, join(root, `dist/gmod-realtime-${version}.zip`))]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  results.forEach(([name, same]) => log.write(`${name}: ${same ? 'the same' : 'DIFFERS'}\n`));
  const failed = results.filter(([, same]) => !same).length;
  return { passed: results.length - failed, failed, skipped: 0 };
}

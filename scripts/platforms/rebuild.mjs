// Same sources, same bytes: everything is built a second time, in another folder, and packed once more. The time in the zip
// file is $SOURCE_DATE_EPOCH for both.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { command, output } from '../checks/run.mjs';
import { root } from '../headless.mjs';
import { platformNamed, SHIPPED } from './platform.mjs';

const STRIP = { linux64: 'strip', linux32: 'strip', win64: 'x86_64-w64-mingw32-strip', win32: 'i686-w64-mingw32-strip' };
const BINARIES = 'dist/garrysmod/lua/bin';
const HIREDIS = 'node_modules/redis-fast-driver/deps/hiredis';

/** Holds what was found the same last: the modules' hash, which does not change while the sources do not. */
const STAMP = join(root, 'build/.rebuilt-stamp');

function modulesHash() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'build/.platforms-stamp')));
  SHIPPED.forEach((name) => hash.update(readFileSync(join(root, BINARIES, platformNamed(name).moduleName))));
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
  // Node.js' packages are tools; what is compiled has been copied.
  const packages = 'node_modules';
  for (const name of readdirSync(join(root, packages)).filter((each) => !existsSync(join(folder, packages, each)))) {
    symlinkSync(join(root, packages, name), join(folder, packages, name));
  }
}

/** All of them have to succeed. */
async function run(log, settings, steps) {
  for (const [program, ...words] of steps) {
    if ((await command(log, program, words, settings)) !== 0) {
      return false;
    }
  }
  return true;
}

async function isRebuilt(log, folder, name) {
  const { moduleName } = platformNamed(name);
  const stripped = join(folder, BINARIES, moduleName);
  const built = join(folder, 'build', name);
  const done = await run(log, { SOURCE_DATE_EPOCH: '0' }, [
    ['cmake', '-S', folder, '--preset', name],
    ['cmake', '--build', built, '--target', 'module'],
    [STRIP[name], '--strip-unneeded', '-o', stripped, join(built, moduleName)],
  ]);
  return done && isSame(stripped, join(root, BINARIES, moduleName));
}

/** Like every build here, it is not done again while nothing changed. */
async function rebuildModules(log, folder) {
  const hash = modulesHash();
  cpSync(join(root, BINARIES), join(folder, BINARIES), { recursive: true });
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) {
    return SHIPPED.map((name) => [name, true]);
  }
  const results = [];
  for (const name of SHIPPED) {
    results.push([name, await isRebuilt(log, folder, name)]);
  }
  if (results.every(([, same]) => same)) {
    writeFileSync(STAMP, hash);
  }
  return results;
}

/** The whole release from what was built there. */
async function isPackedAgain(log, folder) {
  for (const document of ['README.md', 'LICENSE', 'THIRD-PARTY-NOTICES.txt']) {
    cpSync(join(root, 'dist', document), join(folder, 'dist', document));
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const zip = `dist/gmod-realtime-${version}.zip`;
  const done = await run(log, {}, [
    [process.execPath, join(folder, 'scripts/build-addon.mjs')],
    ['bash', join(folder, 'scripts/platforms/pack.sh'), join(folder, zip)],
  ]);
  return done && isSame(join(folder, zip), join(root, zip));
}

/** @returns counts: one for each platform, and one for the zip file */
export async function rebuild(log) {
  const folder = mkdtempSync(join(tmpdir(), 'realtime-again-'));
  const results = [];
  try {
    copySources(log, folder);
    results.push(...(await rebuildModules(log, folder)));
    results.push(['zip', await isPackedAgain(log, folder)]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  results.forEach(([name, same]) => log.write(`${name}: ${same ? 'the same' : 'DIFFERS'}\n`));
  const failed = results.filter(([, same]) => !same).length;
  return { passed: results.length - failed, failed, skipped: 0 };
}

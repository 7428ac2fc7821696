// The seam, proven: a third backend is one folder and one line. This copies the tree to build/toy/tree, puts
// tests/toy_backend/toy beside the other backends, adds one line to native/backend/list.cpp, makes sure that nothing
// else is different, builds the conformance suite there and runs it on the new backend. With nothing changed since, it
// builds nothing.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './headless.mjs';

const TOY = 'tests/toy_backend/toy';
const FOLDER = 'native/backend/toy';
const LIST = 'native/backend/list.cpp';
const AFTER = /^ {4}BACKEND\(memory\).*$/m;
const COPIED = ['CMakeLists.txt', 'CMakePresets.json', 'package.json', 'bench', 'contract', 'host', 'native', 'scripts', 'tests'];
const tree = join(root, 'build/toy/tree');
const build = join(tree, 'build/native');
const hiredis = join(root, 'node_modules/redis-fast-driver/deps');

function fail(text) {
  console.error(`toy backend: ${text}`);
  process.exit(1);
}

/** Runs a command in the copy; its failure is ours. */
function run(name, args, settings = {}) {
  console.log(`$ ${[name, ...args].join(' ')}`);
  const { status, error } = spawnSync(name, args, { cwd: tree, env: { ...process.env, ...settings }, stdio: 'inherit' });
  return error === undefined && status === 0;
}

/** A copy keeps the time stamps, so that only what is newer than the last build is built again. */
function copyTree() {
  mkdirSync(tree, { recursive: true });
  for (const name of readdirSync(tree).filter((each) => each !== 'build')) {
    rmSync(join(tree, name), { recursive: true });
  }
  for (const name of COPIED) {
    cpSync(join(root, name), join(tree, name), { recursive: true, preserveTimestamps: true });
  }
}

function addToy() {
  cpSync(join(root, TOY), join(tree, FOLDER), { recursive: true, preserveTimestamps: true });
  const { mtime } = statSync(join(root, LIST));
  const before = readFileSync(join(root, LIST), 'utf8');
  const after = before.replace(AFTER, (line) => `${line}\n${line.replace('memory', 'toy').replace(/ {3}\\$/, '      \\')}`);
  writeFileSync(join(tree, LIST), after);
  utimesSync(join(tree, LIST), mtime, mtime);
}

/** Every path below a folder with its bytes; folders that somebody built into aside. */
function contents(folder) {
  const found = new Map();
  for (const top of COPIED) {
    const path = join(folder, top);
    const entries = statSync(path).isFile() ? [path] : below(path);
    for (const file of entries) {
      found.set(relative(folder, file), readFileSync(file));
    }
  }
  return found;
}

function below(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** One folder, one line: any other difference is a failure. */
function compare() {
  const original = contents(root);
  const changed = contents(tree);
  const added = [...changed.keys()].filter((path) => !original.has(path));
  const gone = [...original.keys()].filter((path) => !changed.has(path));
  const different = [...original.keys()].filter((path) => changed.has(path) && !original.get(path).equals(changed.get(path)));
  const strangers = added.filter((path) => !path.startsWith(`${FOLDER}/`));
  if (strangers.length > 0 || gone.length > 0 || added.length === 0) {
    fail(`added ${added.join(' ')}; removed ${gone.join(' ')}`);
  }
  if (different.join(' ') !== LIST) {
    fail(`more than ${LIST} differs: ${different.join(' ')}`);
  }
  const before = original.get(LIST).toString().split('\n');
  const after = changed.get(LIST).toString().split('\n');
  const at = after.findIndex((line, index) => line !== before[index]);
  if (after.length !== before.length + 1 || after.toSpliced(at, 1).join('\n') !== before.join('\n')) {
    fail(`${LIST} differs in more than one line`);
  }
  console.log(`added: ${added.join(' ')}\n${LIST}: + ${after[at].trim()}`);
}

copyTree();
addToy();
compare();
if (!existsSync(join(build, 'build.ninja')) && !run('cmake', ['--preset', 'release', `-DHIREDIS_PARENT=${hiredis}`])) {
  fail('the copy cannot be configured');
}
if (!run('cmake', ['--build', '--preset', 'release', '--target', 'test_backends'])) {
  fail('the copy does not build');
}
if (!run(join(build, 'tests/test_backends'), ['--no-skip'], { REALTIME_BACKEND_UNDER_TEST: 'toy' })) {
  fail('the toy backend does not conform');
}

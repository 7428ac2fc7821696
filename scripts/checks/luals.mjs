// `npm run check:luals`: what lua-language-server says about tests/luals with the annotations as its library is, line by line, what the
// marks there say: `--! NAME…` at the end of a line is what it must complain about in that line, and nothing else may it complain about.
// About the annotations themselves and the examples it has nothing to say.
//
// No part of `npm test`: the server comes from no package registry. LUA_LANGUAGE_SERVER names the program, else it is looked for in PATH.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../headless.mjs';

const PROGRAM = process.env.LUA_LANGUAGE_SERVER ?? 'lua-language-server';
const ANNOTATIONS = join(root, 'annotations');
const SETTINGS = { 'runtime.version': 'LuaJIT', 'workspace.checkThirdParty': false };
const LIBRARY = { 'workspace.library': [ANNOTATIONS] };
// Each folder is a workspace of its own, with settings of its own.
const FOLDERS = {
  annotations: {},
  'tests/luals': LIBRARY,
  // They use much of the game, which is declared nowhere, and define functions that a gamemode calls.
  examples: { ...LIBRARY, 'diagnostics.disable': ['undefined-global', 'lowercase-global'] },
};
const MARK = /--! ([a-z -]+)$/;

function run(...words) {
  const { status, stdout, stderr, error } = spawnSync(PROGRAM, words, { encoding: 'utf8' });
  if (error !== undefined) {
    throw new Error(`${PROGRAM} cannot be started (${error.code}): install lua-language-server, or name it in LUA_LANGUAGE_SERVER`);
  }
  return { status, text: stdout + stderr };
}

/** What the server says about a folder: the sorted names of its complaints by `file:line`. */
function said(folder, own) {
  const out = join(own, 'out.json');
  rmSync(out, { force: true });
  const settings = join(own, 'settings.json');
  writeFileSync(settings, JSON.stringify({ ...SETTINGS, ...FOLDERS[folder] }));
  const { status, text } = run(
    `--check=${join(root, folder)}`,
    '--checklevel=Hint',
    `--configpath=${settings}`,
    '--check_format=json',
    `--check_out_path=${out}`,
    `--logpath=${join(own, 'log')}`,
    `--metapath=${join(own, 'meta')}`,
  );
  if (!existsSync(out)) {
    throw new Error(`${text}\n${PROGRAM} did not check ${folder} (exit code ${status})`);
  }
  const found = new Map();
  for (const [uri, complaints] of Object.entries(JSON.parse(readFileSync(out, 'utf8')))) {
    for (const { code, message, range } of complaints) {
      const place = `${relative(root, fileURLToPath(uri))}:${range.start.line + 1}`;
      found.set(place, [...(found.get(place) ?? []), { code, message: message.split('\n')[0] }]);
    }
  }
  return found;
}

/** What the marks of a folder's files say, in the same way. */
function expected(folder) {
  const marks = new Map();
  for (const file of readdirSync(join(root, folder)).filter((name) => name.endsWith('.lua'))) {
    readFileSync(join(root, folder, file), 'utf8')
      .split('\n')
      .forEach((line, index) => {
        const [, codes] = MARK.exec(line) ?? [];
        if (codes !== undefined) {
          marks.set(`${folder}/${file}:${index + 1}`, codes.split(' '));
        }
      });
  }
  return marks;
}

const list = (codes) => (codes.length === 0 ? 'nothing' : [...codes].sort().join(' '));

/** Tells what differs in a folder; answers how many lines are as marked, and how many are not. */
function compare(folder, own) {
  const marks = expected(folder);
  const complaints = said(folder, own);
  const places = [...new Set([...marks.keys(), ...complaints.keys()])];
  const differing = places.filter((place) => {
    const wanted = list(marks.get(place) ?? []);
    const got = complaints.get(place) ?? [];
    const codes = list(got.map(({ code }) => code));
    if (wanted !== codes) {
      process.stdout.write(`${place}: expected ${wanted}, got ${codes}\n${got.map(({ message }) => `  ${message}\n`).join('')}`);
    }
    return wanted !== codes;
  });
  return { right: places.length - differing.length, wrong: differing.length };
}

const own = mkdtempSync(join(tmpdir(), 'realtime-luals-'));
try {
  const version = run('--version').text.trim();
  const counts = Object.keys(FOLDERS).map((folder) => compare(folder, own));
  const sum = (key) => counts.reduce((total, each) => total + each[key], 0);
  process.stdout.write(`lua-language-server ${version}: ${sum('right')} marked lines as expected, ${sum('wrong')} lines not\n`);
  process.exitCode = sum('wrong') > 0 || sum('right') === 0 ? 1 : 0;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(own, { recursive: true, force: true });
}

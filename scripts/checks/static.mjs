// The checks that look at sources and at the built module, and run nothing of it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../headless.mjs';
import { command, files, JOBS, lint, NATIVE_BUILD, one, output } from './run.mjs';

/** What .clang-tidy turns off without a word about it in its comments. */
function unexplained() {
  const lines = readFileSync(join(root, '.clang-tidy'), 'utf8').split('\n');
  const comments = lines.filter((line) => line.startsWith('#')).join('\n');
  const disabled = lines.flatMap((line) => /^ +-([a-z][\w.-]*),?$/.exec(line)?.[1] ?? []);
  return disabled.filter((check) => !comments.includes(check));
}

/** One hash over texts, each with its length before it. */
function digest(...texts) {
  const hash = createHash('sha256');
  for (const text of texts) {
    hash.update(`${text.length}:`).update(text);
  }
  return hash.digest('hex');
}

/**
 * What an answer of clang-tidy depends on besides the file itself: the program, its settings, how the file is compiled, and
 * every header of ours. A file that was found clean under the same circumstances is not looked at again.
 */
function circumstances(log, command) {
  const headers = ['native', 'host', 'build/generated'].flatMap((folder) => files([folder], ['.h']));
  return digest(
    output(log, 'clang-tidy', ['--version']) ?? '',
    readFileSync(join(root, '.clang-tidy'), 'utf8'),
    command,
    ...headers.map((header) => `${header}\n${readFileSync(join(root, header), 'utf8')}`),
  );
}

export async function clangTidy(log) {
  const silent = unexplained();
  if (silent.length > 0) {
    log.write(`.clang-tidy does not say why it leaves out ${silent.join(', ')}\n`);
    return one(true);
  }
  const database = JSON.parse(readFileSync(join(root, NATIVE_BUILD, 'compile_commands.json'), 'utf8'));
  const commands = new Map(database.map((entry) => [relative(root, entry.file), entry.command]));
  const sources = [...commands.keys()].filter((file) => /^(native|host)\//.test(file));
  const stamps = join(root, 'build/clang-tidy');
  mkdirSync(stamps, { recursive: true });
  let failures = 0;
  let looked = 0;
  const worker = async () => {
    for (let file = sources.shift(); file !== undefined; file = sources.shift()) {
      const stamp = join(stamps, digest(file, readFileSync(join(root, file), 'utf8'), circumstances({ write: () => true }, commands.get(file))));
      if (existsSync(stamp)) {
        continue;
      }
      looked++;
      const lines = [];
      const code = await command({ write: (text) => lines.push(text) }, 'clang-tidy', ['-p', NATIVE_BUILD, '--quiet', file]);
      if (code === 0) {
        writeFileSync(stamp, '');
      } else {
        failures++;
        log.write(lines.join(''));
      }
    }
  };
  const found = sources.length;
  await Promise.all(Array.from({ length: JOBS }, worker));
  log.write(`${found} files, ${looked} of them new or changed, ${failures} with findings\n`);
  return one(failures > 0 || found === 0);
}

const CPPCHECK = [
  '--quiet',
  '--std=c++17',
  '--language=c++',
  '--enable=warning,performance,portability',
  '--inline-suppr',
  '--error-exitcode=1',
  '--suppress=missingIncludeSystem',
  // It takes placement new into a block of Lua's for a variable that nobody has set; the later `uninitvar` does not.
  '--suppress=legacyUninitvar',
  '-j',
  String(JOBS),
  '-I',
  'native',
  '-I',
  'build/generated',
];
export const cppcheck = (log) => lint('cppcheck', ...CPPCHECK, ...files(['native', 'host', 'bench'], ['.cpp']))(log);

/** The seam: no backend is named in the parts that serve them all. */
export async function seam(log) {
  const found = files(['native/core', 'native/lua'], ['.h', '.cpp']).flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (/redis/i.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
  log.write(`${found.join('\n')}\n`);
  return one(found.length > 0);
}

// The checks that look at sources and at the built module, and run nothing of it.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../headless.mjs';
import { command, files, JOBS, lint, NATIVE_BUILD, one } from './run.mjs';

/** What .clang-tidy turns off without a word about it in its comments. */
function unexplained() {
  const lines = readFileSync(join(root, '.clang-tidy'), 'utf8').split('\n');
  const comments = lines.filter((line) => line.startsWith('#')).join('\n');
  const disabled = lines.flatMap((line) => /^ +-([a-z][\w.-]*),?$/.exec(line)?.[1] ?? []);
  return disabled.filter((check) => !comments.includes(check));
}

export async function clangTidy(log) {
  const silent = unexplained();
  if (silent.length > 0) {
    log.write(`.clang-tidy does not say why it leaves out ${silent.join(', ')}\n`);
    return one(true);
  }
  const database = JSON.parse(readFileSync(join(root, NATIVE_BUILD, 'compile_commands.json'), 'utf8'));
  const sources = [...new Set(database.map((entry) => relative(root, entry.file)))].filter((file) =>
    /^(native|host)\//.test(file),
  );
  let failures = 0;
  const worker = async () => {
    for (let file = sources.shift(); file !== undefined; file = sources.shift()) {
      const lines = [];
      const code = await command({ write: (text) => lines.push(text) }, 'clang-tidy', ['-p', NATIVE_BUILD, '--quiet', file]);
      if (code !== 0) {
        failures++;
        log.write(lines.join(''));
      }
    }
  };
  const found = sources.length;
  await Promise.all(Array.from({ length: JOBS }, worker));
  log.write(`${found} files, ${failures} with findings\n`);
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

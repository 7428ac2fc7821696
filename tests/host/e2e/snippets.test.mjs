// Every snippet of the documentation is run in the headless server, compiled, parsed, or compared with what it names. None is only
// decoration.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { hostBinary, root } from '../../../scripts/headless.mjs';
import { startHost, testOfSources } from '../../support/host.mjs';

const FENCE = /^```(\S*)\n([^]*?)^```$/gm;
const TICKRATE = 500;
const read = (path) => readFileSync(join(root, path), 'utf8');
const documents = [
  'README.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  'host/README.md',
  'bench/README.md',
  ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
];
const snippets = documents.flatMap((path) => {
  const text = read(path);
  return [...text.matchAll(FENCE)].map((match) => ({
    path,
    language: match[1],
    code: match[2],
    place: `${path}:${text.slice(0, match.index).split('\n').length}`,
  }));
});
const inLanguage = (language) => snippets.filter((snippet) => snippet.language === language);

/** Fences without a language: what in them can be neither compiled nor run here, and what looks after it instead. */
const OTHERS = {
  'SECURITY.md': 'a line for redis-cli; security.test.mjs gives it to a real server',
  'host/README.md': 'a form of the command line, with words to be replaced; its options are compared with --help below',
};

test('every snippet says what it is', () => {
  const known = new Set(['lua', 'ts', 'json', 'cpp']);
  const others = snippets.filter(({ language }) => !known.has(language));
  assert.deepEqual(others.map(({ path, language }) => path + language).sort(), Object.keys(OTHERS).sort());
  for (const [language, least] of [['lua', 20], ['ts', 1], ['json', 1], ['cpp', 1]]) {
    assert.ok(inLanguage(language).length >= least, language);
  }
});

/** What the comments in a snippet say is printed: `print(…) --> text`, or the text on the next line. */
const promisesOf = ({ code }) => [...code.matchAll(/--> (.*)$/gm)].map(([, text]) => text);

/** What went wrong with a snippet, and what it did not print although it says so. */
function problemsOf(run, snippet, number) {
  const of = (name) => run.all(name).filter(([first]) => first === String(number)).map(([, ...words]) => words.join(' '));
  const promises = promisesOf(snippet);
  const said = of('said');
  const isAnnounced = (...texts) => promises.some((promise) => texts.some((text) => promise.includes(text)));
  return [
    ...of('broken'),
    ...of('refused').filter((text) => !isAnnounced(text.split(' ')[0], text.slice(text.indexOf(' ') + 1))),
    // An error as a sentence ends with its code.
    ...said.filter((line) => /\([A-Z][A-Z_]+\)\.|\[(?:Error|Warn)\]/.test(line) && !isAnnounced(line)),
    ...promises.filter((promise) => !said.includes(promise)).map((promise) => `did not print "${promise}"`),
    ...of('errors').filter((counts) => counts !== '0 0').map((counts) => `errors: ${counts}`),
  ].map((problem) => `${snippet.place}: ${problem}`);
}

test('the Lua ones run, without an error that they do not announce', async (t) => {
  const list = inLanguage('lua');
  const prepare = (garrysmod) => {
    mkdirSync(join(garrysmod, 'lua/snippets'), { recursive: true });
    for (const [index, { code }] of list.entries()) {
      writeFileSync(join(garrysmod, 'lua/snippets', `${index + 1}.lua`), code);
    }
  };
  const options = { settings: { REALTIME_BACKEND: 'memory' }, prepare, tickrate: TICKRATE };
  const run = await startHost(t, 'snippets.lua', options).ended;
  assert.deepEqual(run.last('ran'), [String(list.length)], run.output);
  assert.equal(run.all('errors').length, list.length, run.output);
  assert.deepEqual(list.flatMap((snippet, index) => problemsOf(run, snippet, index + 1)), []);
});

testOfSources('the TypeScript ones compile against the types of the package', (t) => {
  const folder = mkdtempSync(join(root, 'build/snippets-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const files = inLanguage('ts').map(({ code, place }) => {
    const path = join(folder, `${place.replace(/\W/g, '_')}.ts`);
    writeFileSync(path, `export {};\n${code}`);
    return path;
  });
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram([join(root, 'types/realtime.d.ts'), ...files], options);
  const text = (problem) => `${problem.file?.fileName}: ${ts.flattenDiagnosticMessageText(problem.messageText, '\n')}`;
  assert.deepEqual(ts.getPreEmitDiagnostics(program).map(text), []);
});

testOfSources('the C++ ones compile', () => {
  for (const { code, place } of inLanguage('cpp')) {
    const isInclude = (line) => line.startsWith('#include');
    const lines = code.split('\n');
    const source = [
      ...lines.filter(isInclude),
      'extern "C" int gmod13_open(lua_State*);',
      'extern "C" int gmod13_close(lua_State*);',
      'void Snippet();',
      'void Snippet() {',
      ...lines.filter((line) => !isInclude(line)),
      '}',
    ].join('\n');
    const includes = [root, join(root, 'native'), join(root, 'build/generated')].flatMap((folder) => ['-I', folder]);
    const { status, stderr } = spawnSync('c++', ['-std=c++17', '-fsyntax-only', ...includes, '-x', 'c++', '-'], { input: source, encoding: 'utf8' });
    assert.equal(status, 0, `${place}: ${stderr}`);
  }
});

test('the JSON ones are JSON', () => {
  for (const { code, place } of inLanguage('json')) {
    assert.doesNotThrow(() => JSON.parse(code), place);
  }
});

testOfSources("the headless server's command line has the options that it has", () => {
  const help = spawnSync(hostBinary, ['--help'], { encoding: 'utf8' });
  assert.equal(help.status, 0, help.stderr);
  const form = snippets.find(({ path, language }) => path === 'host/README.md' && language === '').code;
  const options = [...form.matchAll(/--[a-z-]+/g)].map(([option]) => option);
  assert.ok(options.length >= 4);
  for (const option of options) {
    assert.match(help.stdout, new RegExp(`${option}\\b`));
  }
});

test('the commands name what there is', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const presets = JSON.parse(read('CMakePresets.json')).configurePresets.map(({ name }) => name);
  const commands = documents.flatMap((path) => {
    const outside = read(path).replace(FENCE, '');
    return [...outside.matchAll(/^ {4}(npm|cmake|node|bash) (.*)$/gm)].map(([, program, words]) => ({ path, program, words: words.split(' ') }));
  });
  assert.ok(commands.length >= 8);
  for (const { path, program, words } of commands) {
    const label = `${path}: ${program} ${words.join(' ')}`;
    if (program === 'npm') {
      assert.ok(Object.hasOwn(scripts, words[0] === 'run' ? words[1] : words[0]), label);
    } else {
      assert.equal(program, 'cmake', label);
      assert.ok(presets.includes(words[words.indexOf('--preset') + 1]), label);
    }
  }
});

// Every fenced snippet of README.md, CONTRIBUTING.md and docs/ is run in the headless server, compiled, or parsed. None is only decoration.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { root } from '../../../scripts/headless.mjs';
import { startHost, testOfSources } from '../../support/host.mjs';

const FENCE = /^```(\S*)\n([^]*?)^```$/gm;
const documents = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];
const snippets = documents.flatMap((path) => {
  const text = readFileSync(join(root, path), 'utf8');
  return [...text.matchAll(FENCE)].map((match) => ({
    language: match[1],
    code: match[2],
    place: `${path}:${text.slice(0, match.index).split('\n').length}`,
  }));
});
const inLanguage = (language) => snippets.filter((snippet) => snippet.language === language);

test('every snippet says what it is', () => {
  const known = new Set(['lua', 'ts', 'json']);
  assert.deepEqual(snippets.filter(({ language }) => !known.has(language)).map(({ place }) => place), []);
  assert.ok(inLanguage('lua').length >= 20 && inLanguage('ts').length >= 1);
});

test('the Lua ones run', async (t) => {
  const list = inLanguage('lua');
  const prepare = (garrysmod) => {
    mkdirSync(join(garrysmod, 'lua/snippets'), { recursive: true });
    for (const [index, { code }] of list.entries()) {
      writeFileSync(join(garrysmod, 'lua/snippets', `${index + 1}.lua`), code);
    }
  };
  const run = await startHost(t, 'snippets.lua', { settings: { REALTIME_BACKEND: 'memory' }, prepare, seconds: 20 }).ended;
  assert.deepEqual(run.last('ran'), [String(list.length)], run.output);
  const broken = run.all('broken').map(([number, ...words]) => `${list[number - 1].place}: ${words.join(' ')}`);
  assert.deepEqual(broken, []);
  assert.deepEqual(run.last('errors'), ['0', '0'], run.output);
});

test('what a comment in them says is printed is printed', async (t) => {
  // `print(…) --> text`, or the text on the next line.
  const list = inLanguage('lua').filter(({ code }) => code.includes('-->'));
  const prepare = (garrysmod) => {
    mkdirSync(join(garrysmod, 'lua/snippets'), { recursive: true });
    for (const [index, { code }] of list.entries()) {
      writeFileSync(join(garrysmod, 'lua/snippets', `${index + 1}.lua`), code);
    }
  };
  const run = await startHost(t, 'snippets.lua', { settings: { REALTIME_BACKEND: 'memory' }, prepare, seconds: 20 }).ended;
  const printed = run.lines.map((line) => line.replaceAll('\t', ' '));
  for (const { code, place } of list) {
    for (const [, promised] of code.matchAll(/--> (.*)$/gm)) {
      assert.ok(printed.includes(promised), `${place} promises "${promised}":\n${run.output}`);
    }
  }
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

test('the JSON ones are JSON', () => {
  for (const { code, place } of inLanguage('json')) {
    assert.doesNotThrow(() => JSON.parse(code), place);
  }
});

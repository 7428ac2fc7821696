// Reads the public surface from src/: what the types, the annotations and the documentation are written from.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);

/** The value of a TypeScript module without imports of values other than from its own folder, run as JavaScript. */
function load(path) {
  const options = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.CommonJS };
  const { outputText } = ts.transpileModule(readFileSync(join(root, path), 'utf8'), { compilerOptions: options });
  const module = { exports: {} };
  const folder = path.slice(0, path.lastIndexOf('/'));
  const local = (name) => (name.startsWith('./') ? load(`${folder}/${name.slice(2)}.ts`) : require(name));
  new Function('exports', 'require', 'module', outputText)(module.exports, local, module);
  return module.exports;
}

const sources = new Map();
function source(path) {
  if (!sources.has(path)) {
    sources.set(path, ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.ESNext, true));
  }
  return sources.get(path);
}

/** The JSDoc of a node: its text, and its @param texts by name. */
function docOf(node) {
  const [doc] = node.jsDoc?.slice(-1) ?? [];
  const text = (comment) => (ts.getTextOfJSDocComment(comment) ?? '').replace(/\s*\n\s*/g, ' ').trim();
  const tags = doc?.tags ?? [];
  return {
    text: text(doc?.comment),
    params: Object.fromEntries(tags.filter(ts.isJSDocParameterTag).map((tag) => [tag.name.text, text(tag.comment)])),
    returns: text(tags.find(ts.isJSDocReturnTag)?.comment),
  };
}

function declaration(path, name) {
  const found = source(path).statements.find((statement) => statement.name?.text === name);
  if (found === undefined) {
    throw new Error(`${path} has no ${name}`);
  }
  return found;
}

/** The types that a caller meets, in the order in which they are shown. */
const PUBLIC_TYPES = [
  ['src/native/contract.ts', ['ErrorCode', 'StateName', 'LogLevelName', 'Stats']],
  ['src/result.ts', ['RealtimeError', 'Result']],
  ['src/subscription.ts', ['Subscription', 'StateCallback']],
  ['src/config/settings.ts', ['BackendName', 'ConfigOptions', 'SettingKey']],
  ['src/config/sources.ts', ['SourceName']],
  ['src/config/resolve.ts', ['ConfigValue', 'ConfigSummary']],
  ['src/events/fields.ts', ['Coordinates', 'Kind', 'FieldType', 'Field']],
  ['src/events/receive.ts', ['ReceivedEvent']],
  ['src/game/publish_game_events.ts', ['GameEventOptions']],
];

function members() {
  return declaration('src/api.ts', 'Realtime').members.map((member) => {
    const name = member.name.text;
    const doc = docOf(member);
    if (ts.isMethodSignature(member)) {
      return { kind: 'method', name, doc, node: member, text: member.getText() };
    }
    const isPublish = member.type.getText().startsWith('PublishFunction<');
    return { kind: isPublish ? 'publish' : 'value', name, doc, node: member, text: member.getText() };
  });
}

/** What PublishGameEvents watches, and why, from its table and the comment of each row. */
function watchers() {
  const [{ initializer }] = source('src/game/watchers.ts').statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .filter(({ name }) => name.text === 'watchers');
  return initializer.elements.map((row) => {
    const { text } = row.getSourceFile();
    const value = (name) => row.properties.find((each) => each.name.text === name)?.initializer;
    const why = /\/\*\*\s*([^]*?)\s*\*\//.exec(text.slice(row.pos, row.getStart()))?.[1].replace(/\s*\n\s*\*?\s*/g, ' ');
    const hook = value('hook').text;
    if (why === undefined) {
      throw new Error(`src/game/watchers.ts does not say why ${hook} is watched`);
    }
    return { option: value('game').text, hook, isGameEvent: value('listens') !== undefined, event: value('event').text, why };
  });
}

export function readModel() {
  const { builtInEvents } = load('src/events/definitions.ts');
  return {
    events: builtInEvents,
    gameEvents: load('src/events/game_events.ts').gameEvents,
    watchers: watchers(),
    usualBytes: load('src/events/fields.ts').DEFAULT_MAX_BYTES,
    contract: JSON.parse(readFileSync(join(root, 'contract/native.json'), 'utf8')),
    types: PUBLIC_TYPES.flatMap(([path, names]) => names.map((name) => declaration(path, name))),
    members: members(),
    docOf,
    ts,
  };
}

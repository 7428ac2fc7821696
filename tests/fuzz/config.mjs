// `.env` files and URLs, made by fast-check, read under Node.js and LuaJIT: nothing raises, both give the same, what is well-formed comes
// back as it went in, a broken line is named by its number, and no message holds a secret.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import { bundle, bytes, compile, folder, load } from '../pure/load.mjs';

const latin1 = (text) => Buffer.from(text, 'latin1').toString('hex');

/** LuaJIT with the pure modules, one call at a time. */
class LuaJit {
  #child = spawn('luajit', [join(folder, 'serve.lua'), bundle], { stdio: ['pipe', 'pipe', 'inherit'] });
  #lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();

  async call(name, ...texts) {
    this.#child.stdin.write(`${[name, ...texts.map((text) => `=${latin1(text)}`)].join(' ')}\n`);
    const { value } = await this.#lines.next();
    if (value === undefined) {
      throw new Error('LuaJIT ended');
    }
    const result = Buffer.from(value.slice(1), 'hex').toString('latin1');
    if (value[0] !== '=') {
      throw new Error(`it raises under LuaJIT: ${result}`);
    }
    return result;
  }

  close() {
    this.#child.stdin.end();
  }
}

function expect(holds, what, ...details) {
  if (!holds) {
    throw new Error(`${what}: ${details.map((each) => JSON.stringify(each)).join(' | ')}`);
  }
}

// ---- what goes in ----------------------------------------------------------------------------------------------------

const byte = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
const text = (unit, maxLength = 40) => fc.string({ unit, maxLength });
const anyText = text(byte);
/** Bytes of which some mean something to a reader of `.env`, or of URLs. */
const meaningful = (parts) => text(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...parts) }, { weight: 1, arbitrary: byte }), 60);
const dotenvText = meaningful(['\n', '\r\n', '=', '"', "'", '`', '#', ' ', '\t', '\\', 'export ', 'A', 'REDIS_HOST', '.', '_', '9', '\xef\xbb\xbf', '\0', '\\n']);
const urlText = meaningful(['redis://', 'rediss://', 'unix://', 'unix:///', ':', '@', '/', '?', '#', '%', '%40', '%zz', '[', ']', '::1', 'h', 'user', '6379', '0', '99999', ' ', '\0', '%00', '-1']);
/** Of no use in a name or a path: control characters. */
const isControl = (c) => c.charCodeAt(0) < 0x20 || c.charCodeAt(0) === 0x7f;
const without = (unit, pattern) => unit.filter((c) => !pattern.test(c));
const printable = byte.filter((c) => !isControl(c));
const key = fc.stringMatching(/^[\w.-]{1,12}$/).filter((name) => name !== 'export');
const spaces = fc.constantFrom('', ' ', '\t', '  ');
/** Long and strange enough to stand in no message of ours. */
const secret = fc.stringMatching(/^Zq[A-Z0-9]{10,14}$/);

/** What follows a value. In a bare one a comment needs a space before it. */
const comment = fc.option(text(without(byte, /\n/), 10).map((words) => `#${words}`), { nil: '' });

const quoted = fc.oneof(
  text(without(byte, /['\n]/)).map((value) => ({ value, shown: `'${value}'` })),
  text(without(byte, /[`\n]/)).map((value) => ({ value, shown: `\`${value}\`` })),
  anyText.map((value) => ({
    value,
    shown: `"${value.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')}"`,
  })),
);
const quotedValue = fc.tuple(quoted, spaces, comment).map(([{ value, shown }, space, words]) => ({ value, shown: `${shown}${space}${words}` }));
const bareValue = fc
  .tuple(text(without(byte, /\n/)), comment)
  .map(([value, words]) => [value.replace(/^[\s"'`#]+/, '').replace(/[ \t\n\v\f\r]+#.*$/s, '').replace(/[ \t\n\v\f\r]+$/, ''), words])
  .map(([value, words]) => ({ value, shown: words === '' || value === '' ? value : `${value} ${words}` }));

const entry = fc
  .tuple(fc.constantFrom('', 'export ', ' ', '\texport\t'), key, fc.oneof(spaces.map((space) => `${space}=`), fc.constantFrom(': ', ':\t')), spaces, fc.oneof(quotedValue, bareValue), fc.constantFrom('', '\r', ' '))
  .map(([before, name, left, right, { value, shown }, after]) => ({ name, value, line: `${before}${name}${left}${right}${shown}${after}` }));
const ignored = fc.oneof(spaces, comment.map((words) => ` ${words}`)).map((line) => ({ line }));
const lines = fc.array(fc.oneof({ weight: 3, arbitrary: entry }, { weight: 1, arbitrary: ignored }), { maxLength: 8 });

const brokenLine = fc.oneof(
  secret.map((word) => ({ word, line: word })),
  secret.map((word) => ({ word, line: `A B=${word}` })),
  secret.map((word) => ({ word, line: `A$=${word}` })),
  secret.map((word) => ({ word, line: `A:${word}` })),
  secret.map((word) => ({ word, line: `=${word}` })),
  secret.map((word) => ({ word, line: `export ${word} x` })),
  fc.tuple(secret, key, fc.constantFrom('"', "'", '`')).map(([word, name, quote]) => ({ word, line: `${name}=${quote}${word}` })),
  fc.tuple(secret, key, fc.constantFrom('"', "'", '`')).map(([word, name, quote]) => ({ word, line: `${name}=${quote}x${quote} ${word}` })),
  fc.tuple(secret, key).map(([word, name]) => ({ word, line: `${name}="${word}\\"` })),
);

const percent = (value) => value.replace(/[^A-Za-z0-9._~-]/g, (c) => `%${latin1(c)}`);
const host = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9-]{0,8}(\.[a-z]{2,4})?$/).map((name) => ({ name, shown: name })),
  fc.ipV4().map((name) => ({ name, shown: name })),
  fc.ipV6().filter((name) => !name.includes('.')).map((name) => ({ name, shown: `[${name}]` })),
  fc.constant({ name: '127.0.0.1', shown: '' }),
);
const redisUrl = fc.record({
  host,
  port: fc.option(fc.integer({ min: 1, max: 65535 }), { nil: undefined }),
  user: fc.option(text(printable, 12), { nil: undefined }),
  password: fc.option(anyText, { nil: undefined }),
  database: fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: undefined }),
});
const socketPath = text(printable, 20).map((path) => `/x${path}`);

const brokenUrl = fc
  .tuple(
    secret,
    fc.constantFrom(
      (word) => `redis://user:${word}`, (word) => `redis://user:${word}@h:99999`, (word) => `redis://user:${word}@h:x`, (word) => `redis://:${word}@h/x`,
      (word) => `redis://:${word}@a b`, (word) => `redis://${word}@h?x`, (word) => `http://u:${word}@h`, (word) => `rediss://u:${word}@h`, (word) => `${word}`,
      (word) => `redis://h:${word}`, (word) => `redis://:${word.repeat(200)}@h`, (word) => `redis://${word.repeat(200)}:x@h`, (word) => `redis://u:${word}@`,
      (word) => `redis://[${word}`, (word) => `redis://[::1]${word}`, (word) => `redis://u:${word}@h:1:2`, (word) => `unix://${word}`, (word) => `redis:/${word}`,
      (word) => `redis://%0a${word}:x@h`, (word) => `redis://${word}\0@h:0`, (word) => `redis://h/${word}`, (word) => `redis://u:${word}@h/9999999`,
    ),
  )
  .map(([word, make]) => ({ word, url: make(word) }));

// ---- what must hold --------------------------------------------------------------------------------------------------

const DOTENV_PROBLEM = /^line (\d+): (expected KEY=VALUE|the quotes around the value of [\w.-]+ do not match)(; |$)/;
/** Beyond this many they are only counted. */
const MOST_PROBLEMS = 32;
const DOTENV_REST = /^and \d+ more$/;

/** The numbers of the lines that a message names; undefined when it says anything else. */
function brokenLines(message) {
  const numbers = [];
  let rest = message;
  for (let found = DOTENV_PROBLEM.exec(rest); found !== null; found = DOTENV_PROBLEM.exec(rest)) {
    numbers.push(Number(found[1]));
    rest = rest.slice(found[0].length);
  }
  return rest === '' || DOTENV_REST.test(rest) ? numbers : undefined;
}
const SECRET_VARIABLES = ['REDIS_URL', 'REDIS_HOST', 'REDIS_PASSWORD'];
const VARIABLES = [
  ...SECRET_VARIABLES, 'REALTIME_BACKEND', 'REDIS_PORT', 'REDIS_USERNAME', 'REDIS_DATABASE', 'REDIS_SOCKET', 'REDIS_TIMEOUT', 'REDIS_CLIENT_NAME',
  'REALTIME_QUEUE_MESSAGES', 'REALTIME_QUEUE_BYTES', 'REALTIME_MAX_PAYLOAD_BYTES', 'REALTIME_SERVER_ID', 'REALTIME_LOG_LEVEL',
];

/** What entry.ts shows of entries. */
function shownEntries(list) {
  const entries = new Map();
  list.forEach(({ name, value }, index) => name !== undefined && entries.set(name, `${name}=${value}@${index + 1}`));
  return [...entries.values()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).join(' ');
}

const shownSettings = (settings) =>
  Object.entries(settings)
    .filter(([name, value]) => value !== undefined && !(value === '' && name !== 'url'))
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');

function properties(both) {
  return {
    'any .env': fc.asyncProperty(dotenvText, async (content) => {
      const result = await both('dotenv', content);
      const numbers = result.startsWith('line ') ? brokenLines(result) : [];
      expect(numbers !== undefined, 'a problem is one of two', content, result);
      if (numbers.length > 0) {
        // Each line is named that is broken by itself, and no other.
        const expected = [];
        for (const [index, line] of content.split('\n').entries()) {
          // Not the first line where it was not: a byte order mark counts only there.
          const alone = await both('dotenv', index === 0 ? line : `\n${line}`);
          if (alone.startsWith('line ') && expected.length < MOST_PROBLEMS) {
            expected.push(index + 1);
          }
        }
        expect(JSON.stringify(numbers) === JSON.stringify(expected), 'the broken lines are named', content, result, expected);
      }
    }),
    'a sound .env': fc.asyncProperty(lines, fc.boolean(), async (list, hasMark) => {
      const content = (hasMark ? '\xef\xbb\xbf' : '') + list.map(({ line }) => line).join('\n');
      const result = await both('dotenv', content);
      expect(result === shownEntries(list), 'it comes back as it went in', content, result, shownEntries(list));
    }),
    'a broken .env': fc.asyncProperty(lines, brokenLine, lines, async (before, { word, line }, after) => {
      const content = [...before, { line }, ...after].map((each) => each.line).join('\n');
      const result = await both('dotenv', content);
      expect(brokenLines(result)?.join() === String(before.length + 1), 'the broken line is named', content, result);
      expect(!result.includes(word), 'no message holds a secret', content, result);
    }),
    'any URL': fc.asyncProperty(urlText, async (url) => {
      const result = await both('url', url);
      expect(/^(|url[:\s].*|(host|port|username|password|database|unixSocket)=.*)$/s.test(result), 'settings, or a problem', url, result);
    }),
    'a sound URL': fc.asyncProperty(redisUrl, async ({ host: { name, shown }, port, user, password, database }) => {
      const isNamed = user !== undefined || password !== undefined;
      const login = isNamed ? `${percent(user ?? '')}${password === undefined ? '' : `:${percent(password)}`}@` : '';
      const url = `redis://${login}${shown}${port === undefined ? '' : `:${port}`}${database === undefined ? '' : `/${database}`}`;
      const expected = shownSettings({ host: name, port, username: user, password, database });
      const result = await both('url', url);
      expect(result === expected, 'it comes back as it went in', url, result, expected);
    }),
    'a sound socket': fc.asyncProperty(socketPath, async (path) => {
      const result = await both('url', `unix://${path.split('/').map(percent).join('/')}`);
      expect(result === `unixSocket=${path}`, 'it comes back as it went in', path, result);
    }),
    'a broken URL': fc.asyncProperty(brokenUrl, async ({ word, url }) => {
      const result = await both('url', url);
      expect(!result.startsWith('url') || !result.includes(word), 'no message holds a secret', url, result);
    }),
    'any variable': fc.asyncProperty(fc.constantFrom(...VARIABLES), fc.oneof(anyText, urlText, secret, fc.double().map(String)), async (variable, value) => {
      const result = await both('variable', variable, value);
      const isProblem = result.startsWith(`${variable}: expected `);
      expect(!isProblem || !SECRET_VARIABLES.includes(variable) || value.length < 8 || !result.includes(value), 'no message holds a secret', variable, value, result);
    }),
  };
}

// ---- running ---------------------------------------------------------------------------------------------------------

/** See scripts/fuzz/fuzzers.mjs. `runs` is for each property. */
export async function fuzzConfig({ seconds, runs, seed, report, log = () => undefined }) {
  const problem = compile();
  if (problem !== '') {
    throw new Error(problem);
  }
  const pure = load(join(folder, 'entry.ts'));
  const lua = new LuaJit();
  let executions = 0;
  const both = async (name, ...texts) => {
    executions++;
    const underNode = bytes(pure[name](...texts));
    const underLua = await lua.call(name, ...texts);
    expect(underNode === underLua, 'LuaJIT and Node.js differ', name, texts, underLua, underNode);
    return underNode;
  };
  const findings = [];
  const deadline = seconds === undefined ? Infinity : performance.now() + seconds * 1000;
  const batch = runs ?? 500;
  for (let round = 0; findings.length === 0 && (runs === undefined ? performance.now() < deadline : round === 0); round++) {
    for (const [name, property] of Object.entries(properties(both))) {
      const details = await fc.check(property, { seed: (seed + round) | 0, numRuns: batch });
      if (details.failed) {
        findings.push({
          what: `${name}: ${details.errorInstance?.message ?? details.error}`,
          reproduce: `npm run fuzz -- config --seed ${seed + round} (fast-check's path ${details.counterexamplePath})`,
        });
        log(`${JSON.stringify(details.counterexample)}\n`);
      }
      report({ executions });
    }
  }
  lua.close();
  return { executions, findings };
}

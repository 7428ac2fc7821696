// docs/TROUBLESHOOTING.md has an entry for every error code and for every line that the addon can print, under its exact text.
// The lines are found where they are written: whoever adds one adds its entry.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../headless.mjs';
import { files, one } from './run.mjs';

const PAGE = 'docs/TROUBLESHOOTING.md';
const read = (file) => readFileSync(join(root, file), 'utf8');

/** What a line begins with on the console, by its level. Another level is a variable, and the line one that was told before. */
const PREFIXES = { kDebug: '[realtime] ', kInfo: '[realtime] ', kWarn: '[realtime] [Warn] ', kError: '[realtime] [Error] ' };
const prefixOf = (level) => PREFIXES[/(?:LogLevel(?:::|\.))(\w+)/.exec(level)?.[1].replace(/^(?!k[A-Z])/, 'k')] ?? '[realtime] ';

const CLOSING = { '(': ')', '{': '}', '[': ']' };

/** Splits an expression at `separator`, outside of strings and brackets; ends at the bracket that closes what it stands in. */
function split(text, separator) {
  const parts = [''];
  const open = [];
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"' || char === "'" || char === '`') {
      let end = i + 1;
      for (; text[end] !== char; end++) {
        end += text[end] === '\\' ? 1 : 0;
      }
      parts[parts.length - 1] += text.slice(i, end + 1);
      i = end;
      continue;
    }
    if (char in CLOSING) {
      open.push(CLOSING[char]);
    } else if (open.length > 0 && char === open.at(-1)) {
      open.pop();
    } else if (open.length === 0 && Object.values(CLOSING).includes(char)) {
      break;
    } else if (open.length === 0 && text.startsWith(separator, i)) {
      parts.push('');
      i += separator.length - 1;
      continue;
    }
    parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.trim());
}

const unescaped = (text) => text.replaceAll(/\\(.)/g, '$1');

/** The text of an expression that joins literals and values; each value is `…`. */
function textOf(expression, plus) {
  return split(expression, plus)
    .map((part) => {
      const literals = /^(?:"(?:[^"\\]|\\.)*"\s*)+$/.test(part) ? [...part.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => unescaped(text)).join('') : undefined;
      const template = /^`([^`]*)`$/.exec(part)?.[1].replaceAll(/\$\{[^}]*\}/g, '…');
      return literals ?? template ?? '…';
    })
    .join('')
    .replaceAll(/…{2,}/g, '…');
}

/** What `pattern` finds in a file, each with what follows it. */
const after = (file, pattern) => [...read(file).matchAll(pattern)].map((match) => read(file).slice(match.index + match[0].length));

function nativeLines() {
  return files(['native'], ['.cpp', '.h']).flatMap((file) =>
    after(file, /(?:OnLog\(|(?<!struct )LogLine\{)(?=[^)}])/g)
      .map((rest) => split(rest, ','))
      .filter(([level, text]) => text !== undefined && !level.startsWith('LogLevel level'))
      .map(([level, text]) => ({ file, line: prefixOf(level) + textOf(text, '+') })),
  );
}

function luaLines() {
  const written = files(['src'], ['.ts']).flatMap((file) => [
    ...after(file, /(?<!function )logLine\(/g).map((rest) => {
      const [level, text] = split(rest, ',');
      return { file, line: prefixOf(level) + textOf(text, '+') };
    }),
    // Lines that are put in order before they are printed.
    ...after(file, /lines\[lines\.length\] = /g).map((rest) => ({ file, line: `[realtime] [Warn] ${textOf(split(rest, ';')[0], '+')}` })),
    ...after(file, /const text = (?=`\[realtime\])/g).map((rest) => ({ file, line: textOf(split(rest, ';')[0], '+') })),
  ]);
  const shipped = files(['addon'], ['.lua']).flatMap((file) => after(file, /\bprint\(/g).map((rest) => ({ file, line: textOf(split(rest, ',')[0], '..') })));
  return [...written, ...shipped];
}

export async function troubleshooting(log) {
  const page = read(PAGE);
  const headings = new Set([...page.matchAll(/^### `(.+)`$/gm)].map(([, text]) => text));
  const missing = [];
  // What only hands on a line that is written elsewhere says nothing of its own. An error's sentence does.
  const lines = [...nativeLines(), ...luaLines()].filter(({ line }) => !['[realtime] …', '[realtime] [Warn] …'].includes(line));
  for (const { file, line } of lines) {
    log.write(`${file}: ${line}\n`);
    if (!headings.has(line)) {
      missing.push(`${PAGE} has no entry \`${line}\`, which ${file} prints`);
    }
  }
  for (const heading of headings) {
    if (heading.startsWith('[realtime]') && !lines.some(({ line }) => line === heading)) {
      missing.push(`nothing prints \`${heading}\` any more, which has an entry in ${PAGE}`);
    }
  }
  for (const { name, message, remedy } of JSON.parse(read('contract/native.json')).errors) {
    const section = page.split(new RegExp(`^### \`${name}\`$`, 'm'))[1]?.split(/^##/m)[0] ?? '';
    if (!section.includes(`*${message}*`) || !section.includes(remedy)) {
      missing.push(`${PAGE} has no entry \`${name}\` with its message and its remedy`);
    }
  }
  log.write(`${missing.join('\n')}\n`);
  return one(missing.length > 0 || lines.length === 0);
}

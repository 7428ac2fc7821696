// The pure modules as JavaScript, with Lua's globals; and compiled to Lua.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { root } from '../../scripts/headless.mjs';
import { globals } from './lua.mjs';

export const folder = join(root, 'tests/pure');
export const bundle = join(root, 'build/pure/pure.lua');
const loaded = new Map();

/** A module of src/ as JavaScript. */
export function load(path) {
  if (!loaded.has(path)) {
    const exports = {};
    loaded.set(path, exports);
    const compilerOptions = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.CommonJS, isolatedModules: true };
    const { outputText } = ts.transpileModule(readFileSync(path, 'utf8'), { compilerOptions });
    const local = (name) => load(`${join(dirname(path), name)}.ts`);
    new Function('exports', 'require', ...Object.keys(globals), outputText)(exports, local, ...Object.values(globals));
  }
  return loaded.get(path);
}

/** Compiles them to Lua, into `bundle`; answers what went wrong, or an empty text. */
export function compile() {
  const tstl = join(root, 'node_modules/typescript-to-lua/dist/tstl.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [tstl, '-p', join(folder, 'tsconfig.json')], { encoding: 'utf8' });
  return status === 0 ? '' : stdout + stderr;
}

/** A text whose characters may lie beyond 255, which are those of the sources, as the bytes that Lua has. */
export const bytes = (text) => text.replace(/[^\0-\xff]/g, (c) => Buffer.from(c).toString('latin1'));

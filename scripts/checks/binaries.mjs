// The modules as they are shipped: what they export, what they need of the system, and how large they are.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { shippedTree } from '../headless.mjs';
import { platformNamed, SHIPPED } from '../platforms/platform.mjs';
import { output } from './run.mjs';

const MOST_BYTES = 2 * 1024 * 1024;
/** Debian 11's, and what many servers run in. */
const NEWEST_GLIBC = '2.31';
/**
 * Servers bring their own old libstdc++ and libgcc, and have no C runtime of Visual Studio: nothing but what every system
 * has from the start. On Linux that is the C library in its parts.
 */
const ALLOWED = {
  linux: ['libc.so.6', 'libm.so.6', 'libpthread.so.0', 'libanl.so.1', 'libdl.so.2', 'ld-linux-x86-64.so.2', 'ld-linux.so.2'],
  windows: ['kernel32.dll', 'msvcrt.dll', 'ws2_32.dll'],
};
/**
 * Exactly the two functions that the game looks up may be visible. Another symbol can be one that the whole process shares
 * (STB_GNU_UNIQUE; std::make_shared brings one): such a library stays mapped for ever, and the next map finds its statics.
 */
const EXPORTS = 'gmod13_close gmod13_open';

const matches = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1]);
const isNewer = (version, than) => version.localeCompare(than, 'en', { numeric: true }) > 0;

function inspectLinux(log, file) {
  const symbols = output(log, 'nm', ['-D', '--defined-only', '--format=just-symbols', file]) ?? '';
  const dynamic = output(log, 'readelf', ['--dynamic', '--wide', file]) ?? '';
  const wanted = output(log, 'objdump', ['--dynamic-syms', file]) ?? '';
  const versions = matches(wanted, /\(?\bGLIBC_(\d[\d.]*)/g);
  return {
    exports: symbols.trim().split('\n').sort(),
    needed: matches(dynamic, /\(NEEDED\).*\[(.+)\]/g),
    glibc: versions.reduce((newest, version) => (isNewer(version, newest) ? version : newest), '0'),
    others: matches(wanted, /\b((?:GLIBCXX|CXXABI|GCC)_[\d.]+)/g),
  };
}

function inspectWindows(log, file, tools) {
  const headers = output(log, `${tools}-objdump`, ['--private-headers', file]) ?? '';
  const table = headers.slice(headers.indexOf('[Ordinal/Name Pointer] Table'));
  return {
    exports: matches(table.slice(0, table.indexOf('\n\n')), /^\s*\[\s*\d+\] (\S+)$/gm).sort(),
    needed: matches(headers, /^\s*DLL Name: (\S+)$/gm),
    entry: Number.parseInt(/ImageBase\s+([0-9a-f]+)/.exec(headers)?.[1] ?? '', 16) + Number.parseInt(/\[\s*1\] \+base\[\s*2\] ([0-9a-f]+) Export RVA/.exec(headers)?.[1] ?? '', 16),
  };
}

/**
 * On 32-bit Windows the game's interface is __thiscall: the object in ecx, the arguments on the stack. The first thing that
 * gmod13_open does is SetState, function 50 of the interface, which lies at byte 72 of the state.
 */
function isThisCall(log, file, tools, entry) {
  const words = ['-d', '-M', 'intel', '--no-show-raw-insn', `--start-address=${entry}`, `--stop-address=${entry + 0x80}`, file];
  const code = (output(log, `${tools}-objdump`, words) ?? '').split('\n').map((line) => line.split('\t')[1]?.trim() ?? '');
  const call = code.findIndex((line) => /^call +DWORD PTR \[e..\+0xc8\]/.test(line));
  const before = code.slice(0, Math.max(call, 0));
  const interfaces = before.flatMap((line) => /^mov +(e..),DWORD PTR \[e..\+0x48\]/.exec(line)?.[1] ?? []);
  const inEcx = interfaces.includes('ecx') || interfaces.some((register) => before.some((line) => new RegExp(`^mov +ecx,${register}$`).test(line)));
  const onStack = before.some((line) => /^(push +e..|mov +DWORD PTR \[esp\],e..)$/.test(line));
  return call > 0 && inEcx && onStack;
}

/** @returns what there is to tell of a platform's module, with `problems`: what it must not be, in words */
export function inspect(log, name) {
  const { isWindows, moduleName } = platformNamed(name);
  const file = join(shippedTree, 'lua/bin', moduleName);
  const bytes = statSync(file, { throwIfNoEntry: false })?.size;
  if (bytes === undefined) {
    return { name, problems: [`${moduleName} was not built`] };
  }
  const tools = name === 'win32' ? 'i686-w64-mingw32' : 'x86_64-w64-mingw32';
  const found = isWindows ? inspectWindows(log, file, tools) : inspectLinux(log, file);
  const allowed = isWindows ? ALLOWED.windows : ALLOWED.linux;
  const problems = [];
  const unless = (holds, problem) => holds || problems.push(`${moduleName} ${problem}`);
  unless(found.exports.join(' ') === EXPORTS, `exports ${found.exports.join(' ')}`);
  unless(found.needed.length > 0 && found.needed.every((each) => allowed.includes(isWindows ? each.toLowerCase() : each)), `needs ${found.needed.join(' ')}`);
  unless(bytes < MOST_BYTES, `has ${bytes} bytes`);
  if (isWindows) {
    unless(name !== 'win32' || isThisCall(log, file, tools, found.entry), 'does not call the interface as __thiscall');
  } else {
    unless(!isNewer(found.glibc, NEWEST_GLIBC) && found.glibc !== '0', `needs GLIBC_${found.glibc}`);
    unless(found.others.length === 0, `needs ${found.others.join(' ')}`);
  }
  return { name, bytes, ...found, problems };
}

/** Each platform's module counts as one test. */
export async function binaries(log) {
  const problems = SHIPPED.map((name) => inspect(log, name).problems);
  problems.flat().forEach((problem) => log.write(`${problem}\n`));
  const failed = problems.filter((each) => each.length > 0).length;
  return { passed: SHIPPED.length - failed, failed, skipped: 0 };
}

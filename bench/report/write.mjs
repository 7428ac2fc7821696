// Writes docs/PERFORMANCE.md and its pictures from bench/results. `--check` writes nothing and fails when they are not what
// the results say.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../scripts/headless.mjs';
import { benchmarks } from '../cases/index.mjs';
import { load, loadProfiles } from '../harness/results.mjs';
import { markdown } from './markdown.mjs';
import { picture } from './pictures.mjs';

const PAGE = 'docs/PERFORMANCE.md';
const PICTURES = 'docs/performance';

/** Every generated file, by its path. */
function files() {
  const entries = benchmarks.map((benchmark) => ({ benchmark, result: load(benchmark.name) }));
  const pictures = entries.flatMap(({ result }) => (result === undefined ? [] : [[`${PICTURES}/${result.name}.svg`, picture(result)]]));
  return new Map([[PAGE, markdown(entries, loadProfiles())], ...pictures]);
}

const folder = join(root, PICTURES);
const drawn = () => (existsSync(folder) ? readdirSync(folder).map((file) => `${PICTURES}/${file}`) : []);
const read = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined);

export function write() {
  const wanted = files();
  mkdirSync(folder, { recursive: true });
  for (const path of drawn().filter((each) => !wanted.has(each))) {
    rmSync(join(root, path));
  }
  for (const [path, text] of wanted) {
    writeFileSync(join(root, path), text);
  }
}

/** The paths of what is stale, missing, or left over. */
export function stale() {
  const wanted = files();
  return [...[...wanted].filter(([path, text]) => read(path) !== text).map(([path]) => path), ...drawn().filter((path) => !wanted.has(path))];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--check')) {
    const paths = stale();
    for (const path of paths) {
      process.stderr.write(`${path} is not what bench/results says: run "node bench/report/write.mjs"\n`);
    }
    process.exitCode = paths.length === 0 ? 0 : 1;
  } else {
    write();
  }
}

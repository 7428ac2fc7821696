// Writes what people read about the API, from src/ and contract/native.json:
//   types/realtime.d.ts        the npm package's types
//   annotations/realtime.lua   for lua-language-server
//   docs/API.md                its tables; the rest is written by hand
// With --check nothing is written; the exit code says whether all are up to date, and whether each function has its section.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAnnotations } from './api/luals.mjs';
import { fill, regions } from './api/markdown.mjs';
import { readModel, root } from './api/model.mjs';
import { writeTypes } from './api/typescript.mjs';

const isCheck = process.argv.includes('--check');
const read = (path) => {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') {
      return '';
    }
    throw error;
  }
};

// src/native/contract.ts is generated itself, and not in the repository.
const contract = spawnSync(process.execPath, [join(root, 'scripts/generate-contract.mjs')], { stdio: 'inherit' });
if (contract.status !== 0) {
  process.exit(1);
}

const model = readModel();
const document = read('docs/API.md');
const outputs = {
  'types/realtime.d.ts': writeTypes(model),
  'annotations/realtime.lua': writeAnnotations(model),
  'docs/API.md': fill(document, regions(model, read('src/config/settings.ts'))),
};

const publish = new Set(model.events.map(({ name }) => name));
const missing = [...new Set(model.members.map(({ name }) => name))].filter(
  (name) => !publish.has(name) && !new RegExp(`^### .*realtime\\.${name}\\b`, 'm').test(document),
);
if (missing.length > 0) {
  process.stderr.write(`docs/API.md has no section on ${missing.join(', ')}\n`);
  process.exitCode = 1;
}

for (const [path, content] of Object.entries(outputs)) {
  if (read(path) === content) {
    continue;
  }
  if (isCheck) {
    process.stderr.write(`${path} is not what src/ says: run npm run generate\n`);
    process.exitCode = 1;
  } else {
    writeFileSync(join(root, path), content);
    process.stdout.write(`wrote ${path}\n`);
  }
}

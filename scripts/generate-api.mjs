// Writes what people read about the API, from src/ and contract/native.json:
//   types/realtime.d.ts        the npm package's types
//   annotations/realtime.lua   for lua-language-server
//   docs/API.md                its tables; the rest is written by hand
//   SECURITY.md                the channels of its Redis user; the rest is written by hand
// With --check nothing is written; the exit code says whether all are up to date. Either way each function must have its section
// with an example in it.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAnnotations } from './api/luals.mjs';
import { fill, regions, securityRegions } from './api/markdown.mjs';
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
  'docs/API.md': fill('docs/API.md', document, regions(model, read('src/config/settings.ts'))),
  'SECURITY.md': fill('SECURITY.md', read('SECURITY.md'), securityRegions(model)),
};

const publish = new Set(model.events.map(({ name }) => name));
const EXAMPLE = /^```lua\n[^]*?^```$/gm;
// The publish functions share the section that begins with one of them.
const sections = document.split(/^(?=##+ )/m);
for (const name of new Set(model.members.map((member) => member.name))) {
  const section = sections.find((text) => (publish.has(name) ? /^### `realtime\.PlayerDeath\(/ : new RegExp(`^### .*realtime\\.${name}\\b`)).test(text));
  const examples = section?.match(EXAMPLE) ?? [];
  if (!examples.some((text) => new RegExp(`realtime\\.${name}\\b`).test(text))) {
    process.stderr.write(`docs/API.md has no ${section === undefined ? 'section on' : 'example of'} ${name}\n`);
    process.exitCode = 1;
  }
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

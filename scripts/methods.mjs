// Writes the list of test methods from what lies in shared/methods: every `*.method.ts` below it exports one method as
// its default. A new method is a new file; nobody edits a list. Run by build and test; `--check` only looks.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../shared/methods/', import.meta.url));
const target = join(folder, 'registry.ts');

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.method.ts'))
  .map((file) => file.split(sep).join('/'))
  .sort();
const nameOf = (file) =>
  file.slice(file.lastIndexOf('/') + 1, -'.method.ts'.length).replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase());

const text = `// Written by scripts/methods.mjs from the \`*.method.ts\` files beside it. Do not edit.
${files.map((file) => `import ${nameOf(file)} from './${file}';`).join('\n')}
import type { TestMethod } from './method.ts';

export const METHODS: readonly TestMethod[] = [
${files.map((file) => `  ${nameOf(file)},`).join('\n')}
];
`;

let current = '';
try {
  current = readFileSync(target, 'utf8');
} catch {
  // The first time there is none.
}
if (current !== text) {
  if (process.argv.includes('--check')) {
    console.error('shared/methods/registry.ts does not list every method: run `node scripts/methods.mjs`.');
    process.exit(1);
  }
  writeFileSync(target, text);
  console.log(`shared/methods/registry.ts: ${files.length} methods`);
}

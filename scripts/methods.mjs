// Writes the lists that lie in shared/methods from what lies in it: every `*.method.ts` exports one method as its default,
// every `vectors/*.json` holds vector lines; then the table of what they cover, docs/methods.md. A new method is new files;
// nobody edits a list. Run by build and test; `--check` only looks.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'shared/methods');

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.method.ts'))
  .map((file) => file.split(sep).join('/'))
  .sort();
const nameOf = (file) =>
  file.slice(file.lastIndexOf('/') + 1, -'.method.ts'.length).replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase());

const registry = `// Written by scripts/methods.mjs from the \`*.method.ts\` files beside it. Do not edit.
${files.map((file) => `import ${nameOf(file)} from './${file}';`).join('\n')}
import type { TestMethod } from './method.ts';

export const METHODS: readonly TestMethod[] = [
${files.map((file) => `  ${nameOf(file)},`).join('\n')}
];

/** The folder that each lies in. */
export const FAMILY_OF: ReadonlyMap<TestMethod, string> = new Map<TestMethod, string>([
${files.map((file) => `  [${nameOf(file)}, '${file.slice(0, file.lastIndexOf('/'))}'],`).join('\n')}
]);
`;

const vectorFiles = readdirSync(join(folder, 'vectors'))
  .filter((file) => file.endsWith('.json'))
  .sort();

const vectors = `// Written by scripts/methods.mjs from the \`*.json\` files beside it. Do not edit.
// Addresses, not contents: whoever validates reads the very bytes it names by their SHA-256, and no window carries them.
export interface VectorFile {
  name: string;
  url: URL;
}

export const VECTOR_FILES: readonly VectorFile[] = [
${vectorFiles.map((file) => `  { name: '${file}', url: new URL('./${file}', import.meta.url) },`).join('\n')}
];
`;

/** Answers whether the file says what it should, now or already. */
function settle(name, text, counted) {
  const target = join(root, name);
  let current = '';
  try {
    current = readFileSync(target, 'utf8');
  } catch {
    // The first time there is none.
  }
  if (current === text) return true;
  if (process.argv.includes('--check')) {
    console.error(`${name} does not list everything: run \`node scripts/methods.mjs\`.`);
    return false;
  }
  writeFileSync(target, text);
  console.log(`${name}: ${counted}`);
  return true;
}

/** Made by the program itself, from the lists above; a method that does not load says why. */
function coverage() {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'scripts/jiantai.mjs'), 'methods', '--table'],
    { encoding: 'utf8' },
  );
  if (status === 0) return stdout;
  console.error(`docs/methods.md could not be made:\n${stderr}`);
  return null;
}

const settled = [
  settle('shared/methods/registry.ts', registry, `${files.length} methods`),
  settle('shared/methods/vectors/index.ts', vectors, `${vectorFiles.length} files`),
];
const table = coverage();
settled.push(table !== null && settle('docs/methods.md', table, 'what is covered'));
if (settled.includes(false)) process.exitCode = 1;

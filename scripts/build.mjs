// npm run build: renderer (Vite), shell and processes (rolldown). With --if-stale a part whose sources have not
// changed since its last build is left alone. `renderer` or `main` as argument builds that part only.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode24, installWhatIsMissing, root, run, toolEntry, underNode24 } from './bootstrap.mjs';

const parts = {
  renderer: {
    sources: ['renderer', 'shared', 'vite.config.ts', 'package-lock.json'],
    command: () => [toolEntry('vite'), 'build', '--logLevel', 'warn'],
    proof: 'dist/renderer/index.html',
  },
  main: {
    sources: ['main', 'shared', 'sync', 'rolldown.config.ts', 'package.json', 'package-lock.json'],
    command: () => [toolEntry('rolldown'), '-c', 'rolldown.config.ts', '--log-level', 'warn'],
    proof: 'dist/main/main.js',
  },
};

/** Builds one part, or all; answers the first exit code that is not 0. */
export async function build(name, { ifStale = false } = {}) {
  for (const part of name ? [name] : Object.keys(parts)) {
    const { sources, command, proof } = parts[part];
    const stamp = join(root, 'dist', `.${part}-sources`);
    const hash = hashOf(sources);
    if (ifStale && readOr(stamp) === hash && readOr(join(root, proof)) !== null) continue;
    // The bundlers list every file on standard output; what matters comes on standard error.
    const code = await run(findNode24(), command(), { stdio: ['ignore', 'ignore', 'inherit'] });
    if (code !== 0) return code;
    mkdirSync(join(root, 'dist'), { recursive: true });
    writeFileSync(stamp, hash);
  }
  return 0;
}

/** Hash over the content of sources, so that a checkout or a touch alone builds nothing. */
function hashOf(sources) {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesOf(source)) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

function filesOf(path) {
  let entries;
  try {
    entries = readdirSync(join(root, path), { withFileTypes: true });
  } catch {
    return [path];
  }
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter((entry) => !/\.test\.tsx?$|\.md$/.test(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? filesOf(`${path}/${entry.name}`) : [`${path}/${entry.name}`]));
}

function readOr(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  installWhatIsMissing();
  await underNode24(process.argv[1], args);
  process.exitCode = await build(
    args.find((argument) => argument in parts),
    { ifStale: args.includes('--if-stale') },
  );
}

// Bundles what runs under Node in the desktop program: shell, core process, port process and report worker (ES modules
// in dist/main, side by side) and the preload (one CommonJS file, because sandboxed preloads have no modules).
// Native packages stay outside; electron-builder packs them from node_modules.
import { cpSync, existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';
import packageFile from './package.json' with { type: 'json' };
import { callNames } from './shared/contract/calls.ts';

const root = import.meta.dirname;

/** Files that are started by name from another file, and what they are called in dist/main. */
const startedFiles: Readonly<Record<string, string>> = {
  'main/instruments/port-process/main.ts': 'port-process',
  'main/instruments/virtual/compression-machine.ts': 'compression-machine',
  'main/instruments/virtual/instrument-process.ts': 'instrument-process',
  'main/reports/compile-worker.ts': 'compile-worker',
  'main/core/backup/worker.ts': 'backup-worker',
};
const present = Object.entries(startedFiles).filter(([file]) => existsSync(join(root, file)));

/**
 * Sources name neighbours as `new URL('./x', import.meta.url)`. In the bundle all code lies in dist/main, so started
 * files become their built names, and data files and folders are copied to dist/main/assets. A file that is neither is
 * an error of this build, not a surprise at run time.
 */
function neighbours(): Plugin {
  const copies = new Map<string, string>();
  return {
    name: 'neighbours',
    transform(code, id) {
      if (id.includes('node_modules') || !id.startsWith(root) || !code.includes('import.meta.url')) return null;
      const changed = code.replaceAll(
        /new URL\(\s*'([^']+)'\s*,\s*import\.meta\.url\s*,?\s*\)/g,
        (whole, target: string) => {
          if (/^[a-z]+:/.test(target)) return whole;
          const file = resolve(dirname(id), target);
          const name = relative(root, file).replaceAll('\\', '/');
          const started = startedFiles[name];
          if (started !== undefined) return `new URL('./${started}.js', import.meta.url)`;
          if (!existsSync(file)) throw new Error(`${relative(root, id)} names ${target}, which does not exist`);
          if (/\.[cm]?ts$/.test(name))
            throw new Error(`${name} is started from ${relative(root, id)} but not in startedFiles`);
          copies.set(file, name);
          return `new URL('./assets/${name}', import.meta.url)`;
        },
      );
      // Lines stay where they are, so the map of the source stays good.
      return { code: changed, map: null };
    },
    writeBundle(options) {
      for (const [file, name] of copies) {
        cpSync(file, join(options.dir ?? 'dist/main', 'assets', name), { recursive: true, filter: isData });
      }
    },
  };
}

/** Code and guides are not data that a program reads at run time. */
function isData(path: string): boolean {
  return statSync(path).isDirectory() || !/\.(ts|tsx|md)$/.test(path);
}

const outside = ['electron', ...Object.keys(packageFile.dependencies)];
const external = (id: string): boolean => outside.some((name) => id === name || id.startsWith(`${name}/`));

export default defineConfig([
  {
    input: Object.fromEntries([
      ['main', 'main/electron/main.ts'],
      ['core-process', 'main/electron/core-process.ts'],
      ['forked-entry', 'main/electron/forked-entry.ts'],
      ...present.map(([file, name]) => [name, file]),
    ]) as Record<string, string>,
    platform: 'node',
    external,
    plugins: [neighbours()],
    output: {
      dir: 'dist/main',
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
      sourcemap: true,
      cleanDir: true,
    },
  },
  {
    input: { preload: 'main/electron/preload.ts' },
    platform: 'browser',
    external,
    transform: { define: { __CALL_NAMES__: JSON.stringify(callNames) } },
    output: { dir: 'dist/preload', format: 'cjs', entryFileNames: '[name].cjs', cleanDir: true },
  },
]);

// Folders are layers: this check rejects every import against the arrows of the architecture, and packages that only
// one folder may know. It reads import statements, not types, so a type-only import counts as well: knowing a layer's
// types is knowing the layer.
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Which layers a layer may import; itself always. */
const arrows = {
  shared: [],
  sync: ['shared'],
  main: ['shared', 'sync'],
  renderer: ['shared'],
};

/** Packages that only these folders may import. */
const owners = {
  electron: ['main/electron/'],
  'electron-updater': ['main/electron/'],
  'better-sqlite3': ['main/store/', 'sync/training/', 'sync/provincial/profiles/exchange-tables/'],
  serialport: ['main/instruments/port-process/'],
  '@myriaddreamin/typst-ts-node-compiler': ['main/reports/'],
};

/** Layers that also run in a browser. */
const withoutNode = ['shared', 'renderer'];
const builtins = new Set(builtinModules);
const sourceFile = /\.(ts|tsx|mts|cts)$/;

/** Every rule that the imports of one file break; `file` is relative to the root, with slashes. */
export function violationsOf(file, text) {
  const layer = file.split('/')[0];
  if (!(layer in arrows)) return [];
  const isTest = /\.test\.tsx?$|\.test-helper\.tsx?$|\/testing\//.test(file);
  const found = [];
  for (const { specifier, line } of importsOf(text)) {
    const say = (rule) => found.push(`${file}:${line}: ${rule} (${specifier})`);
    if (specifier.startsWith('.')) {
      const target = posix.normalize(posix.join(posix.dirname(file), specifier));
      const targetLayer = target.split('/')[0];
      if (target.startsWith('..')) say('imports from outside the repository');
      else if (targetLayer in arrows) {
        if (targetLayer !== layer && !arrows[layer].includes(targetLayer)) say(`${layer} must not know ${targetLayer}`);
        else if (targetLayer === 'main' && target.startsWith('main/electron/') && !file.startsWith('main/electron/')) {
          say('only main/electron knows Electron');
        }
      } else if (!isTest) say(`${layer} must not know ${targetLayer}`);
      continue;
    }
    const packageName = nameOf(specifier);
    if (withoutNode.includes(layer) && !isTest && (specifier.startsWith('node:') || builtins.has(packageName))) {
      say(`${layer} also runs in a browser and must not use Node's modules`);
    }
    const folders = Object.hasOwn(owners, packageName) ? owners[packageName] : null;
    if (folders !== null && !isTest && !folders.some((folder) => file.startsWith(folder))) {
      say(`only ${folders.join(' and ')} may import ${packageName}`);
    }
  }
  return found;
}

function nameOf(specifier) {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}

/** Specifiers of import, export-from, import() and require(), with their lines. Comments do not count. */
function importsOf(text) {
  const code = text.replaceAll(
    /\/\*[\s\S]*?\*\/|(^|[^:'"`\\])\/\/[^\n]*/g,
    (comment, before = '') => before + comment.slice(before.length).replaceAll(/[^\n]/g, ' '),
  );
  const patterns = [
    /(?:^|[\n;}])\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?(['"])([^'"\n]+)\1/g,
    /\b(?:import|require)\s*\(\s*(['"`])([^'"`\n]+)\1/g,
  ];
  return patterns.flatMap((pattern) =>
    [...code.matchAll(pattern)].map((match) => ({
      specifier: match[2],
      line: code.slice(0, match.index + match[0].length).split('\n').length,
    })),
  );
}

/** All violations below a root folder. */
export function checkLayers(root) {
  const found = [];
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && entry.name !== 'node_modules') visit(path);
      else if (entry.isFile() && sourceFile.test(entry.name)) {
        found.push(...violationsOf(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')));
      }
    }
  };
  for (const layer of Object.keys(arrows)) visit(join(root, layer));
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = checkLayers(join(dirname(fileURLToPath(import.meta.url)), '..'));
  for (const line of found) process.stderr.write(`${line}\n`);
  process.stdout.write(
    found.length === 0
      ? 'layers: every import follows the arrows\n'
      : `layers: ${found.length} imports against the arrows\n`,
  );
  process.exitCode = found.length === 0 ? 0 : 1;
}

// npm run pack: builds, puts the report fonts beside the bundles, and lets electron-builder make the installers of this
// system. Needs Electron's runtime and electron-builder's own tools from the network. Arguments go to electron-builder.
import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { findNode24, installWhatIsMissing, root, run, toolEntry, underNode24 } from './bootstrap.mjs';

/** The four static TrueType files of main/reports/fonts.ts; a packed program has no font packages. */
export async function copyFonts() {
  const { sourceFontPaths } = await import('../main/reports/fonts.ts');
  const target = join(root, 'dist/fonts');
  mkdirSync(target, { recursive: true });
  for (const source of sourceFontPaths()) {
    const copy = join(target, basename(source));
    if (!existsSync(copy) || statSync(copy).size !== statSync(source).size) copyFileSync(source, copy);
  }
  return target;
}

/** One place says which Electron this is; a packed program must not hold another than the tests were made for. */
export function assertElectronVersion() {
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.electron;
  const configured = /^electronVersion: (\S+)$/m.exec(readFileSync(join(root, 'electron-builder.yml'), 'utf8'))?.[1];
  if (wanted !== configured)
    throw new Error(`electron-builder.yml names Electron ${configured}, package.json ${wanted}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  installWhatIsMissing();
  await underNode24(process.argv[1], args);
  assertElectronVersion();
  const built = await build();
  if (built === 0) await copyFonts();
  process.exitCode = built === 0 ? await run(findNode24(), [toolEntry('electron-builder'), ...args]) : built;
}

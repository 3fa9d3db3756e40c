// The three shells, and whether this machine has what each needs.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export type ShellName = 'bench' | 'standin' | 'electron';

export const root = join(import.meta.dirname, '../..');

export function chromiumPath(): string {
  return process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
}

/** Never ask Electron's own package for the path: it would try to download and block. */
export function electronPath(): string | null {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(root, 'node_modules/electron/dist');
  const name =
    { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform as string] ?? 'electron';
  const file = join(folder, name);
  return existsSync(file) ? file : null;
}

/** Why a shell cannot run here, in a plain word; null when it can. */
export function missingBinary(shell: ShellName): string | null {
  if (shell === 'electron') return electronPath() === null ? 'no Electron binary on this machine' : null;
  if (!existsSync(chromiumPath())) return 'no Chromium on this machine';
  if (shell === 'standin' && process.platform !== 'linux') return 'the stand-in runs on Linux only';
  return null;
}

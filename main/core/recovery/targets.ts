// Where backups are, written down beside the store: when the store cannot be read, its settings cannot be either.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export const targetsFileName = 'backup-folders.json';
const schema = z.array(z.string());

export function writeTargets(dataFolder: string, targets: readonly string[]): void {
  const path = join(dataFolder, targetsFileName);
  writeFileSync(`${path}.part`, `${JSON.stringify(targets)}\n`);
  renameSync(`${path}.part`, path);
}

export function readTargets(dataFolder: string): string[] {
  try {
    const path = join(dataFolder, targetsFileName);
    return existsSync(path) ? schema.parse(JSON.parse(readFileSync(path, 'utf8'))) : [];
  } catch {
    return [];
  }
}

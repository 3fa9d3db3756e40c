// 恢复演练: the backup is really opened in a folder of its own, proved, and taken away again. What comes out is a dated
// result; the backup and the lab's own data are only read.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { removeQuietly, toldFileError } from './disk.ts';
import { isGood, listBackups, type Manifest } from './manifest.ts';
import { proveFolder, type Proof } from './prove.ts';
import { unpackBackup } from './unpack.ts';

export interface DrillResult extends Proof {
  name: string;
  madeAt: string;
  at: string;
  sealed: boolean;
  seconds: number;
}

/** Where drills unpack; left over by a crash, it is taken away at the next one. */
export const drillFolderName = 'drill.tmp';

/** The newest good backup in a folder, or the folder itself where it is one. */
export function chosenBackup(from: string, lab: string | null): { folder: string; manifest: Manifest | null } {
  const { found } = listBackups(from);
  const own = lab === null ? found : found.filter(({ manifest }) => manifest.lab === lab);
  const newest = own.find(isGood) ?? own[0];
  if (newest) return newest;
  throw new AppError({
    code: 'BACKUP_NONE',
    message: `${from} 里没有完整的备份。`,
    meaning: '没有可以演练或恢复的内容。',
    next: '请先备份，或选择另一个备份文件夹。',
  });
}

export async function drill(
  backup: string,
  workFolder: string,
  passphrase: string | null,
  onStep: (phase: 'unpack' | 'prove', done: number, total: number) => void = () => undefined,
): Promise<DrillResult> {
  const started = performance.now();
  const to = join(workFolder, drillFolderName);
  removeQuietly(to);
  mkdirSync(workFolder, { recursive: true });
  try {
    const manifest = unpackBackup(backup, to, passphrase, (done, total) => onStep('unpack', done, total));
    const proof = await proveFolder(to, manifest, (done, total) => onStep('prove', done, total));
    return {
      ...proof,
      name: backup.split(/[\\/]/).at(-1) ?? backup,
      madeAt: manifest.madeAt,
      at: toWallTime(Date.now()),
      sealed: manifest.seal !== null,
      seconds: (performance.now() - started) / 1000,
    };
  } catch (cause) {
    throw toldFileError(cause, workFolder);
  } finally {
    removeQuietly(to);
  }
}

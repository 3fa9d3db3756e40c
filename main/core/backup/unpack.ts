// A backup opened into an empty folder, every byte compared on the way; the store gets its name last, so that a folder
// that was filled half way cannot be opened as a data folder. Used by the drill and by the restore.
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../../../shared/errors/appError.ts';
import { storeFileName } from '../../store/store.ts';
import { freeBytes, gigabytes, syncFolder } from './disk.ts';
import { evidenceFolders } from './files.ts';
import { keyOfManifest, readManifest, type Manifest } from './manifest.ts';
import { sealedSuffix, takeFile } from './stored.ts';

export type OnUnpacked = (done: number, total: number) => void;

export function refuseUsedFolder(to: string): void {
  if (!existsSync(to) || readdirSync(to).length === 0) return;
  throw new AppError({
    code: 'RESTORE_NOT_EMPTY',
    message: `${to} 里已经有内容。`,
    meaning: '恢复从不覆盖已有的文件，什么也没有改动。',
    next: '请指定一个空的或还不存在的文件夹。',
  });
}

export function unpackBackup(
  backup: string,
  to: string,
  passphrase: string | null,
  onStep: OnUnpacked = () => undefined,
): Manifest {
  const manifest = readManifest(backup);
  const key = keyOfManifest(manifest, passphrase);
  refuseUsedFolder(to);
  mkdirSync(to, { recursive: true });
  const all = [manifest.store, ...manifest.files];
  const bytes = all.reduce((sum, entry) => sum + entry.bytes, 0);
  const free = freeBytes(to);
  if (free !== null && free < bytes + 16 * 1024 ** 2) {
    throw new AppError({
      code: 'RESTORE_NO_ROOM',
      message: `${resolve(to)} 所在的磁盘还剩 ${gigabytes(free)}，打开这份备份需要 ${gigabytes(bytes)}。`,
      meaning: '备份没有打开，也没有改动。',
      next: '请换一块空间够的盘。',
    });
  }
  for (const folder of evidenceFolders) mkdirSync(join(to, folder), { recursive: true });
  let done = 0;
  const suffix = key ? sealedSuffix : '';
  const part = join(to, `${storeFileName}.part`);
  for (const entry of all) {
    const isStore = entry === manifest.store;
    takeFile(
      join(backup, `${entry.path}${suffix}`),
      isStore ? part : join(to, entry.path),
      entry,
      key,
      entry.path,
      (n) => onStep((done += n), bytes),
    );
  }
  for (const folder of evidenceFolders) syncFolder(join(to, folder));
  renameSync(part, join(to, storeFileName));
  syncFolder(to);
  return manifest;
}

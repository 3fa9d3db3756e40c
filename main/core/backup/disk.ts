// What disks do: whether there is room, whether a folder may be written, and what the system's errors mean in words.
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, rmSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from '../../store/database.ts';
import { AppError } from '../../../shared/errors/appError.ts';

const refuse = (code: string, message: string, meaning: string, next: string, cause?: unknown): AppError =>
  new AppError({ code, message, meaning, next }, { cause });

/** Bytes that this program may still write to the disk of a folder; null where the system does not say. */
export function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

export const gigabytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GB`;

export const storeBytes = (db: Database): number =>
  Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));

/** The store alone must fit, with something to spare; files are mostly links. */
export function refuseWithoutRoom(target: string, bytes: number): void {
  const free = freeBytes(target);
  if (free === null || free > bytes + 16 * 1024 ** 2) return;
  throw full(target, `还剩 ${gigabytes(free)}，至少需要 ${gigabytes(bytes)}。`);
}

const full = (target: string, detail: string, cause?: unknown): AppError =>
  refuse(
    'BACKUP_DISK_FULL',
    `备份盘 ${target} 空间不够：${detail}`,
    '没有留下这份备份；原数据和以前的备份没有改动。',
    '请清理备份盘或换一块更大的盘；以前的备份由程序按保留规则清理，不必手工删除。',
    cause,
  );

/** Whether the folder is there and can be written; `create`: makes it, one level after the other. */
export function makeTarget(target: string, create: boolean): void {
  if (existsSync(target)) return;
  if (!create) {
    throw refuse(
      'BACKUP_TARGET_GONE',
      `找不到备份文件夹 ${target}。`,
      '没有备份；检测和以前的备份不受影响。',
      '请插好备份盘或连上共享文件夹；程序稍后自动再试。',
    );
  }
  try {
    // Asked to make many at once, Node never gives up on a place such as /proc.
    if (dirname(target) !== target) makeTarget(dirname(target), true);
    mkdirSync(target);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw refuse('BACKUP_FOLDER', `不能建立备份文件夹 ${target}。`, '没有备份。', '请换一个有写入权限的位置。', cause);
  }
}

/** The system's own errors in words; refusals of the program and faults of it are handed back as they are. */
export function toldFileError(cause: unknown, target: string): unknown {
  if (cause instanceof AppError) {
    if (cause.code === 'STORE_DISK_FULL') return full(target, '写到一半盘就满了。', cause);
    return cause.code === 'STORE_IO' ? unreadable(target, cause.info.message, cause) : cause;
  }
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return full(target, '写到一半盘就满了。', cause);
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return refuse(
      'BACKUP_READONLY',
      `备份文件夹 ${target} 不能写入（${code}）。`,
      '没有留下这份备份；原数据和以前的备份没有改动。',
      '请检查备份盘的写保护和文件夹权限。',
      cause,
    );
  }
  return /^E[A-Z0-9]+$/.test(code) ? unreadable(target, code, cause) : cause;
}

const unreadable = (target: string, detail: string, cause: unknown): AppError =>
  refuse(
    'BACKUP_TARGET_LOST',
    `备份做到一半，读写 ${target} 失败（${detail}）。`,
    '没有留下这份备份；原数据和以前的备份没有改动。',
    '请检查备份盘或网络连接；程序稍后自动再试。',
    cause,
  );

/** Names that were given in a folder are on disk; Windows does that by itself. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const opened = openSync(folder, 'r');
  try {
    fsyncSync(opened);
  } catch (cause) {
    // Some shares do not sync folders: that is their nature, not a failure of this copy.
    if (!(cause instanceof Error && 'code' in cause && (cause.code === 'EINVAL' || cause.code === 'ENOTSUP')))
      throw cause;
  } finally {
    closeSync(opened);
  }
}

/** What cannot be taken away (the disk is gone) is left for the next backup to take away. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // It does not bear the name of a backup.
  }
}

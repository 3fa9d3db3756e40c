// A copy that can be believed: SQLite's own backup while the bench runs, then integrity and chain are checked on the
// copy, and only then does it get its name. A copy that fails its check never looks like a backup.
import { closeSync, fdatasyncSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { AppError } from '../../shared/errors/appError.ts';
import { openDatabase } from './database.ts';
import { storeFileName } from './store.ts';
import { verifyStore, type StoreVerification } from './verify.ts';

/** Pages of one step: what a thread that also does other work is held up by. Measured in tests/bench/backup.ts. */
const pagesPerStep = 256;
/** Steps after which the copy goes to the disk: a commit beside it waits for what one such portion takes, not for all of it. */
const stepsPerFlush = 16;

/** `onPages` is told of every step; what it throws breaks the copy off. */
export async function backupStore(
  source: Database,
  folder: string,
  onPages: (done: number, total: number) => void = () => undefined,
): Promise<StoreVerification> {
  const temporary = join(folder, `${storeFileName}.part`);
  rmSync(temporary, { force: true });
  let written: number | null = null;
  let steps = 0;
  try {
    await source.backup(temporary, {
      progress: ({ totalPages, remainingPages }) => {
        onPages(totalPages - remainingPages, totalPages);
        steps += 1;
        if (steps % stepsPerFlush === 0) fdatasyncSync((written ??= openSync(temporary, 'r+')));
        return pagesPerStep;
      },
    });
  } finally {
    // Not before: closing a second handle would take away the lock of the first.
    if (written !== null) closeSync(written);
  }
  const copy = openDatabase(temporary);
  // One file, without the WAL beside it: a backup is carried about.
  copy.pragma('journal_mode = DELETE');
  let verification;
  try {
    const integrity = copy.pragma('integrity_check', { simple: true });
    verification = verifyStore(copy);
    if (integrity !== 'ok' || !verification.ok) {
      throw new AppError({
        code: 'BACKUP_DAMAGED',
        message: `备份没有通过校验：${integrity === 'ok' ? (verification.firstFault ?? '') : String(integrity)}`,
        meaning: '这份副本不能用作备份，已保留为 .part 文件；原数据没有改动。',
        next: '请先运行 jiantai verify 检查原数据。',
      });
    }
  } finally {
    copy.close();
  }
  const file = openSync(temporary, 'r+');
  fsyncSync(file);
  closeSync(file);
  renameSync(temporary, join(folder, storeFileName));
  return verification;
}

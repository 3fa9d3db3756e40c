// One data folder, one program. A lock file names the process; a lock left behind by a process that is gone is taken over.
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../../shared/errors/appError.ts';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}

/** Takes the folder, or throws FOLDER_IN_USE. Returns the function that gives it back. */
export function lockDataFolder(dataFolder: string): () => void {
  const path = join(dataFolder, 'in-use.lock');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const file = openSync(path, 'wx');
      writeSync(file, String(process.pid));
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause;
      const pid = Number(readFileSync(path, 'utf8'));
      if (pid > 0 && pid !== process.pid && isAlive(pid)) break;
      rmSync(path, { force: true });
    }
  }
  throw new AppError({
    code: 'FOLDER_IN_USE',
    message: `数据文件夹 ${dataFolder} 正被另一个检台使用。`,
    meaning: '同一份数据只能由一个程序打开，这里没有打开。',
    next: '请切换到已打开的检台窗口，或先关闭它。',
  });
}

/**
 * The same, with patience: when a shell died, its core is still closing its files while a person already starts the
 * program again.
 */
export async function takeDataFolder(dataFolder: string, patienceMs = 8_000): Promise<() => void> {
  for (const end = Date.now() + patienceMs; ; await sleep(100)) {
    try {
      return lockDataFolder(dataFolder);
    } catch (cause) {
      if (!(cause instanceof AppError) || Date.now() >= end) throw cause;
    }
  }
}

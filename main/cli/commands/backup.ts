import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError, type ErrorInfo } from '../../../shared/errors/appError.ts';
import { verifyAll } from '../../core/verifyAll.ts';
import { backupStore } from '../../store/backup.ts';
import { openReadOnly } from '../../store/readOnly.ts';
import type { Command } from '../jiantai.ts';
import { openDataFolder } from './dataFolder.ts';
import { makeFolder } from './folder.ts';
import { write } from './lines.ts';

const notMade = (path: string): ErrorInfo => ({
  code: 'BACKUP_FOLDER',
  message: `不能建立备份文件夹 ${path}。`,
  meaning: '没有备份。',
  next: '请换一个有写入权限的位置。',
});

function refuseInside(target: string, dataFolder: string): void {
  if (!`${target}/`.startsWith(`${dataFolder}/`)) return;
  throw new AppError({
    code: 'BACKUP_INSIDE',
    message: '备份文件夹在数据文件夹里面。',
    meaning: '数据文件夹坏了，备份会一起丢，没有备份。',
    next: '请选择另一块盘上的文件夹。',
  });
}

export const backup: Command = {
  summary: '在线备份数据文件夹（检台可以开着），并校验备份',
  usage: 'jiantai backup --data <文件夹> --to <另一块盘上的文件夹>',
  async run(args) {
    const { values } = parseArgs({ args, options: { data: { type: 'string' }, to: { type: 'string' } } });
    if (!values.to) throw new AppError({ code: 'USAGE', message: '缺少 --to <备份文件夹>。' });
    const { store, folder, runsFolder, reportsFolder } = openDataFolder(['--data', values.data ?? '']);
    refuseInside(resolve(values.to), folder);
    const target = join(resolve(values.to), `jiantai-${toWallTime(Date.now()).slice(0, 19).replaceAll(/[-:]/g, '')}`);
    if (existsSync(target))
      throw new AppError({ code: 'BACKUP_EXISTS', message: `${target} 已经存在。`, next: '请过一秒再试。' });
    makeFolder(target, notMade);
    try {
      // The database first: every file it names is on disk before the row that names it.
      await backupStore(store.database, target);
      for (const [from, name] of [
        [runsFolder, 'runs'],
        [reportsFolder, 'reports'],
        [join(folder, 'files'), 'files'],
      ] as const) {
        if (existsSync(from))
          cpSync(from, join(target, name), { recursive: true, filter: (path) => !path.endsWith('.part') });
      }
    } finally {
      store.close();
    }
    const copy = openReadOnly(target);
    try {
      const folders = { runsFolder: join(target, 'runs'), reportsFolder: join(target, 'reports') };
      const result = await verifyAll(copy, folders);
      const files = readdirSync(target, { recursive: true }).length;
      write({ from: folder, to: target, files, ...result });
      return result.ok ? 0 : 1;
    } finally {
      copy.close();
    }
  },
};

// Opens a data folder for reading only: the bench may be running on it.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../../../shared/errors/appError.ts';
import { openReadOnly, type ReadStore } from '../../store/readOnly.ts';

export interface OpenFolder {
  folder: string;
  store: ReadStore;
  runsFolder: string;
  reportsFolder: string;
}

export function openDataFolder(args: string[]): OpenFolder {
  const { values } = parseArgs({ args, options: { data: { type: 'string' } } });
  if (!values.data) throw new AppError({ code: 'USAGE', message: '缺少 --data <文件夹>。' });
  const folder = resolve(values.data);
  return {
    folder,
    store: openReadOnly(folder),
    runsFolder: join(folder, 'runs'),
    reportsFolder: join(folder, 'reports'),
  };
}

// A file that cannot be read as a table is refused as a whole, in words.
import { AppError } from '../../../../shared/errors/appError.ts';

export const mostBytes = 5 * 1024 * 1024;
/** Taken in one transaction, which takes about two milliseconds a row: nobody else waits longer than a few seconds. */
export const mostRows = 2_000;
export const mostColumns = 200;

export const refuseTable = (fileName: string, what: string, next: string, cause?: unknown): AppError =>
  new AppError(
    { code: 'IMPORT_UNREADABLE', message: `${fileName}：${what}。`, meaning: '什么也没有导入。', next },
    { cause },
  );

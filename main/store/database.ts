// Opens the SQLite file the way a legal record needs it: WAL, FULL, foreign keys, one writer; and turns SQLite's own
// failures into refusals that say what happened. Nothing goes on as if nothing had happened.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { AppError } from '../../shared/errors/appError.ts';

export type { Database };
import { gatedNames, gateNotAsked } from './gated.ts';

export function openDatabase(file: string, options: { readonly?: boolean } = {}): Database {
  if (options.readonly && !existsSync(file)) {
    throw new AppError({
      code: 'STORE_MISSING',
      message: `没有找到数据库文件 ${file}。`,
      meaning: '该文件夹不是本程序的数据文件夹，或数据已被移走。',
      next: '请检查 --data 指定的文件夹。',
    });
  }
  if (!options.readonly) mkdirSync(dirname(file), { recursive: true });
  try {
    const db = new SqliteDatabase(file, { readonly: options.readonly ?? false, timeout: 5000 });
    if (!options.readonly) {
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = FULL');
      db.pragma('wal_autocheckpoint = 0');
    }
    db.pragma('foreign_keys = ON');
    // Without it, INSERT OR REPLACE removes the old row past the triggers that refuse its deletion.
    db.pragma('recursive_triggers = ON');
    db.pragma('schema_version');
    return db;
  } catch (cause) {
    throw storeError(cause);
  }
}

function sqliteCode(cause: unknown): string | null {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  return typeof code === 'string' && code.startsWith('SQLITE') ? code : null;
}

/** Whether the file itself is in trouble, so that the store must stop writing. */
export function isFatalStoreError(cause: unknown): boolean {
  return /^SQLITE_(FULL|IOERR|CORRUPT|NOTADB|READONLY|CANTOPEN)/.test(sqliteCode(cause) ?? '');
}

/** The refusal for a failure of SQLite's; anything else is handed back as it is. */
export function storeError(cause: unknown): unknown {
  const code = sqliteCode(cause);
  if (!code) return cause;
  const refuse = (name: string, message: string, meaning: string, next: string) =>
    new AppError({ code: name, message, meaning, next }, { cause });
  if (code.startsWith('SQLITE_FULL')) {
    return refuse(
      'STORE_DISK_FULL',
      '磁盘已满，这一步没有保存。',
      '此前已保存的数据完好；程序已停止写入。',
      '请清理磁盘空间，然后重新打开程序。',
    );
  }
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) {
    return refuse(
      'STORE_DAMAGED',
      '数据库文件已损坏。',
      '程序已停止写入，损坏的文件原样保留。',
      '请勿删除文件，用最近的备份恢复，并联系信息管理员。',
    );
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return refuse(
      'STORE_BUSY',
      '另一个程序正占用数据库，这一步没有保存。',
      '同一数据文件夹只能由一个程序打开。',
      '请关闭另一个正在运行的检台，再试一次。',
    );
  }
  if (isFatalStoreError(cause)) {
    return refuse(
      'STORE_IO',
      `磁盘读写失败（${code}），这一步没有保存。`,
      '程序已停止写入，以免数据不完整。',
      '请检查磁盘和权限，然后重新打开程序。',
    );
  }
  const ungated = /^UNGATED (\w+)/.exec(cause instanceof Error ? cause.message : '')?.[1];
  if (ungated !== undefined) return gateNotAsked(gatedNames[ungated] ?? ungated, cause);
  if (code.startsWith('SQLITE_CONSTRAINT_TRIGGER')) {
    return refuse(
      'STORE_IMMUTABLE',
      '该数据已经固化，不能修改或删除。',
      '原始数据、签名与审计记录只增不改。',
      '如需更正，请按修改记录或变更单办理。',
    );
  }
  return refuse(
    'STORE_REFUSED',
    `数据库拒绝了这一步（${code}）。`,
    '没有任何内容被保存。',
    '请记下错误代码并联系信息管理员。',
  );
}

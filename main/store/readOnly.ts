// A second pair of eyes on a store that another process may be writing: reads only, and one moment of it, so that rows
// and audit entries written meanwhile do not look like a contradiction.
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { openDatabase, storeError } from './database.ts';
import { refuseTooNew } from './migrate.ts';
import { storeFileName, type Store } from './store.ts';
import { question } from './statements.ts';
import type { TableName, Value } from './tables.ts';
import { Transaction } from './transaction.ts';

export type ReadStore = Pick<Store, 'database' | 'get' | 'all' | 'first' | 'close'>;

export function openReadOnly(dataFolder: string): ReadStore {
  const database: Database = openDatabase(join(dataFolder, storeFileName), { readonly: true });
  try {
    refuseTooNew(database);
    database.exec('BEGIN');
    // The snapshot is taken with the first read.
    database.prepare('SELECT count(*) FROM sqlite_master').get();
  } catch (cause) {
    database.close();
    throw storeError(cause);
  }
  return {
    database,
    get: (table: TableName, ...key: Value[]) => Transaction.read(database, table, key),
    all: (sql, ...parameters) => question(database, sql).all(...parameters),
    first: (sql, ...parameters) => question(database, sql).get(...parameters),
    close: () => database.close(),
  };
}

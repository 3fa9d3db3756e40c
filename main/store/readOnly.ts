// A second pair of eyes on a store that another process may be writing: reads only.
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { openDatabase } from './database.ts';
import { storeFileName, type Store } from './store.ts';
import type { Row, TableName, Value } from './tables.ts';
import { Transaction } from './transaction.ts';

export type ReadStore = Pick<Store, 'database' | 'get' | 'all' | 'first' | 'close'>;

export function openReadOnly(dataFolder: string): ReadStore {
  const database: Database = openDatabase(join(dataFolder, storeFileName), { readonly: true });
  return {
    database,
    get: (table: TableName, ...key: Value[]) => Transaction.read(database, table, key),
    all: (sql, ...parameters) => database.prepare<Value[], Row>(sql).all(...parameters),
    first: (sql, ...parameters) => database.prepare<Value[], Row>(sql).get(...parameters),
    close: () => database.close(),
  };
}

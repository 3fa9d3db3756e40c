// The store: one writer, one way in. `transact` runs a piece of work inside one IMMEDIATE SQLite transaction; what it
// writes, the audit entries, the outbox entries, the numbers it draws and the change-feed sequence are on disk together
// or not at all.
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { ulid } from 'ulid';
import type { CollectionName } from '../../shared/entities/collections.ts';
import { AppError } from '../../shared/errors/appError.ts';
import { auditHead, type AuditActor } from './audit.ts';
import { createCheckpointPolicy } from './checkpoints.ts';
import { isFatalStoreError, openDatabase, storeError } from './database.ts';
import { migrate } from './migrate.ts';
import { question, statement } from './statements.ts';
import type { Row, TableName, Value } from './tables.ts';
import { Transaction } from './transaction.ts';

export const storeFileName = 'jiantai.sqlite';

/** Newest sequence of the change feed, and the collections of which a document changed. */
export type CommitListener = (seq: number, collections: CollectionName[]) => void;

export interface Store {
  /** Runs `work` in one transaction; what it returns is returned once it is on disk. `work` must not be async. */
  transact<T>(actor: AuditActor, work: (tx: Transaction) => T): T;
  get(table: TableName, ...key: Value[]): Row | undefined;
  all(sql: string, ...parameters: Value[]): Row[];
  first(sql: string, ...parameters: Value[]): Row | undefined;
  /** Told after every commit that changed the feed, with its newest sequence. Returns a function that ends it. */
  onCommit(listener: CommitListener): () => void;
  /** Newest sequence of the change feed. */
  sequence(): number;
  /** Takes documents out of the change feed that did not change after `seq`; their rows stay, as does the newest entry.
   * Answers how many were taken out. */
  forget(collection: CollectionName, keys: readonly string[], seq: number): number;
  /** Identity of this store file; a window that knew another one starts anew. */
  readonly epoch: string;
  auditHead(): { seq: number; hash: string; at: string | null };
  readonly database: Database;
  close(): void;
}

export function openStore(dataFolder: string, actor: AuditActor): Store {
  const db = openDatabase(join(dataFolder, storeFileName));
  try {
    migrate(db, actor);
    // The words of the full text, for what is too short to be looked up in it; a view of this connection, not of the file.
    db.exec(`CREATE VIRTUAL TABLE temp.searchTerm USING fts5vocab('main', 'searchText', 'row')`);
  } catch (cause) {
    db.close();
    throw storeError(cause);
  }
  const listeners = new Set<CommitListener>();
  let stopped: unknown = null;
  const stopOn = (cause: unknown) => {
    if (isFatalStoreError(cause)) stopped ??= storeError(cause);
  };
  const checkpoints = createCheckpointPolicy(db, stopOn);
  /** What was committed is committed: a listener that fails must not look like a failed transaction. */
  const tell = (listener: CommitListener, seq: number, collections: CollectionName[]) => {
    try {
      listener(seq, collections);
    } catch (cause) {
      process.emitWarning(`a listener of the store failed: ${cause instanceof Error ? cause.stack : String(cause)}`);
    }
  };

  const first = (sql: string, ...parameters: Value[]) => question(db, sql).get(...parameters);
  const sequence = () => Number(first('SELECT max(seq) AS seq FROM changeFeed')?.['seq'] ?? 0);

  const store: Store = {
    database: db,
    epoch: '',
    transact(transactor, work) {
      if (stopped) throw stopped;
      if (db.inTransaction) throw new Error('a transaction inside a transaction: pass the outer one on');
      const tx = new Transaction(db, transactor);
      let value;
      try {
        value = db
          .transaction(() => {
            const result = work(tx);
            if (result instanceof Promise) throw new TypeError('the work of a transaction must not be asynchronous');
            tx.finish();
            return result;
          })
          .immediate();
      } catch (cause) {
        stopOn(cause);
        throw storeError(cause);
      }
      checkpoints.committed();
      if (tx.feedSequence > 0) for (const listener of listeners) tell(listener, tx.feedSequence, tx.touched);
      return value;
    },
    get(table, ...key) {
      return Transaction.read(db, table, key);
    },
    all(sql, ...parameters) {
      return question(db, sql).all(...parameters);
    },
    first,
    onCommit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    sequence,
    forget(collection, keys, seq) {
      if (keys.length === 0) return 0;
      if (stopped) throw stopped;
      const remove = statement(db, 'DELETE FROM changeFeed WHERE kind = ? AND key = ? AND seq <= ?');
      const forgotten = db
        .transaction(() => {
          const last = Math.min(seq, sequence() - 1);
          return keys.reduce((sum, key) => sum + remove.run(collection, key, last).changes, 0);
        })
        .immediate();
      checkpoints.committed();
      return forgotten;
    },
    auditHead: () => auditHead(db),
    close() {
      checkpoints.stop();
      db.close();
    },
  };

  const known = store.get('fact', 'epoch');
  const epoch = known ? String(known['value']) : ulid();
  if (!known) store.transact(actor, (tx) => tx.put('fact', { key: 'epoch', value: epoch }));
  return Object.assign(store, { epoch });
}

/** The row, or a refusal that names what is missing. */
export function requireRow(row: Row | undefined, what: string, key: Value): Row {
  if (row) return row;
  throw new AppError({
    code: 'NOT_FOUND',
    message: `没有找到${what} ${key}。`,
    meaning: '它可能写错了，或不在这台电脑的数据里。',
    next: '请核对编号后重试。',
  });
}

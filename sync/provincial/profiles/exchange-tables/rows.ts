// One row of an upload table: what is there under its key, whether it is what is to be sent, what the client says about
// it, and writing it. The tables keep no digests; they are taken from Content as it stands in the file.
import { digestOf } from '../../../wire/digest.ts';
import { EXCHANGE_TABLES, type ExchangeTableName, UP_STATE } from '../../../wire/exchange-schema.ts';
import type { PlatformFailure } from '../../port.ts';
import { refusalOf, UnreadableRow, waiting } from './classify.ts';
import type { ColumnValues, EncodedRow } from './encode.ts';
import type { ExchangeDatabase } from './exchange-file.ts';

export type StoredRow = Record<string, string | number | Uint8Array | null>;

export type Standing = 'waiting' | 'accepted' | 'refused' | 'refusalRead';

export const textOf = (row: StoredRow, column: string): string => {
  const value = row[column];
  return typeof value === 'string' ? value : '';
};

export const numberOf = (row: StoredRow, column: string): number => {
  const value = row[column];
  return typeof value === 'number' ? value : 0;
};

export function jsonOf(row: StoredRow, column: string): unknown {
  try {
    return JSON.parse(textOf(row, column));
  } catch {
    throw new UnreadableRow(`${column} 不是 JSON`);
  }
}

export function standingOf(value: number): Standing {
  const found = Object.entries(UP_STATE).find(([, number]) => number === value);
  if (found === undefined) throw new UnreadableRow(`Up_State 为 ${value}`);
  return found[0] as Standing;
}

export function refusal(row: StoredRow): PlatformFailure {
  return refusalOf(textOf(row, 'Up_Code'), textOf(row, 'Up_Msg'));
}

export function conflict(message: string): PlatformFailure {
  return { class: 'conflict', code: 'CONFLICT_CONTENT', message, sent: true };
}

const whereKey = (table: ExchangeTableName): string =>
  EXCHANGE_TABLES[table].key.map((column) => `${column} = ?`).join(' AND ');

const keyOf = (table: ExchangeTableName, values: ColumnValues): (string | number)[] =>
  EXCHANGE_TABLES[table].key.map((column) => values[column] as string | number);

export function findRow(db: ExchangeDatabase, table: ExchangeTableName, values: ColumnValues): StoredRow | undefined {
  return db
    .prepare<(string | number)[], StoredRow>(`SELECT * FROM ${table} WHERE ${whereKey(table)}`)
    .get(...keyOf(table, values));
}

/** Writes a row as new: it waits for the client again, and what the client had said of the old one is gone. */
export function writeRow(db: ExchangeDatabase, table: ExchangeTableName, values: ColumnValues): void {
  const names = Object.keys(values);
  db.prepare(`INSERT OR REPLACE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(
    ...Object.values(values),
  );
}

export function markRead(db: ExchangeDatabase, table: ExchangeTableName, row: StoredRow): void {
  db.prepare(`UPDATE ${table} SET Up_State = ${UP_STATE.refusalRead} WHERE ${whereKey(table)}`).run(
    ...keyOf(table, row),
  );
}

export interface Sent {
  orgCode: string;
  revision: number;
  digest: string;
  content: object;
  entryId: string;
  batchId: string;
}

export type PutResult = { state: 'queued' | 'accepted' } | { state: 'failed'; failure: PlatformFailure };

function completed({ values }: EncodedRow, sent: Sent): ColumnValues {
  return {
    ...values,
    Organcode: sent.orgCode,
    Rev: sent.revision,
    Content: JSON.stringify(sent.content),
    Entry_Id: sent.entryId,
    Batch_Id: sent.batchId,
  };
}

/** It is there with this very content: whose turn is it? */
function again(db: ExchangeDatabase, table: ExchangeTableName, row: StoredRow, values: ColumnValues): PutResult {
  const standing = standingOf(numberOf(row, 'Up_State'));
  if (standing === 'accepted') return { state: 'accepted' };
  if (standing === 'refused') {
    markRead(db, table, row);
    return { state: 'failed', failure: refusal(row) };
  }
  // Refused and read: somebody wants it judged again. Waiting: only the entry and batch that ask for it may be new.
  if (standing === 'refusalRead') writeRow(db, table, values);
  else {
    db.prepare(`UPDATE ${table} SET Entry_Id = ?, Batch_Id = ? WHERE ${whereKey(table)}`).run(
      values['Entry_Id'],
      values['Batch_Id'],
      ...keyOf(table, values),
    );
  }
  return { state: 'queued' };
}

/** Looks, compares and writes, inside the caller's transaction. */
export function putRow(db: ExchangeDatabase, row: EncodedRow, sent: Sent): PutResult {
  const values = completed(row, sent);
  const held = findRow(db, row.table, values);
  if (held === undefined) {
    writeRow(db, row.table, values);
    return { state: 'queued' };
  }
  const standing = standingOf(numberOf(held, 'Up_State'));
  const heldRevision = numberOf(held, 'Rev');
  if (heldRevision === sent.revision && digestOf(jsonOf(held, 'Content')) === sent.digest) {
    return again(db, row.table, held, values);
  }
  if (heldRevision > sent.revision) {
    return { state: 'failed', failure: conflict(`交换表中已有更新的第 ${heldRevision} 版。`) };
  }
  if (standing === 'waiting') {
    return { state: 'failed', failure: waiting('同一编号较早的一条还没有被监管客户端收取。') };
  }
  if (standing === 'accepted' && heldRevision === sent.revision) {
    return { state: 'failed', failure: conflict('监管平台已接受同一编号内容不同的数据。') };
  }
  writeRow(db, row.table, values);
  return { state: 'queued' };
}

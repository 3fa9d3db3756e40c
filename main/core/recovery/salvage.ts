// What can still be read in a damaged store, without writing to it: row by row, going round the pages that give nothing.
// Used to say what was done after the backup that takes its place.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, type Database } from '../../store/database.ts';
import { storeFileName } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';

export interface Salvaged {
  rows: Map<SalvageTable, Row[]>;
  /** Places (single rows or stretches) that could not be read. */
  unreadable: number;
}

/** Numbers and moments only: what is needed to find a thing on paper or on the platform again. */
const wanted = {
  commission: 'commissionNo AS key, receivedAt AS at',
  testRecord: 'recordNo AS key, createdAt AS at, state, sampleNo',
  run: 'runNo AS key, endedAt AS at, recordNo, file, runId',
  signature: 'signatureId AS key, at, entityKey, meaning, personName',
  report: 'reportNo AS key, createdAt AS at, state, code, revision',
  numberIssued: 'number AS key, series, year, n',
  audit: 'seq AS key, at',
} as const;
export type SalvageTable = keyof typeof wanted;
export const salvageNames: Record<SalvageTable, string> = {
  commission: '委托',
  testRecord: '原始记录',
  run: '采集',
  signature: '签名',
  report: '报告',
  numberIssued: '编号',
  audit: '审计条目',
};

/** Past any lab's numbers; only asked for when the table itself does not tell its end. */
const farRowid = 1 << 24;

export function salvage(folder: string): Salvaged {
  const found: Salvaged = { rows: new Map(), unreadable: 0 };
  if (!existsSync(join(folder, storeFileName))) return found;
  let db: Database;
  try {
    db = openDatabase(join(folder, storeFileName), { readonly: true });
  } catch {
    return { ...found, unreadable: 1 };
  }
  try {
    for (const table of Object.keys(wanted) as SalvageTable[]) found.rows.set(table, readTable(db, table, found));
  } finally {
    db.close();
  }
  return found;
}

function readTable(db: Database, table: SalvageTable, found: Salvaged): Row[] {
  const rows: Row[] = [];
  let statement;
  try {
    statement = db.prepare<[number, number], Row>(
      `SELECT ${wanted[table]} FROM ${table} NOT INDEXED WHERE rowid BETWEEN ? AND ? ORDER BY rowid`,
    );
  } catch {
    found.unreadable += 1;
    return rows;
  }
  const read = (from: number, to: number): void => {
    try {
      rows.push(...statement.all(from, to));
      return;
    } catch {
      // Somewhere in here a page gives nothing.
    }
    if (from === to) {
      found.unreadable += 1;
      return;
    }
    const middle = from + Math.floor((to - from) / 2);
    read(from, middle);
    read(middle + 1, to);
  };
  let last: number;
  try {
    last = db.prepare<[], { n: number | null }>(`SELECT max(rowid) AS n FROM ${table}`).get()?.n ?? 0;
  } catch {
    last = lastReadable((rowid) => statement.all(rowid, rowid).length > 0);
  }
  // Small stretches, so that one bad page does not cost the search of everything.
  for (let from = 1; from <= last; from += 512) read(from, Math.min(from + 511, last));
  return rows;
}

/** The end of a table whose own last page is gone: doubling until nothing answers any more. */
function lastReadable(there: (rowid: number) => boolean): number {
  let last = 512;
  for (let at = 1; at < farRowid; at *= 2) {
    try {
      if (there(at)) last = at * 2;
    } catch {
      last = at * 2;
    }
  }
  return Math.min(last, farRowid);
}

// Every audited table against every kind of edit by hand, made from the list of tables: a new table is covered by itself.
// Somebody has the file, not the program: a second connection takes the triggers away, edits, and puts them back.
import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { anyRow, openTestStore, tamperPastTriggers, tester, type TestStore } from '../../tests/support/testStore.ts';
import { openReadOnly } from './readOnly.ts';
import { storeFileName } from './store.ts';
import { definitionOf, tableNames, tables, type Row, type TableName, type Value } from './tables.ts';
import { verifyStore } from './verify.ts';

const audited = tableNames.filter((table) => definitionOf(table).audit === 'fields');
const every = [...audited, 'audit' as TableName];
const rowsPerTable = 3;

let opened: TestStore;
let good: string;
let triggers: { name: string; table: string }[];
const file = () => join(opened.folder, storeFileName);

/** Three rows of every table; every text and number differs from row to row, since some are unique. */
const madeRow = (table: TableName, n: number): Row =>
  Object.fromEntries(
    Object.entries(anyRow(opened.store.database, table)).map(([column, value]): [string, Value] => [
      column,
      typeof value === 'number' ? n : `${column}-${n}`,
    ]),
  );

beforeAll(() => {
  opened = openTestStore();
  const { store } = opened;
  store.database.pragma('foreign_keys = OFF');
  fillAll();
  triggers = store.database
    .prepare<[], { name: string; table: string }>(
      `SELECT name, tbl_name AS "table" FROM sqlite_master WHERE type = 'trigger' ORDER BY name`,
    )
    .all();
  store.close();
  good = join(opened.folder, 'good.sqlite');
  copyFileSync(file(), good);
});

/** The decisions of the gate that the made rows lean on. */
const decisions: readonly (readonly [moment: string, entity: string, key: string])[] = [
  ['reception', 'commission', 'commissionNo'],
  ['run-start', 'record', 'recordNo'],
  ['signing', 'record', 'entityKey'],
];

/** What leans on a decision is written with it, in one transaction. */
function fillAll(): void {
  const others = audited.filter((table) => table !== 'gateDecision');
  for (let n = 1; n <= rowsPerTable; n += 1) {
    opened.store.transact(tester, (tx) => {
      for (const [index, [moment, entity, key]] of decisions.entries()) {
        const about = { moment, entity, entityKey: `${key}-${n}`, allowed: 1, personId: `personId-${n}` };
        tx.insert('gateDecision', { ...madeRow('gateDecision', 10 * n + index), ...about });
      }
      for (const table of others)
        tx.insert(table, { ...madeRow(table, n), ...(table === 'signature' ? { entity: 'record' } : {}) });
    });
  }
}
afterAll(() => {
  copyFileSync(good, file());
  opened.reopen();
  opened.remove();
});
beforeEach(restore);

function restore(): void {
  for (const tail of ['-wal', '-shm']) rmSync(`${file()}${tail}`, { force: true });
  copyFileSync(good, file());
}

function change(work: (db: Database.Database) => unknown): void {
  const db = new Database(file());
  try {
    work(db);
  } finally {
    db.close();
  }
}
const byHand = (table: TableName, ...statements: string[]): void =>
  change((db) => tamperPastTriggers(db, table, ...statements));

function fault(): string | null {
  const store = openReadOnly(opened.folder);
  try {
    return verifyStore(store.database).firstFault;
  } finally {
    store.close();
  }
}

function look<T>(work: (db: Database.Database) => T): T {
  const db = new Database(file(), { readonly: true });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

type Column = { name: string; type: string; notnull: number };
const columnsOf = (table: string): Column[] => look((db) => db.pragma(`table_info(${table})`) as Column[]);
const middle = (table: TableName) => look((db) => `rowid = (SELECT rowid FROM ${table} LIMIT 1 OFFSET ${db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number} / 2)`); // prettier-ignore

test('the store the tables are edited in is whole, and holds rows of every audited table', () => {
  expect(fault()).toBeNull();
  for (const table of audited)
    expect(
      look((db) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()),
      table,
    ).toBeGreaterThanOrEqual(rowsPerTable);
});

test('what is not audited is bookkeeping, and this list is all of it', () => {
  // Whoever adds a table without audit has to say so here: what is legal evidence does not belong in this list.
  expect(tableNames.filter((table) => tables[table].audit === 'no').toSorted()).toEqual([
    'climateGap', 'climateReading', 'draft', 'fact', 'importBatch', 'notice', 'numberSeries', 'outbox', 'outboxAttempt',
    'referenceCursor', 'setAside',
  ]); // prettier-ignore
});

describe.each(every)('%s', (table) => {
  test('a value changed, in each of its columns', () => {
    const where = middle(table);
    for (const { name, type } of columnsOf(table)) {
      restore();
      byHand(table, `UPDATE ${table} SET ${name} = ${type === 'INTEGER' ? '987654' : `'von Hand'`} WHERE ${where}`);
      expect(fault(), `${table}.${name}`).not.toBeNull();
    }
  });

  test('a value taken away, in each column that may be empty', () => {
    const where = middle(table);
    for (const { name } of columnsOf(table).filter(({ notnull }) => notnull === 0)) {
      restore();
      const before = look((db) => db.prepare(`SELECT ${name} FROM ${table} WHERE ${where}`).pluck().get());
      if (before === null) continue;
      // A key of SQLite's own that is set to nothing is given a number anew, or refused: the row changes all the same.
      try {
        byHand(table, `UPDATE ${table} SET ${name} = NULL WHERE ${where}`);
      } catch (cause) {
        expect(String(cause)).toMatch(/constraint|mismatch/);
        continue;
      }
      expect(fault(), `${table}.${name}`).not.toBeNull();
    }
  });

  test('a row removed, each of them', () => {
    const count = look((db) => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()));
    // Of the chain itself: the first, one in the middle; the last ones are what the platform's head is for.
    const places = table === ('audit' as TableName) ? [0, Math.floor(count / 2)] : [...Array(count).keys()];
    for (const place of places) {
      restore();
      byHand(table, `DELETE FROM ${table} WHERE rowid = (SELECT rowid FROM ${table} LIMIT 1 OFFSET ${place})`);
      expect(fault(), `${table} ${place}`).not.toBeNull();
    }
  });

  test('all rows removed', () => {
    byHand(table, `DELETE FROM ${table}`);
    expect(fault()).not.toBeNull();
  });

  test('a row inserted', () => {
    const columns = columnsOf(table).map(({ name, type }) =>
      type === 'INTEGER' ? `${name} + 900000` : `${name} || '-von-Hand'`,
    );
    byHand(table, `INSERT INTO ${table} SELECT ${columns.join(', ')} FROM ${table} WHERE ${middle(table)}`);
    expect(fault()).not.toBeNull();
  });

  test('two rows exchange their contents', () => {
    const columns = columnsOf(table).map(({ name }) => name);
    const key = table === ('audit' as TableName) ? ['seq'] : definitionOf(table).key;
    const other = columns.filter((name) => !key.includes(name));
    if (other.length === 0) return;
    const [one = 0, two = 0] = look((db) => db.prepare(`SELECT rowid FROM ${table} LIMIT 2`).pluck().all() as number[]);
    const kept = `temp_${table}`;
    byHand(
      table,
      `CREATE TEMP TABLE ${kept} AS SELECT rowid AS place, * FROM ${table} WHERE rowid IN (${one}, ${two})`,
      `DELETE FROM ${table} WHERE rowid IN (${one}, ${two})`,
      ...[
        [one, two],
        [two, one],
      ].map(
        ([to, from]) =>
          `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${columns
            .map((name) => (key.includes(name) ? `(SELECT ${name} FROM ${kept} WHERE place = ${to})` : name))
            .join(', ')} FROM ${kept} WHERE place = ${from}`,
      ),
    );
    expect(fault()).not.toBeNull();
  });

  test('a trigger dropped, each of them, and one made empty under its own name', () => {
    for (const { name } of triggers.filter((trigger) => trigger.table === table)) {
      for (const again of ['', `CREATE TRIGGER ${name} BEFORE DELETE ON ${table} WHEN 0 BEGIN SELECT 1; END`]) {
        restore();
        change((db) => db.exec(`DROP TRIGGER ${name}; ${again}`));
        expect(fault(), name).toContain('数据库结构');
      }
    }
  });

  test('a trigger added that would change what is written later', () => {
    change((db) => db.exec(`CREATE TRIGGER later AFTER INSERT ON ${table} BEGIN SELECT 1; END`));
    expect(fault()).toContain('数据库结构');
  });

  test('through the store’s own connection, with its triggers on, a row cannot be deleted', () => {
    change((db) => {
      db.pragma('recursive_triggers = ON');
      expect(() => db.exec(`DELETE FROM ${table}`)).toThrow(/IMMUTABLE|UNDELETABLE/);
    });
  });
});

test('another process with the same library leaves no less a trace', () => {
  const script = `
    const Database = require('better-sqlite3');
    const db = new Database(process.argv[1]);
    const triggers = db.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'signature'").all();
    for (const { name } of triggers) db.exec('DROP TRIGGER ' + name);
    db.exec("UPDATE signature SET personName = 'jemand anderes'");
    for (const { sql } of triggers) db.exec(sql);
    db.close();`;
  execFileSync(process.execPath, ['-e', script, file()], { cwd: join(import.meta.dirname, '../..') });
  expect(fault()).toContain('signature');
});

import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestStore, tester, type TestStore } from '../../../tests/support/testStore.ts';
import { collectionNames } from '../../../shared/entities/collections.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { migrate, migrations, schemaDigest, type Migration } from '../migrate.ts';
import { openReadOnly } from '../readOnly.ts';
import { openStore } from '../store.ts';
import { definitionOf, tableNames } from '../tables.ts';
import { verifyStore } from '../verify.ts';

let opened: TestStore;
beforeEach(() => {
  opened = openTestStore();
});
afterEach(() => opened.remove());

test('every table that transact may write is there with its key, and its feed kinds are collections', () => {
  const db = opened.store.database;
  for (const table of tableNames) {
    const columns = (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
    const definition = definitionOf(table);
    expect(columns, table).toEqual(expect.arrayContaining([...definition.key, ...(definition.secret ?? [])]));
    for (const [collection] of definition.touches?.({}) ?? []) expect(collectionNames).toContain(collection);
  }
});

test('every audited table refuses deletion', () => {
  const triggers = new Set(
    opened.store
      .all(`SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%\\_noDelete' ESCAPE '\\'`)
      .map((row) => row['tbl_name']),
  );
  const unguarded = tableNames.filter((table) => definitionOf(table).audit === 'fields' && !triggers.has(table));
  // A secret is replaced by another one, never taken away without a trace.
  expect(unguarded).toEqual([]);
});

test('the digest of the schema is in the audit chain, and a second opening writes nothing', () => {
  const { store } = opened;
  const entries = store.all(`SELECT * FROM audit WHERE action = 'schema' ORDER BY seq`);
  expect(entries.map(({ entityKey }) => entityKey)).toEqual(migrations.map(({ version }) => String(version)));
  expect(entries.at(-1)?.['newValue']).toBe(schemaDigest(store.database));
  const head = store.auditHead();
  expect(opened.reopen().auditHead()).toEqual(head);
});

const plan = (sql: string, ...parameters: (string | number)[]) =>
  opened.store
    .all(`EXPLAIN QUERY PLAN ${sql}`, ...parameters)
    .map((row) => String(row['detail']))
    .join('; ');

test('the feed, the outbox, the audit history and search use their indexes', () => {
  expect(plan('SELECT seq, key, deleted FROM changeFeed WHERE kind = ? AND seq > ? ORDER BY seq LIMIT ?', 'tasks', 0, 9)).toContain('changeFeedByKind (kind=? AND seq>?)'); // prettier-ignore
  expect(plan('SELECT * FROM outbox WHERE commissionNo = ? ORDER BY seq', 'x')).toContain('outboxByCommission');
  expect(plan(`SELECT seq FROM outbox WHERE state <> 'accepted' ORDER BY seq`)).toContain('outboxOpen');
  expect(plan('SELECT * FROM audit WHERE entity = ? AND entityKey = ? ORDER BY seq DESC LIMIT 500', 'x', 'y')).toContain('auditByEntity'); // prettier-ignore
  expect(plan('SELECT * FROM run WHERE recordNo = ? ORDER BY specimenNo', 'x')).toContain('runByRecord');
  expect(plan('SELECT * FROM sample WHERE commissionNo = ?', 'x')).toContain('sampleByCommission');
  const search = plan(
    `SELECT commissionNo FROM commission WHERE commissionNo IN (SELECT key FROM searchText WHERE kind = ? AND text MATCH ?)
     AND commissionNo < ? ORDER BY commissionNo DESC LIMIT ?`,
    'commission',
    '"云岭花"',
    'WT9',
    50,
  );
  expect(search).toContain('VIRTUAL TABLE INDEX');
  expect(search).not.toContain('SCAN commission');
});

const newest = migrations.at(-1)?.version ?? 0;

const refusal = (work: () => unknown) => {
  try {
    work();
  } catch (cause) {
    if (cause instanceof AppError) return cause.code;
    throw cause;
  }
  return 'done';
};

test('a store of a newer program is opened neither for writing nor for reading', () => {
  opened.store.database.pragma(`user_version = ${newest + 1}`);
  opened.store.close();
  expect(refusal(() => openStore(opened.folder, tester))).toBe('STORE_TOO_NEW');
  expect(refusal(() => openReadOnly(opened.folder))).toBe('STORE_TOO_NEW');
  const db = new Database(`${opened.folder}/jiantai.sqlite`);
  db.pragma(`user_version = ${newest}`);
  db.close();
  opened.store = openStore(opened.folder, tester);
  expect(verifyStore(opened.store.database).ok).toBe(true);
});

test('a migration that fails leaves the version, the schema and the chain as they were', () => {
  const { store } = opened;
  const before = { head: store.auditHead(), schema: schemaDigest(store.database) };
  const failing: Migration = { version: newest + 1, name: 'failing', sql: 'CREATE TABLE extra (x TEXT) STRICT; CREATE TABLE item (x TEXT);' }; // prettier-ignore
  expect(() => migrate(store.database, tester, [...migrations, failing])).toThrow('already exists');
  expect(store.database.pragma('user_version', { simple: true })).toBe(newest);
  expect({ head: store.auditHead(), schema: schemaDigest(store.database) }).toEqual(before);
});

test('a next migration puts its schema into the chain', () => {
  const { store } = opened;
  const next: Migration = { version: newest + 1, name: 'next', sql: 'CREATE TABLE extra (x TEXT) STRICT;' };
  migrate(store.database, tester, [...migrations, next]);
  expect(verifyStore(store.database).firstFault).toBeNull();
  store.database.exec('DROP TABLE extra');
  expect(verifyStore(store.database).firstFault).toContain('数据库结构');
});

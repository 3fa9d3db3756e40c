// A store of the version before with a signed record: after the migration its rows and signatures are as they were, people
// and machines have no second id, and the new evidence can neither be changed nor deleted.
import { expect, test } from 'vitest';
import { readRecord } from '../../core/records/recordRows.ts';
import { anyRow } from '../../../tests/support/testStore.ts';
import { useOldStore } from '../../../tests/support/oldStore.ts';
import { openStore } from '../store.ts';
import { verifyStore } from '../verify.ts';

const actor = { actor: '测试', workstation: '测试' };
const old = useOldStore();

test('people, machines and signed records stay as they were', () => {
  const db = old.openBefore(6);
  const rows = (sql: string) => db.prepare<[], Record<string, unknown>>(sql).all();
  const people = rows('SELECT * FROM person ORDER BY personId');
  const machines = rows('SELECT * FROM equipment ORDER BY equipmentId');
  const [record] = rows('SELECT recordNo FROM testRecord');
  expect(people.length * machines.length).toBeGreaterThan(0);
  db.close();

  const store = openStore(old.folder, actor);
  expect(store.all('SELECT * FROM person ORDER BY personId')).toEqual(people.map((row) => ({ ...row, platformId: null }))); // prettier-ignore
  expect(store.all('SELECT * FROM equipment ORDER BY equipmentId')).toEqual(machines.map((row) => ({ ...row, platformId: null, extensometerJson: null }))); // prettier-ignore
  const read = readRecord(store, String(record?.['recordNo']));
  expect(read.signatures.length).toBeGreaterThan(0);
  expect(read.signatures.every(({ valid }) => valid)).toBe(true);
  expect(read.gateDecisions).toEqual([]);
  expect(verifyStore(store.database).firstFault).toBeNull();
  store.close();
});

test('decisions, registrations and held downloads are evidence', () => {
  const store = openStore(old.folder, actor);
  const db = store.database;
  store.transact(actor, (tx) => {
    for (const table of ['gateDecision', 'registration', 'referenceHeld', 'personIdentity'] as const)
      tx.insert(table, anyRow(db, table));
  });
  for (const sql of [
    'DELETE FROM gateDecision',
    `UPDATE gateDecision SET allowed = 0`,
    'DELETE FROM registration',
    `UPDATE registration SET dataJson = '{}'`,
    'DELETE FROM referenceHeld',
    `UPDATE referenceHeld SET lostJson = '[]'`,
    'DELETE FROM personIdentity',
  ])
    expect(() => db.exec(sql), sql).toThrow(/IMMUTABLE|KEPT|UNDELETABLE/);
  store.transact(actor, (tx) => tx.update('registration', 'x', { state: 'approved', platformReason: null }));
  store.transact(actor, (tx) => tx.update('referenceHeld', 'x', { state: 'refused', reason: '核对' }));
  expect(verifyStore(db).firstFault).toBeNull();
  store.close();
});

test('two rows never bear one id of the platform; decisions and newest registrations are found by an index', () => {
  const store = openStore(old.folder, actor);
  const [one, other] = store.all('SELECT personId FROM person LIMIT 2').map((row) => String(row['personId']));
  store.transact(actor, (tx) => tx.update('person', one ?? '', { platformId: 'P-1' }));
  expect(() => store.transact(actor, (tx) => tx.update('person', other ?? '', { platformId: 'P-1' }))).toThrow();
  const plan = (sql: string, ...values: string[]) =>
    store
      .all(`EXPLAIN QUERY PLAN ${sql}`, ...values)
      .map((row) => String(row['detail']))
      .join('; ');
  expect(plan('SELECT * FROM gateDecision WHERE entity = ? AND entityKey = ?', 'record', 'x')).toContain('gateDecisionByEntity'); // prettier-ignore
  expect(plan('SELECT * FROM registration WHERE kind = ? AND localId = ? ORDER BY revision DESC LIMIT 1', 'person', 'x')).toMatch(/^SEARCH/); // prettier-ignore
  expect(plan('SELECT personId FROM person WHERE platformId = ?', 'x')).toContain('personByPlatformId');
  store.close();
});

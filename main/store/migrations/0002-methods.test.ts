// A store of before, with a cube record that three people signed and a coded report: after the migration every value is
// there, every signature still answers for what it signed, and the record reads in today's shape.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRecord } from '../../core/records/recordRows.ts';
import { useOldStore } from '../../../tests/support/oldStore.ts';
import { openDatabase } from '../database.ts';
import { migrate } from '../migrate.ts';
import { openStore, type Store } from '../store.ts';
import { verifyStore } from '../verify.ts';

const actor = { actor: '测试', workstation: '测试' };
const old = useOldStore();
let store: Store | null;
beforeEach(() => {
  store = null;
});
// Declared after the folder's own, so it runs before the folder goes.
afterEach(() => store?.close());

test('rows are kept value by value, references hold, and the audit chain verifies', () => {
  const db = openDatabase(old.file);
  const before = db.prepare('SELECT * FROM sample ORDER BY sampleNo').all() as Record<string, unknown>[];
  expect(before.length).toBeGreaterThan(0);
  migrate(db, actor);
  const after = db.prepare('SELECT * FROM sample ORDER BY sampleNo').all();
  expect(after).toMatchObject(before);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(() => db.exec('DELETE FROM sample')).toThrow('UNDELETABLE sample');
  expect(verifyStore(db).firstFault).toBeNull();
  db.close();
});

test('a record signed before reads in today’s shape, and its signatures stay valid', () => {
  store = openStore(old.folder, actor);
  const recordNo = String(store.first('SELECT recordNo FROM testRecord')?.['recordNo']);
  const record = readRecord(store, recordNo);
  expect(record.signatures.map(({ meaning, valid }) => [meaning, valid])).toEqual([
    ['test', true],
    ['check', true],
  ]);
  expect(record.sample).toMatchObject({
    edition: 'GB/T 50081-2019',
    spec: '150×150×150 mm',
    properties: { designGrade: 'C30', side_mm: '150', curing: '标准养护' },
  });
  expect(record.result?.parameters[0]).toMatchObject({ name: '抗压强度代表值', unit: 'MPa' });
  expect(record.result?.record[0]?.rows).toHaveLength(3);
  expect(record.readings.filter(({ current }) => current)).toHaveLength(3);
});

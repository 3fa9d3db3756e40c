// A store of before, with a cube record that three people signed and a coded report: after the migration every value is
// there, every signature still answers for what it signed, and the record reads in today's shape.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRecord } from '../../core/records/recordRows.ts';
import { openDatabase } from '../database.ts';
import { migrate } from '../migrate.ts';
import { openStore, type Store } from '../store.ts';
import { verifyStore } from '../verify.ts';

const actor = { actor: '测试', workstation: '测试' };
let folder: string;
let file: string;
let store: Store | null;

beforeEach(() => {
  store = null;
  folder = mkdtempSync(join(tmpdir(), 'jiantai-migration-'));
  file = join(folder, 'jiantai.sqlite');
  const fixture = new URL('../../../tests/fixtures/store-0001.sqlite.gz', import.meta.url);
  writeFileSync(file, gunzipSync(readFileSync(fixture)));
});
afterEach(() => {
  store?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('rows are kept value by value, references hold, and the audit chain verifies', () => {
  const db = openDatabase(file);
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
  store = openStore(folder, actor);
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

// A store of version 3 with a signed record: after the migration its environment is as it was signed, without a source,
// and looking back over a room's minutes uses the primary key.
import { expect, test } from 'vitest';
import { readRecord } from '../../core/records/recordRows.ts';
import { useOldStore } from '../../../tests/support/oldStore.ts';
import { openStore } from '../store.ts';
import { verifyStore } from '../verify.ts';

const actor = { actor: '测试', workstation: '测试' };
const old = useOldStore();

test('a record signed before has the environment it was signed with, and no source; its signatures hold', () => {
  const db = old.openBefore(4);
  const before = db.prepare('SELECT recordNo, temperatureC, humidityPercent FROM testRecord').get() as Record<
    string,
    string
  >;
  db.close();
  const store = openStore(old.folder, actor);
  const record = readRecord(store, before['recordNo'] ?? '');
  expect(record.environment).toEqual({
    temperatureC: before['temperatureC'],
    humidityPercent: before['humidityPercent'],
  });
  expect(record.environmentSource).toBeUndefined();
  expect(record.signatures.length).toBeGreaterThan(0);
  expect(record.signatures.every(({ valid }) => valid)).toBe(true);
  expect(verifyStore(store.database).firstFault).toBeNull();
  store.close();
});

test('the minutes of a room are found by their key', () => {
  const store = openStore(old.folder, actor);
  const plan = (sql: string, ...values: string[]) =>
    store
      .all(`EXPLAIN QUERY PLAN ${sql}`, ...values)
      .map((row) => String(row['detail']))
      .join('; ');
  const range = 'SELECT * FROM climateReading WHERE placeId = ? AND minute BETWEEN ? AND ? ORDER BY minute';
  expect(plan(range, 'lab', 'a', 'b')).toBe(
    'SEARCH climateReading USING PRIMARY KEY (placeId=? AND minute>? AND minute<?)',
  );
  expect(plan('SELECT max(minute) FROM climateReading WHERE placeId = ?', 'lab')).toContain('PRIMARY KEY (placeId=?)');
  expect(
    plan('SELECT max(entityKey) FROM audit WHERE entity = ? AND entityKey BETWEEN ? AND ?', 'climateDay', 'a', 'b'),
  ).toContain('auditByEntity');
  store.close();
});

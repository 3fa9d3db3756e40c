// The indexes of the overview: a store of the version before takes them, nothing else changes, and every count that is asked
// each morning is found through one.
import { expect, test } from 'vitest';
import { useOldStore } from '../../../tests/support/oldStore.ts';
import { openStore } from '../store.ts';
import { verifyStore } from '../verify.ts';

const actor = { actor: '测试', workstation: '测试' };
const old = useOldStore();

test('records stay as they were', () => {
  const db = old.openBefore(12);
  const before = db.prepare<[], Record<string, unknown>>('SELECT * FROM testRecord ORDER BY recordNo').all();
  expect(before.length).toBeGreaterThan(0);
  db.close();
  const store = openStore(old.folder, actor);
  expect(store.all('SELECT * FROM testRecord ORDER BY recordNo')).toEqual(before);
  expect(verifyStore(store.database).firstFault).toBeNull();
  store.close();
});

test.each([
  [`SELECT count(*) FROM task WHERE state IN ('waiting', 'testing') AND dueOn < '2026-11-23'`, 'taskOpen'],
  [`SELECT count(*) FROM testRecord WHERE state = 'tested'`, 'testRecordByState'],
  [`SELECT count(*) FROM report WHERE state IN ('approved', 'submitted')`, 'reportByState'],
  [`SELECT count(*) FROM report WHERE state = 'rejected'`, 'reportByState'],
  [`SELECT * FROM report WHERE codeIssuedAt IS NOT NULL AND codeIssuedAt >= '2026-10-01'`, 'reportByCode'],
  [`SELECT * FROM signature WHERE at >= '2026-10-01'`, 'signatureByTime'],
  [`SELECT * FROM run WHERE startedAt >= '2026-10-01'`, 'runByTime'],
  [`SELECT * FROM commission WHERE receivedAt >= '2026-10-01'`, 'commissionByTime'],
  [`SELECT * FROM testRecord WHERE itemCode = 'HNT-KY' AND testedAt >= '2026-10-01'`, 'testRecordByItem'],
])('%s is found by %s', (sql, index) => {
  const store = openStore(old.folder, actor);
  const plan = store
    .all(`EXPLAIN QUERY PLAN ${sql}`)
    .map((row) => String(row['detail']))
    .join('\n');
  store.close();
  expect(plan).toContain(index);
});

// A store of the version before takes the indexes of a store of years: records stay, what was written before is found, by
// short words, too, and found no longer once it is written anew.
import { expect, test } from 'vitest';
import { useOldStore } from '../../../tests/support/oldStore.ts';
import { search } from '../../core/search.ts';
import { openStore } from '../store.ts';
import { verifyStore } from '../verify.ts';

const actor = { actor: '测试', workstation: '测试' };
const old = useOldStore();
const query = {
  kind: 'commission',
  table: 'commission',
  key: 'commissionNo',
  select: 'SELECT commissionNo FROM commission',
};

test('what was written before is found by its words, and by new words once they change', () => {
  const db = old.openBefore(21);
  const before = db.prepare<[], Record<string, unknown>>('SELECT * FROM testRecord ORDER BY recordNo').all();
  const texts = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM searchText').get()?.n ?? 0;
  expect([before.length, texts].every((n) => n > 0)).toBe(true);
  db.close();

  const store = openStore(old.folder, actor);
  expect(store.all('SELECT * FROM testRecord ORDER BY recordNo')).toEqual(before);
  expect(store.first('SELECT count(*) AS n FROM searchRow')).toEqual({ n: texts });
  const numbers = store.all('SELECT commissionNo FROM commission ORDER BY commissionNo DESC').map((row) => String(row['commissionNo'])); // prettier-ignore
  const found = (text: string): string[] =>
    search(store, query, { text, limit: 50 }).rows.map((row) => String(row['commissionNo']));
  const name = String(store.get('commission', numbers[0] ?? '')?.['projectName']);
  expect(found(name)).toContain(numbers[0]);
  expect(found(name.slice(0, 2))).toContain(numbers[0]);
  // The end of the last word of a text.
  expect(found('00')).toEqual(numbers);
  store.transact(actor, (tx) => {
    for (const no of numbers) tx.update('commission', no, { projectName: '白鹭洲小学' });
  });
  expect(found(name)).toEqual([]);
  expect(found('白鹭')).toEqual(numbers);
  expect(verifyStore(store.database).firstFault).toBeNull();
  store.close();
});

test.each([
  [`SELECT recordNo FROM testRecord WHERE state = 'approved' ORDER BY recordNo DESC LIMIT 51`, 'testRecordByStateNo'],
  [`SELECT recordNo FROM testRecord WHERE commissionNo IN ('a', 'b')`, 'COVERING INDEX testRecordByCommission'],
  [`SELECT contentJson FROM report WHERE code IS NOT NULL AND codedSha256 IS NULL`, 'reportUnmade'],
  [`SELECT max(at) FROM audit`, 'COVERING INDEX auditByTime'],
  [`DELETE FROM searchText WHERE rowid = (SELECT id FROM searchRow WHERE kind = 'report' AND key = 'a')`, 'INDEX 0:='],
])('%s is found by %s', (sql, index) => {
  const store = openStore(old.folder, actor);
  const plan = store.database
    .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all()
    .map(({ detail }) => detail)
    .join('\n');
  store.close();
  expect(plan).toContain(index);
});

// A store of the version before takes retests and supplements; its rows stay, and the links can be neither changed nor deleted.
import { expect, test } from 'vitest';
import { anyRow } from '../../../tests/support/testStore.ts';
import { useOldStore } from '../../../tests/support/oldStore.ts';
import { openStore } from '../store.ts';
import type { TableName } from '../tables.ts';
import { verifyStore } from '../verify.ts';

const actor = { actor: '测试', workstation: '测试' };
const old = useOldStore();
const made: readonly TableName[] = ['retest', 'supplement', 'paperImage', 'paperImageAct'];

test('records and reports stay as they were; retests, supplements and images are evidence', () => {
  const db = old.openBefore(19);
  const rows = (sql: string) => db.prepare<[], Record<string, unknown>>(sql).all();
  const tables = ['task', 'testRecord', 'report', 'signature'];
  const before = tables.map((table) => rows(`SELECT * FROM ${table}`));
  expect(before.every((each) => each.length > 0)).toBe(true);
  db.close();

  const store = openStore(old.folder, actor);
  expect(tables.map((table) => store.all(`SELECT * FROM ${table}`))).toEqual(before);
  store.database.pragma('foreign_keys = OFF');
  store.transact(actor, (tx) => {
    for (const table of made) tx.insert(table, anyRow(store.database, table));
  });
  for (const table of made)
    for (const sql of [`DELETE FROM ${table}`, `UPDATE ${table} SET rowid = rowid + 1`])
      expect(() => store.database.exec(sql), sql).toThrow(/IMMUTABLE/);
  expect(verifyStore(store.database).firstFault).toBeNull();
  const plan = (sql: string) =>
    store.database.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all().map(({ detail }) => detail).join(' '); // prettier-ignore
  expect(plan(`SELECT * FROM retest WHERE firstRecordNo = 'x' ORDER BY begunAt`)).toContain('retestByFirst');
  expect(plan(`SELECT * FROM paperImage WHERE kind = 'x' AND personId IS 'y' ORDER BY enteredAt`)).toContain('paperImageByOwner'); // prettier-ignore
  store.close();
});

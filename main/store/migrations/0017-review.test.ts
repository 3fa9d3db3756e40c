// A store of the version before takes agreements and blind numbers; what is there stays as it was, a blind number can be
// neither changed nor deleted, and what is hidden is found by what is not finished.
import { expect, test } from 'vitest';
import { anyRow } from '../../../tests/support/testStore.ts';
import { useOldStore } from '../../../tests/support/oldStore.ts';
import { openStore } from '../store.ts';
import { verifyStore } from '../verify.ts';

const actor = { actor: '测试', workstation: '测试' };
const old = useOldStore();
const tables = ['testRecord', 'sample', 'task', 'signature', 'report'];

test('records and signatures stay as they were; blind numbers are evidence, agreements are never deleted', () => {
  const db = old.openBefore(17);
  const rows = (table: string) => db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).all();
  const before = tables.map(rows);
  expect(before.every((each) => each.length > 0)).toBe(true);
  db.close();

  const store = openStore(old.folder, actor);
  expect(store.all('SELECT * FROM signature')).toEqual(before[3]);
  const [sample] = store.all('SELECT sampleNo, commissionNo FROM sample');
  store.transact(actor, (tx) => {
    tx.insert('agreement', { ...anyRow(store.database, 'agreement'), personId: 'P004', state: 'agreed' });
    tx.insert('blindSample', { sampleNo: null, commissionNo: null, ...sample, blindNo: 'MYTEST2345', madeAt: 'x' });
    tx.update('agreement', ['P004', String(anyRow(store.database, 'agreement')['entity']), String(anyRow(store.database, 'agreement')['entityKey'])], { state: 'signed' }); // prettier-ignore
  });
  for (const sql of ['DELETE FROM blindSample', `UPDATE blindSample SET blindNo = 'y'`, 'DELETE FROM agreement'])
    expect(() => store.database.exec(sql), sql).toThrow(/IMMUTABLE/);
  expect(verifyStore(store.database).firstFault).toBeNull();
  store.close();
});

test('what is hidden is asked for by an index over unfinished tasks, however many are finished', () => {
  const store = openStore(old.folder, actor);
  const plan = store.database
    .prepare<[], { detail: string }>(
      `EXPLAIN QUERY PLAN SELECT DISTINCT commissionNo FROM task WHERE state NOT IN ('approved', 'void')`,
    )
    .all();
  expect(plan.map(({ detail }) => detail).join()).toContain('taskUnfinished');
  store.close();
});

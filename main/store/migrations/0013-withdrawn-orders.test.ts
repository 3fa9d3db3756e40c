// A store of the version before with entries in its outbox: after the migration they stand as they stood and in their
// order; a withdrawn entry makes room for one of the same key and is never changed again; one order is in force at a time.
import { expect, test } from 'vitest';
import { anyRow } from '../../../tests/support/testStore.ts';
import { useOldStore } from '../../../tests/support/oldStore.ts';
import { openStore } from '../store.ts';
import { verifyStore } from '../verify.ts';

const actor = { actor: '测试', workstation: '测试' };
const old = useOldStore();

test('entries stay as they were, numbers of the queue go on where they were', () => {
  const db = old.openBefore(13);
  const before = db.prepare<[], Record<string, unknown>>('SELECT * FROM outbox ORDER BY seq').all();
  expect(before.length).toBeGreaterThan(3);
  db.close();
  const store = openStore(old.folder, actor);
  expect(store.all('SELECT * FROM outbox ORDER BY seq')).toEqual(before.map((row) => ({ ...row, withdrawnAt: null })));
  const plan = (sql: string): string =>
    (store.database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]).map(({ detail }) => detail).join(); // prettier-ignore
  expect(plan('SELECT * FROM outbox WHERE commissionNo = 1 ORDER BY seq')).toContain('outboxByCommission');
  expect(plan('SELECT max(revision) FROM outbox WHERE kind = 1 AND key = 2')).toContain('outboxByKeyAll');
  expect(() => store.database.exec('DELETE FROM outbox')).toThrow('UNDELETABLE');
  expect(verifyStore(store.database).firstFault).toBeNull();
  store.close();
});

test('a key counts once among what is not withdrawn, and what is withdrawn stays as it is', () => {
  const store = openStore(old.folder, actor);
  const row = store.first(`SELECT * FROM outbox WHERE kind = 'report'`) ?? {};
  const again = { ...row, seq: null, entryId: 'AGAIN', withdrawnAt: null };
  expect(() => store.transact(actor, (tx) => tx.insert('outbox', again))).toThrow(/UNIQUE/);
  store.transact(actor, (tx) => tx.update('outbox', String(row['entryId']), { state: 'parked', withdrawnAt: 1 }));
  store.transact(actor, (tx) => tx.insert('outbox', again));
  const update = (): unknown =>
    store.transact(actor, (tx) => tx.update('outbox', String(row['entryId']), { state: 'pending' }));
  expect(update).toThrow(/STORE_IMMUTABLE/);
  store.close();
});

test('a withdrawal is evidence, and only with it a second order for the same revision is approved', () => {
  const store = openStore(old.folder, actor);
  const report = store.first('SELECT * FROM report') ?? {};
  const order = (changeNo: string) => ({
    ...anyRow(store.database, 'changeOrder'),
    changeNo,
    reportNo: report['reportNo'] ?? '',
    commissionNo: report['commissionNo'] ?? '',
    revision: 2,
    state: 'applied',
  });
  const approve = (changeNo: string): unknown =>
    store.transact(actor, (tx) => tx.update('changeOrder', changeNo, { state: 'approved' }));
  store.transact(actor, (tx) => tx.insert('changeOrder', order('BD1')));
  approve('BD1');
  store.transact(actor, (tx) => tx.insert('changeOrder', order('BD2')));
  expect(() => approve('BD2')).toThrow(/STORE_IMMUTABLE/);
  store.transact(actor, (tx) =>
    tx.insert('changeWithdrawal', { ...anyRow(store.database, 'changeWithdrawal'), changeNo: 'BD1' }),
  );
  approve('BD2');
  for (const sql of ['DELETE FROM changeWithdrawal', `UPDATE changeWithdrawal SET reason = '别的'`])
    expect(() => store.database.exec(sql), sql).toThrow(/changeWithdrawal/);
  expect(verifyStore(store.database).firstFault).toBeNull();
  store.close();
});

// A store of the version before with entries in its outbox: after the migration they stand as they stood, the windows are
// told to ask for the counts, decisions can neither be changed nor deleted, and the ledger is paged through its indexes.
import { expect, test } from 'vitest';
import { ledgerCounts, partSql } from '../../core/provincial/ledger/parts.ts';
import { LedgerRows } from '../../core/provincial/ledger/rows.ts';
import { anyRow } from '../../../tests/support/testStore.ts';
import { useOldStore } from '../../../tests/support/oldStore.ts';
import { openStore } from '../store.ts';
import { verifyStore } from '../verify.ts';

const actor = { actor: '测试', workstation: '测试' };
const old = useOldStore();

test('entries stay as they were and the windows ask for the counts', () => {
  const db = old.openBefore(7);
  const before = db.prepare<[], Record<string, unknown>>('SELECT * FROM outbox ORDER BY seq').all();
  expect(before.length).toBeGreaterThan(3);
  db.close();

  const store = openStore(old.folder, actor);
  const now = before.map((row) => ({ ...row, asideAt: null, settledAt: null, withdrawnAt: null }));
  expect(store.all('SELECT * FROM outbox ORDER BY seq')).toEqual(now);
  expect(store.all(`SELECT key FROM changeFeed WHERE kind = 'ledger'`)).toEqual([{ key: 'now' }]);
  const counts = ledgerCounts(store);
  expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(before.length);
  const { rows } = new LedgerRows(store).page({ part: 'all', text: '', limit: 200 });
  expect(new Set(rows.map(({ entryId }) => entryId))).toEqual(new Set(before.map((row) => row['entryId'])));
  expect(verifyStore(store.database).firstFault).toBeNull();
  store.close();
});

test('what a person decided is evidence', () => {
  const store = openStore(old.folder, actor);
  store.transact(actor, (tx) => tx.insert('outboxMark', anyRow(store.database, 'outboxMark')));
  for (const sql of ['DELETE FROM outboxMark', `UPDATE outboxMark SET reason = '别的'`])
    expect(() => store.database.exec(sql), sql).toThrow(/outboxMark/);
  expect(verifyStore(store.database).firstFault).toBeNull();
  store.close();
});

test('counts and pages are found through the index, never by reading every entry', () => {
  const store = openStore(old.folder, actor);
  const plan = (sql: string) =>
    store
      .all(`EXPLAIN QUERY PLAN ${sql}`)
      .map((row) => String(row['detail']))
      .join('\n');
  const { states, where } = partSql('todo');
  expect(plan(`SELECT seq FROM outbox INDEXED BY outboxByState WHERE ${where} AND state IN (${states ?? ''}) ORDER BY commissionNo DESC, seq LIMIT 100`)).toContain('SEARCH outbox USING INDEX outboxByState (state=?'); // prettier-ignore
  expect(plan(`SELECT count(*) FROM outbox WHERE state = 'accepted'`)).toMatch(/USING COVERING INDEX outboxBy/);
  expect(plan(`SELECT commissionNo FROM commission WHERE platformState <> 'active'`)).toContain('commissionFrozen');
  store.close();
});

// A store of version 4 with a coded report: after the migration its rows and signatures are as they were, nothing of it is
// void or changed; what is decided after issue can be neither altered nor taken back; the questions asked often use an index.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRecord } from '../../core/records/recordRows.ts';
import { useOldStore } from '../../../tests/support/oldStore.ts';
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

test('rows of a store of version 4 are kept; no report is void, changed or revoked by it', () => {
  const db = old.openBefore(5);
  const rows = (table: string) => db.prepare(`SELECT * FROM ${table} ORDER BY 1`).all();
  const before = { report: rows('report'), modification: rows('modification'), signature: rows('signature') };
  expect(before.report.length).toBeGreaterThan(0);
  db.close();
  store = openStore(old.folder, actor);
  for (const [table, old] of Object.entries(before))
    expect(store.all(`SELECT * FROM ${table} ORDER BY 1`)).toMatchObject(old);
  const added = store.all(
    'SELECT changeNo, voidReason, voidedAt, voidedBy, codeRevokedReason, codeRevokedAt FROM report',
  );
  expect(new Set(added.flatMap((row) => Object.values(row)))).toEqual(new Set([null]));
  const record = readRecord(store, String(store.first('SELECT recordNo FROM testRecord')?.['recordNo']));
  expect(record.signatures.length).toBeGreaterThan(0);
  expect(record.signatures.every(({ valid }) => valid)).toBe(true);
  expect(verifyStore(store.database).firstFault).toBeNull();
});

test('what was applied for stays as it was, what was decided is decided, a void is not taken back', () => {
  store = openStore(old.folder, actor);
  const { reportKey = '', reportNo = '', commissionNo = '' } = store.first('SELECT * FROM report LIMIT 1') ?? {};
  const applied = {
    changeNo: 'BD2026-00001',
    reportNo,
    revision: 2,
    commissionNo,
    reason: '更正',
    fieldsJson: '[]',
    evidenceJson: '[]',
    witness: null,
    digest: 'd',
    state: 'applied',
    appliedById: 'P1',
    appliedBy: '甲',
    appliedAt: '2026-11-23T10:00:00.000+08:00',
    decidedById: null,
    decidedBy: null,
    decidedAt: null,
    decision: null,
  };
  const change = (patch: Record<string, string>) => () =>
    store?.transact(actor, (tx) => tx.update('changeOrder', 'BD2026-00001', patch));
  store.transact(actor, (tx) => tx.insert('changeOrder', applied));
  const twice = () =>
    store?.transact(actor, (tx) => tx.insert('changeOrder', { ...applied, changeNo: 'BD2026-00002' }));
  expect(twice).toThrow();
  expect(change({ fieldsJson: '[1]' })).toThrow();
  change({ state: 'approved', decidedBy: '乙' })();
  expect(change({ decidedBy: '丙' })).toThrow();
  expect(() => store?.database.exec('DELETE FROM changeOrder')).toThrow('UNDELETABLE changeOrder');

  const voided = { state: 'void', voidReason: '误发', voidedAt: 'x', voidedBy: '乙' };
  store.transact(actor, (tx) => tx.update('report', reportKey, voided));
  expect(() => store?.transact(actor, (tx) => tx.update('report', reportKey, { state: 'filed' }))).toThrow();
  expect(() => store?.database.exec(`UPDATE report SET voidReason = NULL`)).toThrow('VOID report');

  const original = { reportKey, cause: 'void', openedAt: 'x', copies: 1, returned: null, missingReason: null, broughtBy: null, returnedOn: null, handledById: null, handledBy: null, handledAt: null }; // prettier-ignore
  store.transact(actor, (tx) => tx.insert('originalReturn', original));
  store.transact(actor, (tx) => tx.update('originalReturn', reportKey, { returned: 1, handledAt: 'y' }));
  expect(() => store?.database.exec('UPDATE originalReturn SET returned = 2')).toThrow('CLOSED originalReturn');
  expect(store.get('originalReturn', reportKey)).toMatchObject({ returned: 1 });
});

test('revisions of a number, orders, open originals and the handling of a line are found by an index', () => {
  store = openStore(old.folder, actor);
  const plan = (sql: string, ...values: (string | number)[]) =>
    (store?.all(`EXPLAIN QUERY PLAN ${sql}`, ...values) ?? []).map((row) => String(row['detail'])).join('; ');
  expect(plan('SELECT * FROM report WHERE reportNo = ? AND revision > ?', 'a', 1)).toContain('USING INDEX');
  expect(plan('SELECT * FROM changeOrder WHERE reportNo = ? ORDER BY changeNo', 'a')).toContain('changeOrder');
  expect(plan('SELECT 1 FROM changeOrder WHERE reportNo = ? AND revision = ?', 'a', 2)).toContain(
    'changeOrderByReport',
  );
  expect(plan('SELECT * FROM originalReturn WHERE handledAt IS NULL ORDER BY openedAt')).toContain(
    'originalReturnOpen',
  );
  expect(plan('SELECT 1 FROM unqualified WHERE recordNo = ?', 'a')).toContain('unqualifiedByRecord');
  expect(plan('SELECT * FROM unqualifiedHandling WHERE ledgerNo = ? ORDER BY at', 'a')).toContain('unqualifiedHandlingByLedger'); // prettier-ignore
  expect(plan('SELECT reportKey FROM reportRecord WHERE recordNo = ?', 'a')).toContain('reportRecordByRecord');
});

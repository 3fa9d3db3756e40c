// A change order that the platform refused held its commission for ever: no corrected one could be queued for the same
// revision. It can be withdrawn, unless the platform may have it, and the corrected one goes through.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { samplePath } from '../../../shared/afterIssue/fields.ts';
import { eventually } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import type { TrainingPlatform } from '../../../sync/training/platform.ts';
import { verifyStore } from '../../store/verify.ts';
import { LedgerRows } from '../provincial/ledger/rows.ts';
import { SqliteSyncStore } from '../provincial/syncStore.ts';
import { verifyAll } from '../verifyAll.ts';
import { applied, approvedChange, issued, reportRow, signedByThree, untilState, verified, type Issued } from './issued.test-helper.ts'; // prettier-ignore

let lab: TestCore;
let platform: TrainingPlatform;
let rule: number | null = null;
beforeAll(async () => {
  lab = await openTestCore();
  if (!lab.core.platform) throw new Error('no platform');
  platform = lab.core.platform;
});
afterAll(() => lab.stop());
beforeEach(() => {
  if (rule !== null) platform.supervisor.removeRule(rule, '练习');
  rule = null;
});

const refuseOrders = (): void => {
  const input = { kind: 'change-order', verdict: 'refuse', code: 'VALIDATION', message: '证明材料缺公章', times: -1 } as const; // prettier-ignore
  rule = platform.supervisor.addRule(input, '练习');
};
const field = (one: Issued, newValue = '四层 ②～⑤轴 梁板') => ({ field: samplePath(one.sampleNo, 'structurePart'), newValue }); // prettier-ignore
const entries = (changeNo: string) =>
  lab.store.all(`SELECT * FROM outbox WHERE kind = 'change-order' AND json_extract(payload, '$.changeNo') = ?`, changeNo); // prettier-ignore
const refused = (changeNo: string) =>
  eventually(() => (entries(changeNo)[0]?.['state'] === 'rejected' ? true : null), 30_000);
const withdraw = async (changeNo: string, reason = '证明材料另补') =>
  (await lab.as('pizhun')).call('changes.withdraw', { changeNo, reason });
const history = async (reportNo: string) => (await lab.as('zhiliang')).call('reports.history', { reportNo });
const open = (commissionNo: string) =>
  lab.store.all(
    `SELECT kind, revision FROM outbox WHERE commissionNo = ? AND state <> 'accepted' AND settledAt IS NULL`,
    commissionNo,
  );

test('a refused order held its commission: withdrawn, then a corrected one for the same revision goes through', async () => {
  const one = await issued(lab);
  const before = lab.store.get('sample', one.sampleNo)?.['structurePart'];
  refuseOrders();
  const wrong = await applied(lab, one.reportNo, [field(one), { field: 'clientUnit', newValue: '云岭城建集团' }]);
  await approvedChange(lab, wrong);
  await refused(wrong.changeNo);
  expect(open(one.commissionNo).length).toBeGreaterThan(1);
  expect((await history(one.reportNo)).refusedOrder).toMatchObject({
    changeNo: wrong.changeNo,
    platformWords: expect.stringContaining('证明材料缺公章'),
    mayWithdraw: null,
  });
  const stranger = (await lab.as('jiance')).call('changes.withdraw', { changeNo: wrong.changeNo, reason: '试' });
  expect((await refusalOf(stranger)).code).toBe('PERMISSION_DENIED');

  await withdraw(wrong.changeNo);
  expect(lab.store.get('sample', one.sampleNo)?.['structurePart']).toBe(before);
  expect(await history(one.reportNo)).toMatchObject({
    mayChange: null,
    refusedOrder: null,
    withdrawals: [{ changeNo: wrong.changeNo, reason: '证明材料另补', platformWords: 'VALIDATION 证明材料缺公章' }],
  });
  // The revision in force is printed again; what was withdrawn is in the ledger with the platform's words, for ever.
  const print = (await lab.as('zhiliang')).call('reports.print', { reports: [{ reportNo: one.reportNo, revision: 1 }], purpose: 'print' }); // prettier-ignore
  expect((await print).files).toHaveLength(1);
  const [entry] = entries(wrong.changeNo);
  expect(new LedgerRows(lab.store).one(String(entry?.['entryId']))).toMatchObject({
    standing: 'withdrawn',
    platformMessage: '证明材料缺公章',
  });
  expect((await refusalOf(() => lab.core.link.retry(String(entry?.['entryId'])))).code).toBe('SYNC_NOTHING_TO_RETRY');
  const back = (await lab.as('zhiliang')).call('sync.putBack', { entryId: String(entry?.['entryId']), reason: '再试' });
  expect((await refusalOf(back)).code).toBe('SYNC_NOT_POSSIBLE');
  expect(() => lab.store.database.exec(`UPDATE outbox SET state = 'pending' WHERE kind = 'change-order'`)).toThrow('WITHDRAWN'); // prettier-ignore
  expect((await refusalOf(withdraw(wrong.changeNo))).code).toBe('CHANGE_WITHDRAWN');

  platform.supervisor.removeRule(rule ?? 0, '练习');
  rule = null;
  const right = await applied(lab, one.reportNo, [field(one, '五层 梁板')]);
  expect(right.revision).toBe(2);
  await approvedChange(lab, right);
  await signedByThree(lab, one.reportNo, 2);
  await untilState(lab, one.reportNo, 2, 'filed');
  await eventually(() => (open(one.commissionNo).length === 0 ? true : null));
  expect([await verified(lab, one.reportNo, 1), await verified(lab, one.reportNo, 2)]).toEqual(['replaced', 'valid']);
  expect(reportRow(lab, one.reportNo, 2)?.['changeNo']).toBe(right.changeNo);
  expect(lab.store.get('commission', one.commissionNo)?.['clientUnit']).not.toBe('云岭城建集团');
  expect(await verifyAll(lab.store, lab.context.files)).toMatchObject({ firstFault: null });
  expect(verifyStore(lab.store.database).firstFault).toBeNull();
});

test('signed by three before the refusal was known: the approval is taken back and given anew', async () => {
  const one = await issued(lab);
  refuseOrders();
  await lab.core.link.stop();
  const wrong = await applied(lab, one.reportNo, [field(one)]);
  await approvedChange(lab, wrong);
  await signedByThree(lab, one.reportNo, 2);
  expect(reportRow(lab, one.reportNo, 2)?.['state']).toBe('approved');
  await lab.core.link.start();
  await refused(wrong.changeNo);
  await withdraw(wrong.changeNo);
  expect(await verifyAll(lab.store, lab.context.files)).toMatchObject({ firstFault: null });
  platform.supervisor.removeRule(rule ?? 0, '练习');
  rule = null;
  await approvedChange(lab, await applied(lab, one.reportNo, [field(one, '六层 板')]));
  expect(await verifyAll(lab.store, lab.context.files)).toMatchObject({ firstFault: null });
  await signedByThree(lab, one.reportNo, 2);
  await untilState(lab, one.reportNo, 2, 'filed');
  const signatures = lab.store.all(`SELECT 1 FROM signature WHERE entityKey = ? AND meaning = 'approve'`, `${one.reportNo}#2`); // prettier-ignore
  expect(signatures).toHaveLength(2);
  expect(await verifyAll(lab.store, lab.context.files)).toMatchObject({ firstFault: null });
  expect(platform.codes().filter(({ reportNo }) => reportNo === one.reportNo)).toHaveLength(2);
});

test('an order that the platform may have, or has, is not withdrawn', async () => {
  const one = await issued(lab);
  await lab.core.link.stop();
  const order = await applied(lab, one.reportNo, [field(one)]);
  expect((await refusalOf(withdraw(order.changeNo))).code).toBe('CHANGE_NOT_APPROVED');
  await approvedChange(lab, order);
  const store = new SqliteSyncStore(lab.context, () => undefined);
  const [entry] = entries(order.changeNo);
  store.markSending([String(entry?.['entryId'])], null, Date.now());
  expect((await refusalOf(withdraw(order.changeNo))).code).toBe('CHANGE_OUTCOME_UNKNOWN');
  store.recoverInterrupted(Date.now());
  expect(entries(order.changeNo)[0]?.['state']).toBe('unknown');
  expect((await refusalOf(withdraw(order.changeNo))).code).toBe('CHANGE_OUTCOME_UNKNOWN');
  expect(lab.store.get('sample', one.sampleNo)?.['structurePart']).toBe('四层 ②～⑤轴 梁板');
  await lab.core.link.start();
  await eventually(() => (entries(order.changeNo)[0]?.['state'] === 'accepted' ? true : null), 30_000);
  expect((await refusalOf(withdraw(order.changeNo))).code).toBe('CHANGE_ACCEPTED');
  await signedByThree(lab, one.reportNo, 2);
  await untilState(lab, one.reportNo, 2, 'filed');
});

test('an order that never left is withdrawn, and nothing of it ever reaches the platform', async () => {
  const one = await issued(lab);
  await lab.core.link.stop();
  const order = await applied(lab, one.reportNo, [field(one)]);
  await approvedChange(lab, order);
  await withdraw(order.changeNo, '委托方撤销变更');
  await lab.core.link.start();
  await eventually(() => (open(one.commissionNo).length === 0 ? true : null), 30_000);
  const tried = lab.store.first('SELECT count(*) AS n FROM outboxAttempt WHERE entryId = ?', entries(order.changeNo)[0]?.['entryId'] ?? ''); // prettier-ignore
  expect(tried?.['n']).toBe(0);
  expect(await verified(lab, one.reportNo, 1)).toBe('valid');
});

// Void: who may, what it ends, that the number stays and is not used again, what becomes of the records, and the paper
// originals that are to come back. Revoked codes and unqualified reports beside it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '../../../shared/entities/scalars.ts';
import { approve, eventually, reportOf, signCheck, signTest, testedGroup, today } from '../../../tests/support/mainJob.ts'; // prettier-ignore
import { countsOf, openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { denseText, missingTools } from '../../reports/pdf-tools.test-helper.ts';
import { verifyAll } from '../verifyAll.ts';
import { applied, approvedChange, issued, lastSeq, queued, reportRow, signedByThree, untilState, verified } from './issued.test-helper.ts'; // prettier-ignore

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

const makeVoid = async (reportNo: string, reason = '委托单位撤回委托') =>
  (await lab.as('zhiliang')).call('reports.void', { reportNo, reason, password: lab.password });
const print = async (...reportNos: string[]) =>
  (await lab.as('zhiliang')).call('reports.print', {
    reports: reportNos.map((reportNo) => ({ reportNo, revision: 1 })),
    purpose: 'print',
  });
const history = async (reportNo: string) => (await lab.as('pizhun')).call('reports.history', { reportNo });

test('void with reason and password: the code verifies as void, printing stops, the number is kept, the originals are asked for', async () => {
  const one = await issued(lab);
  const other = await issued(lab);
  await print(one.reportNo);
  await print(one.reportNo);
  const before = lastSeq(lab);
  const seat = await lab.as('zhiliang');
  const wrong = seat.call('reports.void', { reportNo: one.reportNo, reason: '误发', password: 'not-mine-1' });
  expect((await refusalOf(wrong)).code).toBe('SIGN_IN_REFUSED');
  const stranger = (await lab.as('pizhun')).call('reports.void', {
    reportNo: one.reportNo,
    reason: '误发',
    password: lab.password,
  });
  expect((await refusalOf(stranger)).code).toBe('PERMISSION_DENIED');
  expect(reportRow(lab, one.reportNo, 1)?.['state']).toBe('filed');

  await makeVoid(one.reportNo);
  expect(queued(lab, one.commissionNo, before)).toEqual(['void 1']);
  expect(lab.store.get('numberIssued', one.reportNo)?.['voidReason']).toBe('委托单位撤回委托');
  await eventually(() =>
    lab.store.first(`SELECT 1 FROM outbox WHERE kind = 'void' AND state = 'accepted'`) ? true : null,
  );
  expect(await verified(lab, one.reportNo, 1)).toBe('void');
  // One in a batch stops the batch, and nothing is logged as printed.
  const prints = countsOf(lab.store)['printLog'];
  const refused = await refusalOf(print(other.reportNo, one.reportNo));
  expect(refused).toMatchObject({ code: 'REPORT_NOT_PRINTABLE' });
  expect(refused.message).toContain(`${one.reportNo} 第 1 版已作废：委托单位撤回委托`);
  expect(countsOf(lab.store)['printLog']).toBe(prints);
  expect((await refusalOf(makeVoid(one.reportNo))).code).toBe('REPORT_VOID');
  const shown = await seat.call('reports.preview', { reportNo: one.reportNo, revision: 1 });
  expect(shown.coded).toBe(true);
  if (missingTools === null) expect(denseText(Buffer.from(shown.pdfBase64, 'base64'))).toContain('废');

  const [line] = (await seat.call('originals.list', { open: true })).rows;
  expect(line).toMatchObject({ reportNo: one.reportNo, cause: 'void', copies: 2, handledAt: null });
  const close = (input: object) =>
    seat.call('originals.close', {
      reportNo: one.reportNo,
      revision: 1,
      returned: 2,
      returnedOn: today(),
      broughtBy: '周立',
      ...input,
    });
  expect((await refusalOf(close({ returned: 1 }))).details?.[0]?.field).toBe('missingReason');
  expect((await refusalOf(close({ broughtBy: '' }))).details?.[0]?.field).toBe('broughtBy');
  expect((await refusalOf(close({ returnedOn: addDays(today(), 1) }))).details?.[0]?.field).toBe('returnedOn');
  const closed = await close({ returned: 1, missingReason: '一份由施工单位遗失，已声明作废' });
  expect(closed).toMatchObject({ returned: 1, handledBy: '谭敏仪', broughtBy: '周立' });
  expect((await refusalOf(close({}))).code).toBe('ORIGINAL_INVALID');
  expect((await seat.call('originals.list', { open: true })).rows).toEqual([]);

  // The records stay signed and closed; a report under another number may be made of them, once.
  const record = await seat.call('records.get', { recordNo: one.recordNo });
  expect(record).toMatchObject({ state: 'approved' });
  expect(record.signatures.every(({ valid }) => valid)).toBe(true);
  expect((await history(one.reportNo)).mayMakeAgain).toBe(true);
  const { reportNo } = await seat.call('reports.makeAgain', { reportNo: one.reportNo });
  expect(reportNo).not.toBe(one.reportNo);
  expect((await refusalOf(seat.call('reports.makeAgain', { reportNo: one.reportNo }))).code).toBe('REPORT_NOT_VOID');
  expect(await history(one.reportNo)).toMatchObject({ madeAgainAs: reportNo, mayMakeAgain: false });
  const back = (await lab.as('pizhun')).call('reports.return', { reportNo, revision: 1, reason: '数据需复核' });
  expect((await refusalOf(back)).code).toBe('RECORDS_CLOSED');
  expect(await approve(lab, one.recordNo)).toBe(reportNo);
  await untilState(lab, reportNo, 1, 'filed');
  expect(await verified(lab, reportNo, 1)).toBe('valid');
  expect(await verifyAll(lab.store, lab.context.files)).toMatchObject({ firstFault: null });
});

test('all revisions become void together, one that waits for its signatures too', async () => {
  const one = await issued(lab);
  await approvedChange(lab, await applied(lab, one.reportNo, [{ field: 'samplerName', newValue: '周力' }]));
  await signedByThree(lab, one.reportNo, 2);
  await untilState(lab, one.reportNo, 2, 'filed');
  await approvedChange(lab, await applied(lab, one.reportNo, [{ field: 'samplerName', newValue: '周莉' }]));
  await makeVoid(one.reportNo);
  expect((await history(one.reportNo)).revisions.map(({ standing }) => standing)).toEqual(['void', 'void', 'void']);
  await eventually(() =>
    lab.store.first(`SELECT 1 FROM outbox WHERE kind = 'void' AND key = ? AND state = 'accepted'`, one.reportNo)
      ? true
      : null,
  );
  expect([await verified(lab, one.reportNo, 1), await verified(lab, one.reportNo, 2)]).toEqual(['void', 'void']);
  const open = (await (await lab.as('zhiliang')).call('originals.list', { open: true })).rows;
  expect(open.filter(({ reportNo }) => reportNo === one.reportNo).map(({ revision, cause }) => `${revision} ${cause}`).toSorted()).toEqual(['1 replaced', '2 replaced']); // prettier-ignore
});

test('a code that comes when the report is void already is kept and brings nothing back', async () => {
  const { record } = await testedGroup(lab);
  await signTest(lab, record.recordNo);
  await signCheck(lab, record.recordNo);
  const { reportNo } = reportOf(lab, record.recordNo);
  expect((await refusalOf(makeVoid(reportNo))).code).toBe('REPORT_NOT_ISSUED');
  await lab.core.link.stop();
  await approve(lab, record.recordNo);
  await makeVoid(reportNo, '误发');
  await lab.core.link.start();
  await eventually(() => (lab.store.first(`SELECT 1 FROM outbox WHERE kind = 'void' AND key = ? AND state = 'accepted'`, reportNo) ? true : null), 30_000); // prettier-ignore
  const row = reportRow(lab, reportNo, 1);
  expect(row).toMatchObject({ state: 'void' });
  expect(row?.['code']).not.toBeNull();
  expect(await verified(lab, reportNo, 1)).toBe('void');
  expect((await refusalOf(print(reportNo))).code).toBe('REPORT_NOT_PRINTABLE');
});

test('a revoked code is said on the report, stops printing, and is not mended by a change order', async () => {
  const one = await issued(lab);
  const code = String(reportRow(lab, one.reportNo, 1)?.['code']);
  const event = {
    id: 'e900',
    type: 'code.revoked' as const,
    subject: code,
    at: '2026-11-23T10:00:00.000+08:00',
    text: '抽查不符',
  };
  const { applyEvent } = await import('../provincial/supervision.ts');
  const actor = { actor: '测试', workstation: '测试' };
  lab.store.transact(actor, (tx) => applyEvent(tx, event));
  lab.store.transact(actor, (tx) => applyEvent(tx, { ...event, id: 'e901', text: '再说一次' }));
  expect((await refusalOf(print(one.reportNo))).message).toContain('标识码已被监管平台撤销：抽查不符');
  const { revisions, mayChange } = await history(one.reportNo);
  expect(revisions[0]).toMatchObject({ standing: 'revoked', revokedReason: '抽查不符', state: 'filed' });
  expect(mayChange?.code).toBe('REPORT_REVOKED');
  const notices = lab.store.all(
    `SELECT text FROM notice WHERE subjectKind = 'report' AND subjectKey = ?`,
    one.reportNo,
  );
  expect(notices).toEqual([{ text: expect.stringContaining('抽查不符') }]);
});

test('a locked commission takes neither change nor void; a void one prints nothing', async () => {
  const one = await issued(lab);
  const { freeze, unfreeze } = await import('../provincial/supervision.ts');
  const actor = { actor: '测试', workstation: '测试' };
  lab.store.transact(actor, (tx) => freeze(tx, one.commissionNo, 'locked', '核查中'));
  expect((await refusalOf(makeVoid(one.reportNo))).code).toBe('COMMISSION_FROZEN');
  expect((await refusalOf(applied(lab, one.reportNo, [{ field: 'samplerName', newValue: '周力' }]))).code).toBe(
    'COMMISSION_FROZEN',
  );
  expect((await print(one.reportNo)).files).toHaveLength(1);
  lab.store.transact(actor, (tx) => unfreeze(tx, one.commissionNo));
  lab.store.transact(actor, (tx) => freeze(tx, one.commissionNo, 'voided', '虚假委托'));
  expect((await refusalOf(print(one.reportNo))).message).toContain('虚假委托');
});

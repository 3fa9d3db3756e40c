// A platform that takes no change orders, no voids, no notices and no registrations (the exchange tables): nothing is queued
// for it that it can never take, and people are told what to do instead.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { programActor } from '../context.ts';
import { samplePath } from '../../../shared/afterIssue/fields.ts';
import { signTest, testedGroup } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { applied, issued, lastSeq, type Issued } from './issued.test-helper.ts';
import { listUnqualified } from './unqualified.ts';
import { unqualifiedCsv } from './unqualifiedCsv.ts';

let lab: TestCore;
let one: Issued;
let pending: string;
const set = (profile: string): void =>
  lab.store.transact(programActor('测试'), (tx) =>
    tx.put('setting', { key: 'platformProfile', value: profile }, '测试'),
  );
beforeAll(async () => {
  lab = await openTestCore();
  one = await issued(lab);
  pending = (await applied(lab, one.reportNo, [field('四层 梁板')])).changeNo;
  await lab.core.link.stop();
  set('exchange-tables');
});
afterAll(() => lab.stop());
const field = (newValue: string) => ({ field: samplePath(one.sampleNo, 'structurePart'), newValue });
const newest = (kind: string) => lab.store.first('SELECT * FROM outbox WHERE kind = ? ORDER BY seq DESC LIMIT 1', kind);

test('a change order that its platform can never take is not begun, nor approved where it was applied for before', async () => {
  const before = lastSeq(lab);
  const again = await refusalOf(applied(lab, one.reportNo, [field('五层 梁板')]));
  expect(again).toMatchObject({ code: 'PLATFORM_TAKES_NO_CHANGES' });
  expect(`${again.message}${again.next}`).toContain('本平台不接收变更单');
  expect(again.next).toContain('用原记录另出新编号的报告');
  const order = lab.store.get('changeOrder', pending);
  const approve = (await lab.as('pizhun')).call('changes.approve', { changeNo: pending, digest: String(order?.['digest']), password: lab.password }); // prettier-ignore
  expect((await refusalOf(approve)).code).toBe('PLATFORM_TAKES_NO_CHANGES');
  expect(lastSeq(lab)).toBe(before);
});

test('people and machines are entered on the platform’s own page', async () => {
  const seat = await lab.as('zhiliang');
  const entering = seat.call('registrations.person', { intent: 'create', localId: 'RY-77', name: '陈晓', certificateNo: '粤建检 77', state: 'active', reason: '入职' }); // prettier-ignore
  const refused = await refusalOf(entering);
  expect(refused).toMatchObject({
    code: 'PLATFORM_IS_MASTER',
    message: expect.stringContaining('本平台不接收人员登记'),
  });
  expect(refused.next).toContain('请在平台网页上登记');
  expect(refused.next).toContain('更新基础数据');
});

test('an unqualified result has no entry that nobody takes; who reported it otherwise states it, in time or late', async () => {
  const { record } = await testedGroup(lab, { loads: ['560.00', '566.00', '571.00'] });
  const before = lab.store.first(`SELECT count(*) AS n FROM outbox WHERE kind = 'unqualified-notice'`);
  await signTest(lab, record.recordNo);
  expect(lab.store.first(`SELECT count(*) AS n FROM outbox WHERE kind = 'unqualified-notice'`)).toEqual(before);
  const list = () => listUnqualified(lab.context, { part: 'all', text: '', limit: 10 });
  const [row] = list().rows;
  expect(row).toMatchObject({
    sending: 'due',
    notice: null,
    reportOtherwise: expect.stringContaining('在时限内上报') as string,
  });
  const seat = await lab.as('zhiliang');
  const told = await seat.call('unqualified.handle', { ledgerNo: row?.ledgerNo ?? '', how: 'reported', text: '电话及书面报区质监站黄工' }); // prettier-ignore
  expect(told).toMatchObject({ sending: 'sent', reportOtherwise: null, closed: false });
  const late = { ...lab.context, now: () => new Date(Date.now() + 30 * 3_600_000) };
  expect(listUnqualified(late, { part: 'overdue', text: '', limit: 10 }).rows).toEqual([]);
  expect(unqualifiedCsv(list().rows)).toContain('已另行上报：电话及书面报区质监站黄工');
});

test('a void is made here and the person is told to tell the authority', async () => {
  await (await lab.as('zhiliang')).call('reports.void', { reportNo: one.reportNo, reason: '委托方撤回', password: lab.password }); // prettier-ignore
  expect(newest('void')).toBeUndefined();
  const notice = lab.store.first(`SELECT text FROM notice WHERE text LIKE '%已作废%' ORDER BY noticeId DESC`);
  expect(notice?.['text']).toContain('本平台不接收报告的作废，请按主管部门规定的其他方式告知监督机构。');
  expect((await (await lab.as('zhiliang')).call('reports.makeAgain', { reportNo: one.reportNo })).reportNo).not.toBe(
    '',
  );
});

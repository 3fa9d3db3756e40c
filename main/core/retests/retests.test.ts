// 复检 through the core with the embedded platform: begun from an unqualified result with everything taken over, linked both
// ways, witnessed where the first was, by the standard's rule or by a person's decision; the first report stays as it is.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { denseText } from '../../reports/pdf-tools.test-helper.ts';
import { countsOf, openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { eventually, openAt, press, signCheck, signTest, testedGroup } from '../../../tests/support/mainJob.ts';
import { issued, reportRow, verified } from '../afterIssue/issued.test-helper.ts';
import { listUnqualified } from '../afterIssue/unqualified.ts';
import {
  broken,
  firstJoints,
  good,
  pulled,
  reported,
  retestInput,
  taskOf,
  type FirstTest,
} from './retests.test-helper.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

const six = (one: typeof good) => Array.from({ length: 6 }, () => one);
const payloads = (kind: string, key: string) =>
  JSON.parse(String(lab.store.first('SELECT payload FROM outbox WHERE kind = ? AND key = ?', kind, key)?.['payload']));
const frozen = (reportNo: string) => {
  const row = reportRow(lab, reportNo, 1);
  return [row?.['contentJson'], row?.['contentSha256'], row?.['codedSha256'], row?.['code'], row?.['state']];
};

describe('by the rule of the standard', () => {
  let first: FirstTest;
  let before: unknown[];
  beforeAll(async () => {
    first = await firstJoints(lab, [good, good, broken]);
    before = frozen(first.reportNo);
  });

  test('the form says the rule, its clause and the number of specimens', async () => {
    const form = await (await lab.as('shouyang')).call('retests.form', { recordNo: first.recordNo });
    expect(form).toMatchObject({ reportNo: first.reportNo, witnessed: true, refusal: null, mayDecide: false });
    expect(form.parameters).toMatchObject([
      { code: 'KL', verdict: 'retest', standing: 'rule', clause: 'JGJ 18-2012 5.1.7' },
    ]);
    expect(form.counts).toEqual([{ label: '拉伸试件', first: 3, again: 6 }]);
    expect(form.platformSays).toContain('没有复检的字段');
  });

  test('without the witness of this sampling nothing is begun, nor by who may not', async () => {
    const counts = countsOf(lab.store);
    const seat = await lab.as('shouyang');
    const refused = await refusalOf(seat.call('retests.begin', retestInput(first.recordNo, { witnessName: '' })));
    expect([refused.code, refused.message]).toEqual(['RETEST_WITNESS', expect.stringContaining('见证人')]);
    const stranger = (await lab.as('jiance')).call('retests.begin', retestInput(first.recordNo));
    expect((await refusalOf(stranger)).code).toBe('PERMISSION_DENIED');
    const other = await refusalOf(seat.call('retests.begin', retestInput(first.recordNo, { parameterCodes: ['WQ'] })));
    expect(other.code).toBe('RETEST_PARAMETER');
    expect(countsOf(lab.store)).toEqual(counts);
  });

  test('unqualified → retest → qualified: linked both ways, the first report as it was', async () => {
    const seat = await lab.as('shouyang');
    const commission = await seat.call('retests.begin', retestInput(first.recordNo));
    const [sample] = commission.samples;
    expect(commission).toMatchObject({ projectId: 'G001', testCategory: '见证取样', witnessName: '何静' });
    expect(sample).toMatchObject({
      itemCode: 'GJ-HJ',
      grade: 'HRB400',
      batchNo: 'HJ-17',
      representedQuantity: '300 个接头',
      properties: { round: 'retest', initialRecordNo: first.recordNo },
    });
    const twice = await refusalOf(seat.call('retests.begin', retestInput(first.recordNo)));
    expect([twice.code, twice.message]).toEqual(['RETEST_BEGUN', expect.stringContaining(commission.commissionNo)]);

    const recordNo = await pulled(lab, taskOf(lab, commission), six(good));
    const reportNo = await reported(lab, recordNo);
    expect(frozen(first.reportNo)).toEqual(before);

    const about = await seat.call('retests.related', { reportNo: first.reportNo });
    expect(about.retests).toMatchObject([
      { commissionNo: commission.commissionNo, recordNo, reportNo, state: 'approved', verdict: 'qualified', basis: 'rule', quantity: '拉伸试件 6 个（首次 3 个）' }, // prettier-ignore
    ]);
    const own = await seat.call('retests.related', { reportNo });
    expect(own.retestOf).toMatchObject([{ firstRecordNo: first.recordNo, firstReportNo: first.reportNo }]);

    const row = reportRow(lab, reportNo, 1);
    expect(row?.['title']).toBe('钢筋焊接接头检测报告（复检）');
    const paper = denseText(lab.context.files.read(String(row?.['codedSha256']), 'pdf'));
    for (const words of [
      first.reportNo,
      first.recordNo,
      'JGJ18-20125.1.7',
      '拉伸试件6个（首次3个）',
      '本报告不代替首次报告',
    ])
      expect(paper).toContain(words);
    expect(await verified(lab, reportNo, 1)).toBe('valid');
    expect(await verified(lab, first.reportNo, 1)).toBe('valid');
    // The wire has no field for it: the title says it, and nothing is invented.
    expect(payloads('report', reportNo)).toMatchObject({ title: '钢筋焊接接头检测报告（复检）', conclusion: 1 });
    expect(JSON.stringify(Object.keys(payloads('report', reportNo)))).not.toMatch(/retest/i);
    expect(payloads('test-record', recordNo)).toMatchObject({ readings: { properties: { round: 'retest' } } });
  });

  test('a retest that fails is a line of the ledger that names the first; there is no third time by the rule', async () => {
    const again = await firstJoints(lab, [good, good, broken]);
    const seat = await lab.as('shouyang');
    const commission = await seat.call('retests.begin', retestInput(again.recordNo));
    const recordNo = await pulled(lab, taskOf(lab, commission), [...six(good).slice(1), broken]);
    const reportNo = await reported(lab, recordNo);
    const [line] = listUnqualified(lab.context, { part: 'all', text: recordNo, limit: 5 }).rows;
    expect(line?.retestOf).toMatchObject({
      firstRecordNo: again.recordNo,
      firstReportNo: again.reportNo,
      verdict: 'unqualified',
    });
    expect(line?.retestOf?.firstResults).toMatchObject([{ verdict: 'retest' }]);
    const form = await seat.call('retests.form', { recordNo });
    expect(form.parameters).toMatchObject([{ standing: 'none', says: expect.stringContaining('不再规定复检') }]);
    const refused = await refusalOf(seat.call('retests.begin', retestInput(recordNo)));
    expect([refused.code, refused.next]).toEqual(['RETEST_NEEDS_DECISION', expect.stringContaining('质量负责人')]);
    const voided = (await lab.as('zhiliang')).call('reports.void', {
      reportNo,
      reason: '误发',
      password: lab.password,
    });
    expect((await refusalOf(voided)).code).toBe('REPORT_UNQUALIFIED');
  });
});

describe('where the program knows no rule', () => {
  test('a person decides with a reason, which the report prints; the ledger row shows how it came out', async () => {
    const low = await issued(lab, { loads: ['560.00', '566.00', '571.00'] });
    const reception = await lab.as('shouyang');
    const given = retestInput(low.recordNo, { parameterCodes: ['KY'], sampleState: '备用试件一组，完好' });
    expect((await refusalOf(reception.call('retests.begin', given))).code).toBe('RETEST_NEEDS_DECISION');
    const seat = await lab.as('zhiliang');
    const form = await seat.call('retests.form', { recordNo: low.recordNo });
    expect([form.mayDecide, form.parameters[0]?.standing, form.aged]).toEqual([true, 'unknown', true]);
    expect((await refusalOf(seat.call('retests.begin', given))).code).toBe('RETEST_REASON');
    const reason = '监督站 2026-118 号通知：以同批备用试件复检';
    const commission = await seat.call('retests.begin', { ...given, reason });
    const task = taskOf(lab, commission);
    const technician = await lab.as('jiance');
    const recordNo = openAt(lab, technician, task);
    for (const [index, load] of ['765.00', '772.00', '780.00'].entries())
      await press(lab, technician, recordNo, index + 1, load);
    await technician.call('bench.environment', {
      recordNo,
      environment: { temperatureC: '20.5', humidityPercent: '62' },
    });
    const line = () => listUnqualified(lab.context, { part: 'all', text: low.recordNo, limit: 5 }).rows[0];
    expect(line()?.retests).toMatchObject([{ state: 'testing', verdict: null, basis: 'decision', reason }]);
    await signTest(lab, recordNo);
    expect(line()?.retests).toMatchObject([{ state: 'tested', recordNo }]);
    const reportNo = await reported(lab, recordNo);
    expect(line()?.retests).toMatchObject([{ state: 'approved', reportNo }]);
    const paper = denseText(lab.context.files.read(String(reportRow(lab, reportNo, 1)?.['codedSha256']), 'pdf'));
    expect(paper).toContain('标准没有规定这一复检，由谭敏仪决定：监督站2026-118号通知');
    const { text } = await seat.call('unqualified.export', { part: 'all' });
    expect(text).toContain(`委托 ${commission.commissionNo}`);
    expect(text).toContain(`报告 ${reportNo}，已批准`);
  });
});

test('nothing is begun of a result that may still change, or that is good', async () => {
  const { record } = await testedGroup(lab, { loads: ['560.00', '566.00', '571.00'] });
  await signTest(lab, record.recordNo);
  const seat = await lab.as('zhiliang');
  const given = retestInput(record.recordNo, { parameterCodes: ['KY'], reason: '同批备用' });
  expect((await refusalOf(seat.call('retests.begin', given))).code).toBe('FIRST_NOT_APPROVED');
  await signCheck(lab, record.recordNo);
  expect((await refusalOf(seat.call('retests.begin', given))).code).toBe('FIRST_NOT_APPROVED');
  const sound = await firstJoints(lab, [good, good, good]);
  expect((await refusalOf(seat.call('retests.begin', retestInput(sound.recordNo)))).code).toBe('RETEST_NOT_NEEDED');
});

test('a closed line is not opened by a retest', async () => {
  const low = await issued(lab, { loads: ['560.00', '566.00', '571.00'] });
  const row = await eventually(
    () => listUnqualified(lab.context, { part: 'open', text: low.recordNo, limit: 5 }).rows[0],
  );
  const seat = await lab.as('zhiliang');
  await seat.call('unqualified.handle', { ledgerNo: row.ledgerNo, how: 'strengthened', text: '已加固' });
  const given = retestInput(low.recordNo, { parameterCodes: ['KY'], reason: '另取' });
  expect((await refusalOf(seat.call('retests.begin', given))).code).toBe('UNQUALIFIED_CLOSED');
});

test('the gate stands before a retest and a supplement as before any commission', async () => {
  const first = await firstJoints(lab, [good, good, broken]);
  const actor = { actor: '测试', workstation: '测试' };
  const state = (value: string) => lab.store.transact(actor, (tx) => tx.update('project', 'G001', { state: value }));
  const before = String(lab.store.get('project', 'G001')?.['state']);
  state('closed');
  const counts = countsOf(lab.store);
  const seat = await lab.as('shouyang');
  const retest = await refusalOf(seat.call('retests.begin', retestInput(first.recordNo)));
  const given = { recordNo: first.recordNo, parameterCodes: ['WQ'], reason: '增加弯曲' };
  const supplement = await refusalOf(seat.call('supplements.begin', given));
  expect([retest.code, supplement.code]).toEqual(['GATE_PROJECT_INACTIVE', 'GATE_PROJECT_INACTIVE']);
  expect(lab.store.all('SELECT 1 FROM retest WHERE firstRecordNo = ?', first.recordNo)).toEqual([]);
  expect(countsOf(lab.store)).toMatchObject({ commission: counts['commission'], task: counts['task'] });
  state(before);
  await seat.call('retests.begin', retestInput(first.recordNo));
});

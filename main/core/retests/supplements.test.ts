// 补充检测 through the core with the embedded platform: parameters added after the first report get a record and a report of
// their own that names the first, with a code of its own; the first record, report and the commission there stay as they are.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { denseText } from '../../reports/pdf-tools.test-helper.ts';
import { openAt, signTest } from '../../../tests/support/mainJob.ts';
import { countsOf, openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { reportRow, verified } from '../afterIssue/issued.test-helper.ts';
import { verifyAll } from '../verifyAll.ts';
import { firstJoints, good, reported, type FirstTest } from './retests.test-helper.ts';

let lab: TestCore;
let first: FirstTest;
beforeAll(async () => {
  lab = await openTestCore();
  first = await firstJoints(lab, [good, good, good]);
});
afterAll(() => lab.stop());

const begin = async (parameterCodes: string[], reason = '委托方 11 月 20 日来函增加弯曲') =>
  (await lab.as('shouyang')).call('supplements.begin', { recordNo: first.recordNo, parameterCodes, reason });

test('what was commissioned already, and what is unknown, is refused in words', async () => {
  const form = await (await lab.as('shouyang')).call('supplements.form', { recordNo: first.recordNo });
  expect(form).toMatchObject({ reportNo: first.reportNo, refusal: null, parameters: [{ code: 'WQ', missing: null }] });
  expect(form.platformSays).toContain('没有补充检测的字段');
  const counts = countsOf(lab.store);
  expect((await refusalOf(begin(['KL']))).code).toBe('SUPPLEMENT_PARAMETER');
  expect((await refusalOf(begin(['XX']))).message).toContain('XX');
  expect(countsOf(lab.store)).toEqual(counts);
});

test('added parameter → record and report of its own, which names the first', async () => {
  const commissions = () =>
    lab.store.all(`SELECT entryId FROM outbox WHERE kind = 'commission' AND commissionNo = ?`, first.commissionNo);
  const [sent, before] = [commissions(), reportRow(lab, first.reportNo, 1)];
  const link = await begin(['WQ']);
  expect(link).toMatchObject({ sampleNo: first.sampleNo, state: 'waiting', firstReportNo: first.reportNo });
  expect((await refusalOf(begin(['WQ']))).code).toBe('NOTHING_TO_ADD');

  const taskId = String(lab.store.first('SELECT taskId FROM supplement WHERE sampleNo = ?', first.sampleNo)?.['taskId']);
  const technician = await lab.as('jiance');
  const recordNo = openAt(lab, technician, taskId, 'E011');
  expect((await technician.call('records.get', { recordNo })).parameters).toEqual(['WQ']);
  expect((await technician.call('records.get', { recordNo: first.recordNo })).parameters).toEqual(['KL']);
  const findings = [1, 2, 3].map((specimenNo) => ({ field: 'bendFindings', specimenNo, value: '无裂纹' }));
  await technician.call('records.enter', {
    recordNo,
    entries: [{ field: 'bendFormer_mm', specimenNo: null, value: '100' }, ...findings],
  });
  await technician.call('bench.environment', { recordNo, environment: { temperatureC: '20.5', humidityPercent: '62' } });
  await signTest(lab, recordNo);
  const reportNo = await reported(lab, recordNo);

  expect(reportNo).not.toBe(first.reportNo);
  const row = reportRow(lab, reportNo, 1);
  expect(row?.['title']).toBe('钢筋焊接接头检测报告（补充）');
  const paper = denseText(lab.context.files.read(String(row?.['codedSha256']), 'pdf'));
  expect(paper).toContain(`弯曲为补充检测，首次报告${first.reportNo}`);
  expect(await verified(lab, reportNo, 1)).toBe('valid');
  const now = reportRow(lab, first.reportNo, 1);
  expect([now?.['contentJson'], now?.['codedSha256']]).toEqual([before?.['contentJson'], before?.['codedSha256']]);
  expect(commissions()).toEqual(sent);
  const payload = JSON.parse(String(lab.store.first(`SELECT payload FROM outbox WHERE kind = 'test-record' AND key = ?`, recordNo)?.['payload'])); // prettier-ignore
  expect(payload).toMatchObject({ sampleNo: first.sampleNo, parameterCodes: ['WQ'], conclusion: 1 });

  const seat = await lab.as('zhiliang');
  const about = await seat.call('retests.related', { reportNo: first.reportNo });
  expect(about.supplements).toMatchObject([{ recordNo, reportNo, state: 'approved', parameterNames: ['弯曲'] }]);
  expect((await seat.call('retests.related', { reportNo })).supplementOf).toMatchObject([{ firstReportNo: first.reportNo }]);
});

test('the store is whole', async () => {
  const { firstFault } = await verifyAll(lab.store, lab.context.files);
  expect(firstFault).toBeNull();
});

// 补充检测 through the core with the embedded platform: parameters added after the first report get a record and a report of
// their own that names the first, with a code of its own; the first record, report and the commission there stay as they are.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { methodById } from '../../../shared/methods/index.ts';
import { denseText } from '../../reports/pdf-tools.test-helper.ts';
import { openAt, receive, sampleInput, signTest, today } from '../../../tests/support/mainJob.ts';
import { countsOf, openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { reportRow, verified } from '../afterIssue/issued.test-helper.ts';
import { verifyAll } from '../verifyAll.ts';
import { reported, type FirstTest } from './retests.test-helper.ts';

let lab: TestCore;
let first: FirstTest;

/** Weighs two portions, signs; answers the record. */
async function weighed(taskId: string, field: 'mud' | 'clump', before: string, after: string): Promise<string> {
  const technician = await lab.as('jiance');
  const recordNo = openAt(lab, technician, taskId, 'E007');
  const entries = [1, 2].flatMap((specimenNo) => [
    { field: `${field}Before_g`, specimenNo, value: before },
    { field: `${field}After_g`, specimenNo, value: after },
  ]);
  await technician.call('records.enter', { recordNo, entries });
  await technician.call('bench.environment', {
    recordNo,
    environment: { temperatureC: '20.5', humidityPercent: '62' },
  });
  await signTest(lab, recordNo);
  return recordNo;
}

beforeAll(async () => {
  lab = await openTestCore();
  const { madeOn: _made, requiredAgeDays: _age, ...plain } = sampleInput();
  const properties = Object.fromEntries(
    methodById('sand-mud')
      .fields.filter(({ at, optional }) => at === 'reception' && optional !== true)
      .map((field) => [field.name, field.usual ?? (field.kind === 'choice' ? (field.options[0]?.value ?? '') : '')]),
  );
  const sand = { ...plain, itemCode: 'SA-HN', parameterCodes: ['HN'], name: '砂', properties, sampledOn: today() };
  const [received] = await receive(lab, { samples: [{ ...sand, representedQuantity: '400 m³' }] });
  const recordNo = await weighed(received?.taskId ?? '', 'mud', '400.0', '396.0');
  const reportNo = await reported(lab, recordNo);
  first = { commissionNo: received?.commissionNo ?? '', sampleNo: received?.sampleNo ?? '', recordNo, reportNo };
});
afterAll(() => lab.stop());

const begin = async (parameterCodes: string[], reason = '委托方 11 月 20 日来函增加泥块含量') =>
  (await lab.as('shouyang')).call('supplements.begin', { recordNo: first.recordNo, parameterCodes, reason });

test('what was commissioned already, and what is unknown, is refused in words', async () => {
  const form = await (await lab.as('shouyang')).call('supplements.form', { recordNo: first.recordNo });
  expect(form).toMatchObject({ reportNo: first.reportNo, refusal: null, parameters: [{ code: 'NK', missing: null }] });
  expect(form.platformSays).toContain('没有补充检测的字段');
  const counts = countsOf(lab.store);
  expect((await refusalOf(begin(['HN']))).code).toBe('SUPPLEMENT_PARAMETER');
  expect((await refusalOf(begin(['XX']))).message).toContain('XX');
  expect(countsOf(lab.store)).toEqual(counts);
});

test('added parameter → record and report of its own, which names the first', async () => {
  const commissions = () =>
    lab.store.all(`SELECT entryId FROM outbox WHERE kind = 'commission' AND commissionNo = ?`, first.commissionNo);
  const [sent, before] = [commissions(), reportRow(lab, first.reportNo, 1)];
  const link = await begin(['NK']);
  expect(link).toMatchObject({ sampleNo: first.sampleNo, state: 'waiting', firstReportNo: first.reportNo });
  expect((await refusalOf(begin(['NK']))).code).toBe('NOTHING_TO_ADD');

  const taskId = String(
    lab.store.first('SELECT taskId FROM supplement WHERE sampleNo = ?', first.sampleNo)?.['taskId'],
  );
  const recordNo = await weighed(taskId, 'clump', '200.0', '199.4');
  const seat = await lab.as('zhiliang');
  expect((await seat.call('records.get', { recordNo })).parameters).toEqual(['NK']);
  expect((await seat.call('records.get', { recordNo: first.recordNo })).parameters).toEqual(['HN']);
  const reportNo = await reported(lab, recordNo);

  expect(reportNo).not.toBe(first.reportNo);
  const row = reportRow(lab, reportNo, 1);
  expect(row?.['title']).toBe('砂含泥量和泥块含量检测报告（补充）');
  const paper = denseText(lab.context.files.read(String(row?.['codedSha256']), 'pdf'));
  expect(paper).toContain(`泥块含量为补充检测，首次报告${first.reportNo}`);
  expect(await verified(lab, reportNo, 1)).toBe('valid');
  const now = reportRow(lab, first.reportNo, 1);
  expect([now?.['contentJson'], now?.['codedSha256']]).toEqual([before?.['contentJson'], before?.['codedSha256']]);
  expect(commissions()).toEqual(sent);
  const payload = JSON.parse(String(lab.store.first(`SELECT payload FROM outbox WHERE kind = 'test-record' AND key = ?`, recordNo)?.['payload'])); // prettier-ignore
  expect(payload).toMatchObject({ sampleNo: first.sampleNo, parameterCodes: ['NK'] });

  const about = await seat.call('retests.related', { reportNo: first.reportNo });
  expect(about.supplements).toMatchObject([{ recordNo, reportNo, state: 'approved', parameterNames: ['泥块含量'] }]);
  expect((await seat.call('retests.related', { reportNo })).supplementOf).toMatchObject([
    { firstReportNo: first.reportNo },
  ]);
});

test('the store is whole', async () => {
  expect((await verifyAll(lab.store, lab.context.files)).firstFault).toBeNull();
});

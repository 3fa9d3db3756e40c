import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  approve,
  eventually,
  goodLoads,
  openAt,
  press,
  receive,
  reportOf,
  sampleInput,
  signCheck,
  signTest,
  testedGroup,
} from '../../../tests/support/mainJob.ts';
import { countsOf, openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { denseText, missingTools } from '../../reports/pdf-tools.test-helper.ts';
import { verifyAll } from '../verifyAll.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

async function checked(group: Parameters<typeof testedGroup>[1] = {}) {
  const { record } = await testedGroup(lab, group);
  await signTest(lab, record.recordNo);
  await signCheck(lab, record.recordNo);
  return { recordNo: record.recordNo, ...reportOf(lab, record.recordNo) };
}
const state = (reportNo: string) => lab.store.get('report', `${reportNo}#1`)?.['state'];
const print = async (...reportNos: string[]) =>
  (await lab.as('zhiliang')).call('reports.print', {
    reports: reportNos.map((reportNo) => ({ reportNo, revision: 1 })),
    purpose: 'print',
  });

describe('one report of several samples', () => {
  test('is approved only when every sample of that commission and day is checked', async () => {
    const samples = [sampleInput(), sampleInput({ structurePart: '四层柱' })];
    const [one, two] = await receive(lab, { samples });
    const technician = await lab.as('jiance');
    const records: string[] = [];
    for (const received of [one, two]) {
      const recordNo = openAt(lab, technician, received?.taskId ?? '');
      for (const [index, load] of goodLoads.entries()) await press(lab, technician, recordNo, index + 1, load);
      const environment = { temperatureC: '20.5', humidityPercent: '62' };
      await technician.call('bench.environment', { recordNo, environment });
      records.push(recordNo);
    }
    const [first = '', second = ''] = records;
    await signTest(lab, first);
    await signCheck(lab, first);
    const early = await refusalOf(approve(lab, first));
    expect(early.code).toBe('REPORT_NOT_READY');
    expect(early.message).toContain(two?.sampleNo);
    await signTest(lab, second);
    await signCheck(lab, second);
    expect(reportOf(lab, second)).toEqual(reportOf(lab, first));
    const reportNo = await approve(lab, first);
    const again = await refusalOf(approve(lab, first));
    expect(again.code).toBe('REPORT_APPROVED');
    const content = JSON.parse(String(lab.store.get('report', `${reportNo}#1`)?.['contentJson'])) as {
      tables: { rows: unknown[] }[];
    };
    // Two samples of three specimens, joined in one table.
    expect(content.tables.map(({ rows }) => rows.length)).toEqual([6]);
  });
});

describe('printing', () => {
  test('a draft is not printed, and with it nothing of the selection', async () => {
    const { reportNo } = await checked();
    const { recordNo } = await checked();
    const approved = await approve(lab, recordNo);
    const before = countsOf(lab.store);
    const refused = await refusalOf(print(approved, reportNo));
    expect(refused).toMatchObject({ code: 'REPORT_NOT_PRINTABLE' });
    expect(refused.message).toContain(reportNo);
    expect(countsOf(lab.store)['printLog']).toBe(before['printLog']);
  });

  test.skipIf(missingTools)(
    'without the code it carries the watermark and says so in its name; with the code it does not',
    async () => {
      const { recordNo } = await checked();
      await lab.core.link.stop();
      const reportNo = await approve(lab, recordNo);
      const uncoded = await print(reportNo);
      expect(uncoded.files).toMatchObject([{ coded: false, fileName: `${reportNo}-1-未取得标识码.pdf` }]);
      await lab.core.link.start();
      await eventually(() => (state(reportNo) === 'filed' ? true : null));
      const coded = await print(reportNo);
      expect(coded.files).toMatchObject([{ coded: true, fileName: `${reportNo}-1.pdf` }]);
      const text = (pdfBase64 = '') => denseText(Buffer.from(pdfBase64, 'base64'));
      const code = String(lab.store.get('report', `${reportNo}#1`)?.['code']);
      expect(text(coded.files[0]?.pdfBase64)).toContain(code);
      expect(text(uncoded.files[0]?.pdfBase64)).not.toContain(code);
      const log = lab.store.all('SELECT coded, purpose, personName FROM printLog WHERE reportKey = ?', `${reportNo}#1`);
      expect(log).toEqual([
        { coded: 0, purpose: 'print', personName: '谭敏仪' },
        { coded: 1, purpose: 'print', personName: '谭敏仪' },
      ]);
    },
  );

  test('a file that was changed on the disk is not printed', async () => {
    const { recordNo } = await checked();
    const reportNo = await approve(lab, recordNo);
    await eventually(() => (state(reportNo) === 'filed' ? true : null));
    const sha256 = String(lab.store.get('report', `${reportNo}#1`)?.['codedSha256']);
    const path = join(lab.context.files.reportsFolder, `${sha256}.pdf`);
    const bytes = lab.context.files.read(sha256, 'pdf');
    writeFileSync(path, '%PDF-1.7 forged');
    expect((await refusalOf(print(reportNo))).code).toBe('FILE_DAMAGED');
    writeFileSync(path, bytes);
  });
});

test('the original record as a paper shows the run that does not count beside the one that does', async () => {
  const { record } = await testedGroup(lab);
  const technician = await lab.as('jiance');
  await technician.call('bench.repeat', { runNo: record.runs[0]?.runNo ?? '', reason: '试件偏心' });
  await press(lab, technician, record.recordNo, 1, '791.00');
  const { pdfBase64 } = await technician.call('reports.recordPdf', { recordNo: record.recordNo });
  const pdf = Buffer.from(pdfBase64, 'base64');
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  if (missingTools === null) {
    const text = denseText(pdf);
    for (const words of ['765.00', '791.00', '试件偏心', record.recordNo]) expect(text).toContain(words);
  }
});

test('a restart in the middle goes on where it was: the code comes once, the chain is valid, the numbers follow', async () => {
  const { recordNo } = await checked();
  await lab.core.link.stop();
  const reportNo = await approve(lab, recordNo);
  await lab.restart();
  await eventually(() => (state(reportNo) === 'filed' ? true : null));
  const codes = lab.store.all(`SELECT 1 FROM audit WHERE entity = 'report' AND entityKey = ? AND field = 'code'`, `${reportNo}#1`); // prettier-ignore
  expect(codes).toHaveLength(1);
  expect((await verifyAll(lab.store, lab.context.files)).firstFault).toBeNull();
  const next = await checked();
  expect(Number(next.reportNo.slice(-5))).toBe(Number(reportNo.slice(-5)) + 1);
});

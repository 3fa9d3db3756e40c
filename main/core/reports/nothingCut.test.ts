// Nothing is cut on a legal paper: what the head cannot hold each sample says for itself, and long reasons stand in full.
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  approve,
  openAt,
  press,
  receive,
  sampleInput,
  signCheck,
  signTest,
  testedGroup,
} from '../../../tests/support/mainJob.ts';
import { openTestCore, type TestCore } from '../../../tests/support/testCore.ts';
import { denseText, missingTools } from '../../reports/pdf-tools.test-helper.ts';
import { recordFacts } from '../records/recordRows.ts';
import { reportOf } from '../../../tests/support/mainJob.ts';
import { buildReport } from './reportContent.ts';
import { policiesInForce } from './sampleFacts.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

const long = (what: string, index: number): string =>
  `${what}${index + 1}：${'自东向西逐段说明'.repeat(11)}`.slice(0, 99);

test.skipIf(missingTools)('a report of many samples with long descriptions leaves nothing out', async () => {
  const { madeOn: _madeOn, requiredAgeDays: _age, ...plain } = sampleInput();
  const samples = Array.from({ length: 6 }, (_, index) => ({
    ...plain,
    itemCode: 'SA-HN',
    parameterCodes: ['NK'],
    name: '天然砂',
    properties: { sandKind: '天然砂', gradeClass: '≤C25' },
    structurePart: long('部位', index),
    state: long('状态', index),
  }));
  const received = await receive(lab, { samples });
  const technician = await lab.as('jiance');
  const recordNos: string[] = [];
  for (const [index, { taskId }] of received.entries()) {
    const recordNo = openAt(lab, technician, taskId, 'E007');
    const masses = { clumpBefore_g: ['200.0', '200.0'], clumpAfter_g: ['198.8', '199.0'] };
    const entries = Object.entries(masses).flatMap(([field, values]) =>
      values.map((value, place) => ({ field, specimenNo: place + 1, position: null, value })),
    );
    await technician.call('records.enter', { recordNo, entries });
    const environment = { temperatureC: `2${index}.5`, humidityPercent: `5${index}` };
    await technician.call('bench.environment', { recordNo, environment });
    await signTest(lab, recordNo);
    await signCheck(lab, recordNo);
    recordNos.push(recordNo);
  }
  const reportNo = await approve(lab, recordNos[0] ?? '');
  const { pdfBase64 } = await (await lab.as('pizhun')).call('reports.preview', { reportNo, revision: 1 });
  const text = denseText(Buffer.from(pdfBase64, 'base64'));
  expect(text).toContain('各样品不同，见下表');
  for (const [index, { structurePart, state }] of samples.entries())
    for (const words of [structurePart, state, `温度2${index}.5℃，相对湿度5${index}%`]) expect(text).toContain(words);
});

test.skipIf(missingTools)(
  'a reason of full length stands in the record in full, and in Chinese throughout',
  async () => {
    const { record } = await testedGroup(lab);
    const technician = await lab.as('jiance');
    const reason = '重新对中后加荷，'.repeat(25).slice(0, 200);
    await technician.call('bench.repeat', { runNo: record.runs[0]?.runNo ?? '', reason });
    await press(lab, technician, record.recordNo, 1, '791.00');
    const { pdfBase64 } = await technician.call('reports.recordPdf', { recordNo: record.recordNo });
    const text = denseText(Buffer.from(pdfBase64, 'base64'));
    // Once beside the run, once among the corrections.
    expect(text.split(reason)).toHaveLength(3);
    expect(text).toContain('有效性有效已重做');
    expect(text).not.toMatch(/validity|repeated|contentRevision/);
  },
);

test('limits of another edition are no setting of a record, and confirmed ones stand in the record only', async () => {
  const { record } = await testedGroup(lab);
  const facts = recordFacts(lab.store, record.recordNo);
  const policy = (standard: string) => ({
    name: `limits ${standard}`,
    label: `${standard} 的限值和判定规则`,
    option: '',
    clause: '',
  });
  const result = facts.result && { ...facts.result, policies: [policy('GB/T 50081-2019'), policy('GB/T 50081-2002')] };
  expect(policiesInForce({ ...facts, result }).map(({ name }) => name)).toEqual(['limits GB/T 50081-2019']);
  await signTest(lab, record.recordNo);
  await signCheck(lab, record.recordNo);
  const { content } = await buildReport(lab.context, reportOf(lab, record.recordNo).reportKey, null);
  // The table tells grade, size and curing; nothing is said twice.
  expect(content.sampleFacts).toEqual([]);
  expect(content.head.judgementBasis).toEqual([]);
});

test('what the client asked to be judged by is named as the basis', async () => {
  const { record } = await testedGroup(lab, {
    commission: { samples: [sampleInput({ properties: { judgeAgainstGrade: 'yes' } })] },
  });
  await signTest(lab, record.recordNo);
  await signCheck(lab, record.recordNo);
  const { content } = await buildReport(lab.context, reportOf(lab, record.recordNo).reportKey, null);
  expect(content.head.judgementBasis).toEqual(['委托方提出的技术要求']);
});

// Arranges the original record of any test for `test-record.typ`.
import { type TestRecordContent, testRecordContentSchema } from '../../shared/reports/test-record.ts';
import type { PrintedFact } from '../../shared/reports/test-report.ts';
import { signatureLines } from './arrange-report.ts';
import { axesByKind } from './curve-axes.ts';
import { formEntries } from './form-entries.ts';
import { type Paper, dateParts } from './paper.ts';
import { printedTime } from '../../shared/entities/scalars.ts';
import { paperTitle } from './paper-title.ts';
import { layTable } from './table-layout.ts';
import { textEm } from './text-measure.ts';

const validityNames = { valid: '有效', invalid: '无效', repeated: '已重做', interrupted: '中断' } as const;
const sourceNames = { instrument: '仪器采集', keyboard: '键盘录入', file: '文件取入' } as const;
const signatureOrder = [
  ['test', '检测'],
  ['check', '校核'],
] as const;

function environmentText({ temperatureC, humidityPercent, note }: TestRecordContent['environment']): string {
  return [
    temperatureC === null ? '' : `温度 ${temperatureC} ℃`,
    humidityPercent === null ? '' : `相对湿度 ${humidityPercent} %`,
    note,
  ]
    .filter((part) => part !== '')
    .join('　');
}

/** End of the time in which several readings were typed; the day only where it is another one. */
function untilText({ at, until }: TestRecordContent['readings'][number]): string {
  const [from, to] = [printedTime(at), printedTime(until ?? at)];
  return from === to ? '' : from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to;
}

/** Head of the record; the values that describe the circumstances each take a line. */
function entriesOf(content: TestRecordContent) {
  const { sample } = content;
  const facts: PrintedFact[] = [
    ['记录编号', content.recordNo],
    ['委托编号', content.commissionNo],
    ['样品编号', sample.sampleNo],
    ['样品名称', sample.name],
    ...sample.facts,
  ];
  const circumstances: PrintedFact[] = [
    ['检测依据', content.basis.join('；')],
    ['起止时间', `${printedTime(content.startedAt)} 至 ${printedTime(content.endedAt)}`],
    ['环境条件', environmentText(content.environment)],
    ['检测地址', content.testAddress],
  ];
  return [...formEntries(facts), ...circumstances.map(([label, value]) => ({ label, value, wide: true }))];
}

export const testRecordPaper: Paper<TestRecordContent> = {
  name: '原始记录',
  template: 'test-record.typ',
  schema: testRecordContentSchema,
  arrange: ({ content }) => ({
    document: {
      title: `${content.title} ${content.recordNo}`,
      author: content.institution.name,
      date: dateParts(content.endedAt),
    },
    ...content,
    titleLines: paperTitle(content.title, 158, 16),
    entries: entriesOf(content),
    loads: content.equipment.some(({ loadingRate }) => loadingRate !== ''),
    ran: content.readings.some(({ runNo }) => runNo !== null),
    traced: content.readings.some(({ runNo, hash }) => runNo !== null || hash !== ''),
    // A whole zone's readings stand in one cell.
    longReadings: content.readings.some(({ value }) => textEm(value) > 14),
    readings: content.readings.map((reading) => ({
      ...reading,
      at: printedTime(reading.at),
      until: untilText(reading),
      source: [reading.instrument ?? '', sourceNames[reading.source]].filter((part) => part !== '').join('，'),
    })),
    runs: content.runs.map((run) => ({
      ...run,
      startedAt: printedTime(run.startedAt),
      endedAt: printedTime(run.endedAt),
      valid: run.validity === 'valid',
      validityText: validityNames[run.validity],
    })),
    curves: axesByKind(content.curves),
    tables: content.tables.map((table) => layTable(table, 7.6)),
    releases: content.releases.map((release) => ({ ...release, at: printedTime(release.at) })),
    corrections: content.corrections.map((correction) => ({ ...correction, at: printedTime(correction.at) })),
    signatureLines: signatureLines(signatureOrder, content.signatures, content.images?.signatures),
  }),
};

// Arranges a concrete test's original record for `concrete-record.typ`.
import { type RecordContent, recordContentSchema } from '../../shared/reports/record-content.ts';
import { sharedAxes } from './curve-axes.ts';
import { type Paper, dateParts, printedTime } from './paper.ts';

const validityNames = { valid: '有效', invalid: '无效', repeated: '已重做', interrupted: '中断' } as const;
const sourceNames = { instrument: '仪器采集', keyboard: '键盘录入' } as const;
const ruleNames = { mean: '取三个测值的平均值', middle: '取中间值', invalid: '试验结果无效' } as const;
const signatureOrder = [
  ['test', '检测'],
  ['check', '校核'],
] as const;

export const concreteRecordPaper: Paper<RecordContent> = {
  name: '原始记录',
  template: 'concrete-record.typ',
  schema: recordContentSchema,
  arrange({ content }) {
    return {
      document: {
        title: `${content.title} ${content.recordNo}`,
        author: content.institution.name,
        date: dateParts(content.endedAt),
      },
      ...content,
      startedAt: printedTime(content.startedAt),
      endedAt: printedTime(content.endedAt),
      readings: content.readings.map((reading) => ({
        ...reading,
        at: printedTime(reading.at),
        source: sourceNames[reading.source],
      })),
      runs: content.runs.map((run) => ({
        ...run,
        startedAt: printedTime(run.startedAt),
        endedAt: printedTime(run.endedAt),
        valid: run.validity === 'valid',
        validityText: validityNames[run.validity],
      })),
      axes: sharedAxes(content.curves),
      ruleText: ruleNames[content.result.rule],
      corrections: content.corrections.map((correction) => ({ ...correction, at: printedTime(correction.at) })),
      signatureLines: signatureOrder.map(([meaning, label]) => ({
        label,
        signatures: content.signatures
          .filter((signature) => signature.meaning === meaning)
          .map((signature) => ({ ...signature, at: printedTime(signature.at) })),
      })),
    };
  },
};

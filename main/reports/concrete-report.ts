// Arranges a concrete report of the earlier kind for `concrete-report.typ`.
import { type ConcreteReportContent, concreteReportContentSchema } from '../../shared/reports/report-content.ts';
import { arrangeReport } from './arrange-report.ts';
import type { Paper } from './paper.ts';

const ruleNames = { mean: '取平均值', middle: '取中间值', invalid: '' } as const;

function arrangeRow(row: ConcreteReportContent['rows'][number]) {
  return {
    ...row,
    singles: [...row.singles].sort((a, b) => a.specimenNo - b.specimenNo),
    invalid: row.rule === 'invalid',
    ruleText: ruleNames[row.rule],
    factorText: row.rule === 'invalid' || Number(row.sizeFactor) === 1 ? '' : `×${row.sizeFactor}`,
  };
}

export const concreteReportPaper: Paper<ConcreteReportContent> = {
  name: '检测报告',
  template: 'concrete-report.typ',
  schema: concreteReportContentSchema,
  arrange: ({ content, coded, mark = null }) => ({
    ...content,
    ...arrangeReport(content, coded, mark),
    rows: content.rows.map(arrangeRow),
  }),
};

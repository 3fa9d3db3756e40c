// Arranges the report of any test for `test-report.typ`: tables laid out, sample facts as a form or a table.
import type { PaperTable } from '../../shared/methods/table.ts';
import { type TestReportContent, testReportContentSchema } from '../../shared/reports/test-report.ts';
import { arrangeReport } from './arrange-report.ts';
import { type FormEntry, formEntries } from './form-entries.ts';
import type { Paper } from './paper.ts';
import { type LaidTable, layTable } from './table-layout.ts';
import { textEm } from './text-measure.ts';

type SampleFacts = TestReportContent['sampleFacts'];

/** More labels than this stand better one under the other. */
const mostFactColumns = 8;
/** So many labels of one sample are as low in a form. */
const lowForm = 3;

/** Labels of all samples: one that only some have stands behind the one before it. */
function allLabels(samples: SampleFacts): string[] {
  const labels: string[] = [];
  for (const { facts } of samples) {
    for (const [index, [label]] of facts.entries()) {
      if (labels.includes(label)) continue;
      const before = facts[index - 1]?.[0];
      labels.splice(before === undefined ? 0 : labels.indexOf(before) + 1, 0, label);
    }
  }
  return labels;
}

/** Several samples with few labels stand under each other in one table; others each have a form. */
function factsOf(samples: SampleFacts): {
  factsTable: LaidTable | null;
  factForms: { sampleNo: string; entries: FormEntry[] }[];
} {
  const labels = allLabels(samples);
  const low = samples.length > 1 || labels.length > lowForm;
  if (low && labels.length <= mostFactColumns) {
    const table: PaperTable = {
      columns: [{ head: '样品编号', width: 1.5 }, ...labels.map((head) => ({ head }))],
      rows: samples.map(({ sampleNo, facts }) => [
        sampleNo,
        ...labels.map((label) => facts.find(([own]) => own === label)?.[1] ?? ''),
      ]),
    };
    return { factsTable: layTable(table), factForms: [] };
  }
  return {
    factsTable: null,
    factForms: samples.map(({ sampleNo, facts }) => {
      // A sample that is described names itself first.
      const own = facts.some(([label]) => label === '样品编号')
        ? facts
        : [['样品编号', sampleNo] as [string, string], ...facts];
      return { sampleNo, entries: formEntries(own) };
    }),
  };
}

/** Lines of a text of 9 pt in a cell of 137 mm. */
const linesOf = (text: string): number =>
  text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(textEm(line) / 41)), 0);

export const testReportPaper: Paper<TestReportContent> = {
  name: '检测报告',
  template: 'test-report.typ',
  schema: testReportContentSchema,
  arrange: ({ content, coded, mark = null }) => ({
    ...content,
    ...arrangeReport(content, coded, mark),
    ...factsOf(content.sampleFacts),
    tables: content.tables.map((table) => layTable(table)),
    // So low that a report of one sample stands on one page.
    curveHeight: 20,
    // Conclusion and signatures stand on one page as long as a page can hold them.
    closingTogether: linesOf(content.conclusionText) + linesOf(content.remarks.join('\n')) <= 34,
  }),
};

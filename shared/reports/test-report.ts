// Everything that stands on the 检测报告 of any test, and nothing else: what is signed, digested, sent to the platform and
// printed is this one object. The results are the tables of the methods as they were computed; nothing is computed on
// paper, and a result that is 试验结果无效 stands in its table in these words.
import { z } from 'zod';
import { sampleNoText } from '../entities/scalars.ts';
import { printedLine, printedText, requiredPrintedLine } from './printable.ts';
import { printedTableSchema } from './printed-table.ts';
import type { ConcreteReportContent } from './report-content.ts';
import { checkRevision, reportShape } from './report-parts.ts';

/** [label, value], in the order of the paper: 牌号, 规格, 炉批号, 生产厂家 … An empty value is printed as —. */
export const printedFactSchema = z.tuple([requiredPrintedLine(30), printedLine(200)]);
export type PrintedFact = z.infer<typeof printedFactSchema>;

export const testReportContentSchema = z
  .object({
    kind: z.literal('test-report'),
    ...reportShape,
    /** What the samples are, where the result tables do not say it; a sample without facts is left out. */
    sampleFacts: z
      .array(z.object({ sampleNo: sampleNoText, facts: z.array(printedFactSchema).min(1).max(40) }))
      .max(200)
      .default([]),
    /** At least one; 以下空白 stands under the last. */
    tables: z.array(printedTableSchema).min(1, '至少一张结果表').max(200),
    /** Lines under the last table: what was tested again, what a supplementary report will bring. */
    tableNotes: z.array(printedLine(6000)).max(40).default([]),
    /** Settings of the lab that the reader has to know; the record has all of them. */
    policies: z.array(requiredPrintedLine(600)).max(80).default([]),
    /** As many samples as a commission holds, each with its sentence. */
    conclusionText: printedText(100_000),
  })
  .superRefine((content, context) => {
    checkRevision(content, context);
    const rows = content.tables.reduce((sum, table) => sum + table.rows.length, 0);
    if (rows === 0) context.addIssue({ code: 'custom', path: ['tables'], message: '结果表没有一行结果' });
  });

export type TestReportContent = z.infer<typeof testReportContentSchema>;

/** Every report that can be printed, the earlier kind too. */
export type ReportContent = TestReportContent | ConcreteReportContent;

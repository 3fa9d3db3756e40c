// What stands on a 强度检验评定表: an evaluation of records that are signed elsewhere. It is no test report, has no code and
// says so; the groups, the way, every figure with its clause, and three lines for signatures by hand.
import { z } from 'zod';
import { calendarDay } from '../entities/scalars.ts';
import { printedLine, printedText, requiredPrintedLine } from './printable.ts';
import { printedTableSchema } from './printed-table.ts';
import { printedInstitutionSchema } from './report-parts.ts';
import { printedPolicySchema, printedTraceSchema } from './test-record.ts';
import { printedFactSchema } from './test-report.ts';

export const evaluationPaperContentSchema = z.object({
  kind: z.literal('evaluation'),
  institution: printedInstitutionSchema,
  title: requiredPrintedLine(60),
  /** 工程名称, 检验批, 设计强度等级 … in the order of the paper. */
  facts: z.array(printedFactSchema).min(1).max(40),
  basis: z.array(requiredPrintedLine(120)).min(1, '至少一项评定依据'),
  /** What the paper is and is not. */
  statement: requiredPrintedLine(300),
  /** The list of groups first, then the method's figures and verdict. */
  tables: z.array(printedTableSchema).min(1, '至少一张表').max(20),
  trace: z.array(printedTraceSchema).max(200),
  result: z.object({ valid: z.boolean(), text: printedText(2000) }),
  verdictText: requiredPrintedLine(40),
  policies: z.array(printedPolicySchema).max(40),
  warnings: z.array(printedText(6000)).max(60),
  /** Figures that can hardly belong to the batch, and what the evaluator says of them. */
  stops: z.array(printedText(400)).max(500),
  stopReason: printedLine(300),
  /** Signed groups of the same project, grade, curing and time that are not in the list. */
  leftOut: z.array(printedLine(200)).max(500),
  remarks: printedLine(300),
  madeBy: requiredPrintedLine(30),
  madeOn: calendarDay,
  checkNo: requiredPrintedLine(40),
  auditHeadShort: printedLine(40),
});
export type EvaluationPaperContent = z.infer<typeof evaluationPaperContentSchema>;

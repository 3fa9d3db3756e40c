// What evaluations say over the contract: the signed groups that may enter one, and the paper made of them.
import { z } from 'zod';
import { verdicts } from '../entities/record.ts';
import { calendarDay, lineOf, recordNoText, requiredLine, sha256Text } from '../entities/scalars.ts';

export const mostGroups = 400;

export const candidateQuerySchema = z.object({
  methodId: requiredLine(60),
  projectId: requiredLine(40),
  grade: lineOf(20).default(''),
  curing: lineOf(20).default(''),
  /** Days of moulding; of the test, where the sample has no day of moulding. */
  from: calendarDay.optional(),
  until: calendarDay.optional(),
});

/** One group that two people have signed. */
export const candidateSchema = z.object({
  recordNo: z.string(),
  sampleNo: z.string(),
  testName: z.string(),
  structurePart: z.string(),
  grade: z.string(),
  curing: z.string().nullable(),
  madeOn: z.string().nullable(),
  testedOn: z.string(),
  /** Age the client asked for, days. */
  ageDays: z.number().int().nullable(),
  valid: z.boolean(),
  /** Null for an invalid group. */
  value: z.string().nullable(),
  /** Of the approved report; null before. */
  reportNo: z.string().nullable(),
  /** Names exactly what was signed; sent back, so that nothing else is evaluated than what was seen. */
  digest: z.string(),
  /** Why the group cannot be counted, in words. */
  barred: z.string().nullable(),
});
export type Candidate = z.infer<typeof candidateSchema>;

export const candidatesSchema = z.object({
  projectName: z.string(),
  contractorUnit: z.string(),
  groups: z.array(candidateSchema),
  /** More groups were found than one evaluation can hold: the filter must be narrowed. */
  truncated: z.boolean(),
});

const typedValue = z.union([lineOf(100), z.array(lineOf(100)).max(200)]);

export const evaluationPaperInputSchema = z.object({
  methodId: requiredLine(60),
  edition: requiredLine(60),
  /** 检验批, 验收批: what of the work it is. */
  batchName: requiredLine(100),
  /** Only where every group is typed; else the project of the records. */
  projectName: lineOf(150).default(''),
  /** What describes the batch, by field name; no figures of groups. */
  fields: z.record(z.string().max(60), typedValue).default({}),
  groups: z
    .array(
      z.discriminatedUnion('from', [
        z.object({ from: z.literal('record'), recordNo: recordNoText, digest: sha256Text }),
        z.object({ from: z.literal('typed'), cells: z.record(z.string().max(60), lineOf(100).nullable()) }),
      ]),
    )
    .min(1, '至少一组试件')
    .max(mostGroups, `一份评定表最多 ${mostGroups} 组`),
  /** Explanation of figures that can hardly belong to the batch; required where there are any. */
  stopReason: lineOf(300).default(''),
  remarks: lineOf(300).default(''),
});
export type EvaluationPaperInput = z.output<typeof evaluationPaperInputSchema>;

export const evaluationPaperSchema = z.object({
  fileName: z.string(),
  pdfBase64: z.string(),
  /** Number by which the audit log and the paper find each other. */
  checkNo: z.string(),
  verdict: z.enum(verdicts),
  text: z.string(),
});

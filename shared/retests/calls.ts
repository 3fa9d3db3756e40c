// The calls of 复检 and 补充检测: what may be tested again and by which rule, the beginning of a retest or a supplement, and
// how each stands. Both name the first result; the first report is never touched by them.
import { z } from 'zod';
import { call } from '../contract/call.ts';
import { commissionSchema } from '../entities/commission.ts';
import { verdicts } from '../entities/record.ts';
import { errorInfoSchema } from '../errors/appError.ts';
import { calendarDay, lineOf, reportNoText, requiredLine } from '../entities/scalars.ts';

const recordNo = requiredLine(25);
const parameterCodes = z.array(requiredLine(20)).min(1, '至少一个检测参数').max(40);
const refusal = errorInfoSchema.nullable();

/** One parameter of the first record: what was found, and what the standard says of testing it again. */
export const retestParameterSchema = z.object({
  code: z.string(),
  name: z.string(),
  value: z.string(),
  requirement: z.string(),
  verdict: z.enum(verdicts),
  standing: z.enum(['rule', 'none', 'unknown']),
  clause: z.string().nullable(),
  says: z.string(),
});
export type RetestParameter = z.infer<typeof retestParameterSchema>;

export const retestFormSchema = z.object({
  recordNo: z.string(),
  reportNo: z.string(),
  commissionNo: z.string(),
  sampleNo: z.string(),
  projectName: z.string(),
  clientUnit: z.string(),
  itemName: z.string(),
  sampleName: z.string(),
  grade: z.string(),
  spec: z.string(),
  structurePart: z.string(),
  batchNo: z.string(),
  representedQuantity: z.string(),
  contractNo: z.string(),
  testCategory: z.string(),
  /** The first was 见证取样: the sampling of the retest needs its witness, too. */
  witnessed: z.boolean(),
  witnessUnit: z.string(),
  samplerName: z.string(),
  sampleState: z.string(),
  /** The test has an age: the days are those of the specimens of the retest. */
  aged: z.boolean(),
  madeOn: z.string().nullable(),
  requiredAgeDays: z.number().int().nullable(),
  parameters: z.array(retestParameterSchema),
  /** Specimens of a retest by the standard's rule. */
  counts: z.array(z.object({ label: z.string(), first: z.number().int(), again: z.number().int() })),
  /** What the platform takes of the relation. */
  platformSays: z.string(),
  /** Whether who asks may decide where no rule provides for a retest. */
  mayDecide: z.boolean(),
  refusal,
});
export type RetestForm = z.infer<typeof retestFormSchema>;

export const retestInputSchema = z.object({
  recordNo,
  parameterCodes,
  sampledOn: calendarDay,
  samplerName: requiredLine(30),
  /** Needed where the first was 见证取样. */
  witnessUnit: lineOf(100).optional(),
  witnessName: lineOf(30).optional(),
  witnessCertNo: lineOf(40).optional(),
  sampleState: requiredLine(100),
  sampleCode: lineOf(50).optional(),
  contractNo: lineOf(40).optional(),
  madeOn: calendarDay.optional(),
  requiredAgeDays: z.number().int().min(1).max(365).optional(),
  /** Why it is tested again, where no rule of the standard provides for it. */
  reason: lineOf(200).optional(),
});
export type RetestInput = z.input<typeof retestInputSchema>;

/** How a retest or a supplement stands. */
export const followUpStates = ['waiting', 'testing', 'tested', 'checked', 'approved', 'voided'] as const;
const followUp = {
  commissionNo: z.string(),
  sampleNo: z.string(),
  recordNo: z.string().nullable(),
  reportNo: z.string().nullable(),
  state: z.enum(followUpStates),
  /** From the tester's signature on. */
  verdict: z.enum(verdicts).nullable(),
  results: z.array(z.object({ name: z.string(), value: z.string(), verdict: z.enum(verdicts) })),
  parameterNames: z.array(z.string()),
  begunBy: z.string(),
  begunAt: z.string(),
  reason: z.string().nullable(),
};
export const retestLinkSchema = z.object({
  ...followUp,
  firstRecordNo: z.string(),
  firstReportNo: z.string(),
  firstSampleNo: z.string(),
  firstResults: z.array(z.object({ name: z.string(), value: z.string(), verdict: z.enum(verdicts) })),
  basis: z.enum(['rule', 'decision']),
  clause: z.string().nullable(),
  says: z.string(),
  quantity: z.string(),
});
export type RetestLink = z.infer<typeof retestLinkSchema>;
export const supplementLinkSchema = z.object({ ...followUp, firstRecordNo: z.string(), firstReportNo: z.string() });
export type SupplementLink = z.infer<typeof supplementLinkSchema>;

export const supplementFormSchema = z.object({
  recordNo: z.string(),
  reportNo: z.string(),
  commissionNo: z.string(),
  sampleNo: z.string(),
  itemName: z.string(),
  /** What the sample was not commissioned for yet; `missing`: what must be described first, in words. */
  parameters: z.array(z.object({ code: z.string(), name: z.string(), missing: z.string().nullable() })),
  platformSays: z.string(),
  refusal,
});
export type SupplementForm = z.infer<typeof supplementFormSchema>;

/** What belongs to a report: retests and supplements of its records, and the first test where it is itself one. */
export const relatedSchema = z.object({
  /** Records of this report, each with what may be begun of it. */
  records: z.array(
    z.object({
      recordNo: z.string(),
      sampleNo: z.string(),
      verdict: z.enum(verdicts).nullable(),
      mayRetest: z.boolean(),
      maySupplement: z.boolean(),
    }),
  ),
  retests: z.array(retestLinkSchema),
  supplements: z.array(supplementLinkSchema),
  retestOf: z.array(retestLinkSchema),
  supplementOf: z.array(supplementLinkSchema),
});
export type Related = z.infer<typeof relatedSchema>;

export const retestCalls = {
  'retests.form': call('retest.begin', z.object({ recordNo }), retestFormSchema),
  'retests.begin': call('retest.begin', retestInputSchema, commissionSchema),
  'retests.related': call('signedIn', z.object({ reportNo: reportNoText }), relatedSchema),
  'supplements.form': call('commission.register', z.object({ recordNo }), supplementFormSchema),
  'supplements.begin': call(
    'commission.register',
    z.object({ recordNo, parameterCodes, reason: requiredLine(200) }),
    supplementLinkSchema,
  ),
} as const;

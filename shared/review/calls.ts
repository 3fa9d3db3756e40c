// The calls of batch review: agreeing to one sheet after the other, then signing all of them with one password. What is
// agreed to is named by the digest that came with the sheet; each signature stands for itself.
import { z } from 'zod';
import { call } from '../contract/call.ts';
import { recordNoText, reportNoText } from '../entities/scalars.ts';
import { errorInfoSchema } from '../errors/appError.ts';
import { nothing, password } from '../contract/parts.ts';

const digest = z.string().min(1).max(100);

/** Whether what was agreed to is what stands there now. */
export const agreementStandings = ['ready', 'changed'] as const;
export const agreementSchema = z.object({
  key: z.string(),
  digest: z.string(),
  agreedAt: z.string(),
  standing: z.enum(agreementStandings),
});
export type Agreement = z.infer<typeof agreementSchema>;

export const batchOutcomes = ['signed', 'changed', 'refused'] as const;
export const batchResultSchema = z.object({
  key: z.string(),
  outcome: z.enum(batchOutcomes),
  /** Why there is no signature, and the way out. */
  error: errorInfoSchema.nullable(),
});
export type BatchResult = z.infer<typeof batchResultSchema>;

/** How far a batch is, for the window of the person who signs; null when it has come to its end. */
export const batchProgressSchema = z.object({ done: z.number().int(), total: z.number().int() });

const agreements = z.object({ rows: z.array(agreementSchema) });
const results = z.object({ rows: z.array(batchResultSchema) });
/** As many as one password may stand for. */
export const batchLimit = 500;

const record = { recordNo: recordNoText };
const report = { reportNo: reportNoText, revision: z.number().int().min(1) };

export const reviewCalls = {
  /** What this person has agreed to and not signed, oldest first. */
  'records.agreed': call('record.check', nothing, agreements),
  /** The digest is the one that came with the sheet: what was not shown cannot be agreed to. */
  'records.agree': call('record.check', z.object({ ...record, digest }), agreementSchema),
  'records.takeBack': call('record.check', z.object(record), nothing),
  /** Signs 校核 under each record by itself; a refusal of one does not stop the others. */
  'records.signAgreed': call(
    'record.check',
    z.object({
      items: z
        .array(z.object({ ...record, digest }))
        .min(1)
        .max(batchLimit),
      password,
    }),
    results,
  ),
  'reports.agreed': call('report.approve', nothing, agreements),
  'reports.agree': call('report.approve', z.object({ ...report, digest }), agreementSchema),
  'reports.takeBack': call('report.approve', z.object(report), nothing),
  'reports.approveAgreed': call(
    'report.approve',
    z.object({
      items: z
        .array(z.object({ ...report, digest }))
        .min(1)
        .max(batchLimit),
      password,
    }),
    results,
  ),
} as const;

// Original records with their signatures, and the reports that are made of them.
import { z } from 'zod';
import { recordStates, signatureMeanings, testRecordSchema } from '../entities/record.ts';
import { lineOf, recordNoText, reportNoText, requiredLine } from '../entities/scalars.ts';
import { call } from './call.ts';
import { nothing, paged, pageOf, password, reason } from './parts.ts';

const page = pageOf(50);

export const recordCalls = {
  'records.get': call('signedIn', z.object({ recordNo: recordNoText }), testRecordSchema),
  'records.search': call(
    'signedIn',
    z.object({ text: lineOf(100).default(''), state: z.enum(recordStates).optional(), ...page }),
    paged(
      z.object({
        recordNo: z.string(),
        commissionNo: z.string(),
        sampleNo: z.string(),
        projectName: z.string(),
        grade: z.string(),
        state: z.string(),
        headline: z.string().nullable(),
        testedAt: z.string().nullable(),
      }),
    ),
  ),
  /** Types readings into a record, each kept for ever; what takes the place of an earlier value needs a reason. */
  'records.enter': call(
    'record.test',
    z.object({
      recordNo: recordNoText,
      entries: z
        .array(
          z.object({
            field: requiredLine(60),
            specimenNo: z.number().int().min(1).max(500).nullable().default(null),
            position: z.number().int().min(1).max(200).nullable().default(null),
            /** Null takes a value back. */
            value: lineOf(100).nullable(),
          }),
        )
        .min(1)
        .max(1000),
      reason: reason.optional(),
    }),
    testRecordSchema,
  ),
  /** Lets a record with hardly possible figures go on: a reason, and a second person with a password of their own. */
  'records.releaseStop': call(
    'record.test',
    z.object({
      recordNo: recordNoText,
      code: requiredLine(60),
      field: requiredLine(80),
      digest: z.string(),
      reason,
      second: z.object({ username: requiredLine(40), password }),
    }),
    testRecordSchema,
  ),
  /** 检测: the tester signs what the digest names. */
  'records.signTest': call(
    'record.test',
    z.object({ recordNo: recordNoText, digest: z.string(), password }),
    testRecordSchema,
  ),
  /** 校核 */
  'records.signCheck': call(
    'record.check',
    z.object({ recordNo: recordNoText, digest: z.string(), password }),
    testRecordSchema,
  ),
  'records.return': call('record.check', z.object({ recordNo: recordNoText, reason }), testRecordSchema),
} as const;

export const reportCalls = {
  'reports.preview': call(
    'signedIn',
    z.object({ reportNo: reportNoText, revision: z.number().int().min(1) }),
    z.object({
      digest: z.string(),
      state: z.string(),
      pdfBase64: z.string(),
      coded: z.boolean(),
      signatures: z.array(
        z.object({ meaning: z.enum(signatureMeanings), personName: z.string(), at: z.string(), valid: z.boolean() }),
      ),
    }),
  ),
  'reports.recordPdf': call('signedIn', z.object({ recordNo: recordNoText }), z.object({ pdfBase64: z.string() })),
  /** 批准: signs, submits to the platform and asks for the code. Gate: signing. */
  'reports.approve': call(
    'report.approve',
    z.object({ reportNo: reportNoText, revision: z.number().int().min(1), digest: z.string(), password }),
    z.object({ reportNo: z.string(), revision: z.number().int(), state: z.string() }),
  ),
  'reports.return': call(
    'report.approve',
    z.object({ reportNo: reportNoText, revision: z.number().int().min(1), reason }),
    nothing,
  ),
  /** Logs a print or a saved copy and gives the file to print: the coded one, or the watermarked one. */
  'reports.print': call(
    'report.print',
    z.object({
      reports: z
        .array(z.object({ reportNo: reportNoText, revision: z.number().int().min(1) }))
        .min(1)
        .max(200),
      purpose: z.enum(['print', 'save']),
    }),
    z.object({
      files: z.array(
        z.object({ reportNo: z.string(), fileName: z.string(), coded: z.boolean(), pdfBase64: z.string() }),
      ),
    }),
  ),
  'reports.search': call(
    'signedIn',
    z.object({ text: lineOf(100).default(''), ...page }),
    paged(
      z.object({
        reportNo: z.string(),
        revision: z.number().int(),
        commissionNo: z.string(),
        projectName: z.string(),
        state: z.string(),
        standing: z.string(),
        code: z.string().nullable(),
        approvedAt: z.string().nullable(),
      }),
    ),
  ),
} as const;

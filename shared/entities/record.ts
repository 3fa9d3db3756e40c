// 原始记录 and its runs, as screens and signatures see them.
import { z } from 'zod';
import { environmentSchema, sampleSchema } from './commission.ts';
import { decimalText } from './scalars.ts';

export const recordStates = ['testing', 'tested', 'checked', 'approved', 'void'] as const;
export type RecordState = (typeof recordStates)[number];

export const signatureMeanings = ['test', 'check', 'approve'] as const;
export type SignatureMeaning = (typeof signatureMeanings)[number];
export const signatureMeaningNames: Record<SignatureMeaning, string> = { test: '检测', check: '校核', approve: '批准' };

export const runValidities = ['valid', 'invalid', 'repeated', 'interrupted'] as const;
export type RunValidity = (typeof runValidities)[number];

export const runSchema = z.object({
  runId: z.string(),
  runNo: z.string(),
  recordNo: z.string(),
  specimenNo: z.number().int(),
  equipmentId: z.string(),
  driver: z.string(),
  operatorName: z.string(),
  startedAt: z.string(),
  endedAt: z.string(),
  sampleRateHz: z.string(),
  sampleCount: z.number().int(),
  /** Peak load, kN, as the machine sent it; null where there was none. */
  peakKn: decimalText.nullable(),
  /** Mean loading rate of the run, kN/s. */
  loadingRateKnPerS: z.string().nullable(),
  validity: z.enum(runValidities),
  reason: z.string().nullable(),
  rawDigest: z.string(),
});
export type Run = z.infer<typeof runSchema>;

export const traceLineSchema = z.object({
  name: z.string(),
  symbol: z.string().optional(),
  formula: z.string(),
  substituted: z.string().optional(),
  value: z.string(),
  unit: z.string().optional(),
  rule: z.string(),
  clause: z.string(),
});

export const specimenReadingSchema = z.object({
  specimenNo: z.number().int(),
  /** Failure load, kN, with where it came from. */
  failureLoadKn: decimalText.nullable(),
  source: z.enum(['instrument', 'none']),
  runNo: z.string().nullable(),
});

export const signatureSchema = z.object({
  meaning: z.enum(signatureMeanings),
  personId: z.string(),
  personName: z.string(),
  at: z.string(),
  digest: z.string(),
  /** False when what was signed is no longer what stands in the record. */
  valid: z.boolean(),
});

export const recordResultSchema = z.object({
  singlesMpa: z.array(z.string()),
  rule: z.enum(['mean', 'middle', 'invalid']),
  sizeFactor: z.string(),
  representativeValueMpa: z.string().nullable(),
  percentOfGrade: z.string().nullable(),
  /** The group lies below its design grade: the supervisor is warned. */
  belowGrade: z.boolean(),
  conclusionText: z.string(),
  trace: z.array(traceLineSchema),
  warnings: z.array(z.string()),
});
export type RecordResult = z.infer<typeof recordResultSchema>;

export const modificationSchema = z.object({
  logNo: z.string(),
  at: z.string(),
  operator: z.string(),
  entity: z.string(),
  entityNo: z.string(),
  field: z.string(),
  oldValue: z.string(),
  newValue: z.string(),
  reason: z.string(),
});

export const gateFindingSchema = z.object({
  question: z.string(),
  outcome: z.enum(['pass', 'warn', 'refuse', 'not-enforced']),
  code: z.string(),
  message: z.string(),
  meaning: z.string().optional(),
  next: z.string().optional(),
  source: z.string().optional(),
});

export const testRecordSchema = z.object({
  recordNo: z.string(),
  taskId: z.string(),
  commissionNo: z.string(),
  projectName: z.string(),
  itemCode: z.string(),
  methodStandard: z.string(),
  state: z.enum(recordStates),
  contentRevision: z.number().int(),
  sample: sampleSchema,
  equipmentId: z.string().nullable(),
  equipmentName: z.string().nullable(),
  environment: environmentSchema.nullable(),
  readings: z.array(specimenReadingSchema),
  result: recordResultSchema.nullable(),
  /** Why the method gives no result for these readings, in words. */
  problem: z.string().optional(),
  runs: z.array(runSchema),
  signatures: z.array(signatureSchema),
  modifications: z.array(modificationSchema),
  /** What the next signature would bind to; sent back with the password so that nobody signs what they did not see. */
  digest: z.string(),
  gate: z.object({ allowed: z.boolean(), findings: z.array(gateFindingSchema) }).nullable(),
  returnedReason: z.string().nullable(),
});
export type TestRecord = z.infer<typeof testRecordSchema>;

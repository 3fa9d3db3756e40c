// 原始记录 and its runs, as screens and signatures see them.
import { z } from 'zod';
import { runExtensometerSchema } from './extensometer.ts';
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
  /** The reading it delivers; null for the method's first one. */
  field: z.string().nullable(),
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
  /** What the curve says beside its peak, as sealed; and why something is not among it. */
  curveValues: z
    .array(z.object({ name: z.string(), value: z.string(), unit: z.string(), at_s: z.string() }))
    .default([]),
  remarks: z.array(z.string()),
  /** The extensometer that was on the bar, as it was that day; null without one. */
  extensometer: runExtensometerSchema.nullable().default(null),
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

/** One place of the record: a value of a field, of a specimen, of several there. Corrected values stay and are listed. */
export const readingSchema = z.object({
  field: z.string(),
  /** 1, 2, 3 …; null where the field is read once for the whole sample. */
  specimenNo: z.number().int().nullable(),
  /** Place among several values of a cell, from 1; null where there is one. */
  position: z.number().int().nullable(),
  value: z.string().nullable(),
  /** Of a run or of an instrument at the bench, typed, or taken from an instrument's file. */
  source: z.enum(['instrument', 'keyboard', 'file']),
  runNo: z.string().nullable(),
  personName: z.string(),
  at: z.string(),
  /** Why it was changed, where it was. */
  reason: z.string().nullable(),
  /** False for a value that a later one took the place of. */
  current: z.boolean(),
  /** Where a value that nobody typed came from: the instrument, how its bytes were read, the bytes, the file they are in. */
  origin: z
    .object({
      equipmentId: z.string().nullable(),
      driver: z.string().nullable(),
      raw: z.string().nullable(),
      mediaSha256: z.string().nullable(),
    })
    .optional(),
});
export type Reading = z.infer<typeof readingSchema>;

export const signatureSchema = z.object({
  meaning: z.enum(signatureMeanings),
  personId: z.string(),
  personName: z.string(),
  at: z.string(),
  digest: z.string(),
  /** False when what was signed is no longer what stands in the record. */
  valid: z.boolean(),
});

export const verdicts = ['qualified', 'unqualified', 'retest', 'not-judged'] as const;

export const parameterResultSchema = z.object({
  parameterCode: z.string(),
  name: z.string(),
  /** Null where there is no number (试验结果无效). */
  value: z.string().nullable(),
  unit: z.string(),
  requirement: z.string().nullable(),
  verdict: z.enum(verdicts),
});

export const stopSchema = z.object({
  code: z.string(),
  message: z.string(),
  meaning: z.string(),
  next: z.string(),
  field: z.string(),
  clause: z.string().optional(),
  /** Who let the record go on, and why; null while it stops. */
  release: z
    .object({ reason: z.string(), personName: z.string(), secondName: z.string(), at: z.string() })
    .nullable()
    .default(null),
});
export type RecordStop = z.infer<typeof stopSchema>;

const cellSchema = z.union([
  z.string(),
  z.object({
    text: z.string(),
    across: z.number().int().optional(),
    down: z.number().int().optional(),
    strong: z.literal(true).optional(),
    left: z.literal(true).optional(),
  }),
]);
const placeSchema = z.tuple([z.string(), z.string()]);
const axisSchema = z.object({ label: z.string(), unit: z.string() });
export const plotSchema = z.object({
  x: axisSchema,
  y: axisSchema,
  points: z.array(placeSchema),
  line: z.array(placeSchema),
  mark: z.object({ at: placeSchema, text: z.string() }).optional(),
});
export const resultTableSchema = z.object({
  caption: z.string().optional(),
  columns: z.array(z.object({ head: z.string(), unit: z.string().optional(), width: z.number().optional() })),
  rows: z.array(z.array(cellSchema)),
  plot: plotSchema.optional(),
  notes: z.array(z.string()).optional(),
  joins: z.literal(true).optional(),
  describes: z.array(z.string()).optional(),
});

/** What the method computed; from the first signature on exactly what was signed. */
export const recordResultSchema = z.object({
  valid: z.boolean(),
  verdict: z.enum(verdicts),
  parameters: z.array(parameterResultSchema),
  conclusionText: z.string(),
  trace: z.array(traceLineSchema),
  warnings: z.array(z.string()),
  /** The supervisor is warned of it: invalid, below its grade, unqualified. */
  alarming: z.boolean(),
  stops: z.array(stopSchema),
  /** Settings of the lab that were in force, in words. */
  policies: z.array(z.object({ name: z.string(), label: z.string(), option: z.string(), clause: z.string() })),
  /** Every figure the method computed, under its own names. */
  outputs: z.record(z.string(), z.unknown()),
  record: z.array(resultTableSchema),
  report: z.array(resultTableSchema),
});
export type RecordResult = z.infer<typeof recordResultSchema>;

/** A result in a few words, for lists: `34.5 MPa`, `试验结果无效`, or its parameters in order. */
export function resultHeadline({ valid, parameters }: Pick<RecordResult, 'valid' | 'parameters'>): string {
  if (!valid) return '试验结果无效';
  const [only] = parameters;
  if (only !== undefined && parameters.length === 1) return `${only.value ?? '无效'} ${only.unit}`.trim();
  return parameters.map(({ name, value, unit }) => `${name} ${value ?? '无效'} ${unit}`.trim()).join('；');
}

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
  /** Who agreed to it, where somebody had to. */
  approver: z.string().nullable().default(null),
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

/** One decision of the gate, with the reference data it rests on. */
export const gateDecisionLineSchema = z.object({
  moment: z.string(),
  at: z.string(),
  personName: z.string().nullable(),
  equipmentIds: z.array(z.string()),
  /** The run that was armed by it. */
  runNo: z.string().nullable(),
  allowed: z.boolean(),
  snapshot: z.string().nullable(),
  snapshotFetchedAt: z.string().nullable(),
  warnings: z.array(z.string()),
});
export type GateDecisionLine = z.infer<typeof gateDecisionLineSchema>;

export const environmentSourceSchema = environmentSchema.extend({
  placeId: z.string(),
  placeName: z.string(),
  /** Minute of the lab's wall clock, `2026-11-23T21:33`. */
  minute: z.string(),
  equipmentId: z.string(),
});
export type EnvironmentSource = z.infer<typeof environmentSourceSchema>;

export const testRecordSchema = z.object({
  recordNo: z.string(),
  taskId: z.string(),
  commissionNo: z.string(),
  projectName: z.string(),
  itemCode: z.string(),
  methodId: z.string(),
  edition: z.string(),
  methodStandard: z.string(),
  judgementStandard: z.string().nullable(),
  /** The method's own codes of the parameters asked for. */
  parameters: z.array(z.string()),
  /** Age of this task, where the sample is tested at several. */
  ageDays: z.number().int().nullable(),
  /** Whether a machine's reading may be typed (the platform does not require acquisition for the item). */
  typedPeaks: z.boolean(),
  state: z.enum(recordStates),
  contentRevision: z.number().int(),
  sample: sampleSchema,
  equipmentId: z.string().nullable(),
  equipmentName: z.string().nullable(),
  environment: environmentSchema.nullable(),
  /** What the climate log gave for it, and when; the values may have been replaced, with a reason. */
  environmentSource: environmentSourceSchema.optional(),
  /** Every value that was read, the corrected ones too, oldest first. */
  readings: z.array(readingSchema),
  /** What is still to be read, in words. */
  open: z.array(z.string()),
  result: recordResultSchema.nullable(),
  /** Why the method gives no result for these readings, in words. */
  problem: z.string().optional(),
  runs: z.array(runSchema),
  signatures: z.array(signatureSchema),
  modifications: z.array(modificationSchema),
  /** What the next signature would bind to; sent back with the password so that nobody signs what they did not see. */
  digest: z.string(),
  gate: z.object({ allowed: z.boolean(), findings: z.array(gateFindingSchema) }).nullable(),
  /** Every decision of the gate on the way; records made before they were kept have none. */
  gateDecisions: z.array(gateDecisionLineSchema).default([]),
  returnedReason: z.string().nullable(),
});
export type TestRecord = z.infer<typeof testRecordSchema>;

// Everything that stands on the 原始记录 of any test: every reading with its instrument, time and hash, the runs that do not
// count as well, the tables and the formulas of the method with their intermediate values, the settings in force, stops
// that two persons released, corrections struck through, environment, equipment. ISO/IEC 17025 7.5: the original
// observation and its amendment are both kept and both printed. Record papers are made when wanted and never stored.
import { z } from 'zod';
import { runValidities } from '../entities/record.ts';
import { calendarDay, decimalText, recordNoText, sampleNoText, wallTime } from '../entities/scalars.ts';
import { printedCurveSchema } from './load-curve.ts';
import { printedLine, printedText, requiredPrintedLine } from './printable.ts';
import { printedTableSchema } from './printed-table.ts';
import { paperImagesSchema, printedInstitutionSchema, printedSignatureSchema } from './report-parts.ts';
import { printedFactSchema } from './test-report.ts';

export const printedReadingSchema = z.object({
  seq: z.number().int().min(1),
  /** 试件 1, 拉伸试件 2, 测区 3; empty where the reading is of the whole sample. */
  specimen: printedLine(30),
  /** What was observed, e.g. 破坏荷载. */
  quantity: requiredPrintedLine(60),
  /** Several of one place may stand together: 35、28、37 … */
  value: requiredPrintedLine(200),
  unit: printedLine(20),
  source: z.enum(['instrument', 'keyboard', 'file']),
  /** Name and number of the instrument, or the person at the keyboard. */
  origin: requiredPrintedLine(100),
  /** What a typed value was read from: 游标卡尺. */
  instrument: printedLine(60).optional(),
  at: wallTime,
  /** Of the last one, where several stand together. */
  until: wallTime.optional(),
  /** Run or entry hash, short or in full. */
  hash: printedLine(64),
  runNo: printedLine(40).nullable(),
  /** Taken out of use by a correction or an invalid run: stays legible, struck through. */
  struck: z.boolean(),
});

export const printedRunSchema = z.object({
  runNo: requiredPrintedLine(40),
  specimen: requiredPrintedLine(30),
  startedAt: wallTime,
  endedAt: wallTime,
  sampleCount: z.string().regex(/^\d+$/, '应为点数'),
  peakKn: decimalText.nullable(),
  loadingRateKnPerS: decimalText.nullable(),
  driver: printedLine(60),
  equipmentNo: requiredPrintedLine(40),
  validity: z.enum(runValidities),
  reason: printedLine(1000).nullable(),
  /** SHA-256 of the run's raw file, in full. */
  rawDigest: requiredPrintedLine(64),
});

/** A step of the method's trace; `symbol`, `formula`, `substituted`, `value` and `unit` may carry x_{sub} and x^{super}. */
export const printedTraceSchema = z.object({
  name: requiredPrintedLine(80),
  symbol: printedLine(40).optional(),
  formula: printedLine(300),
  substituted: printedLine(600).optional(),
  /** Null where the rule yields no number; printed as —. */
  value: printedLine(300).nullable(),
  unit: printedLine(30).optional(),
  rule: printedLine(300),
  clause: printedLine(160),
});

/** A place where the standard can be read two ways, and how this lab reads it. */
export const printedPolicySchema = z.object({
  name: requiredPrintedLine(100),
  option: requiredPrintedLine(160),
  clause: printedLine(300),
});

/** A plausibility stop that was released: figures that can hardly be, with the reason and the two persons. */
export const printedReleaseSchema = z.object({
  code: requiredPrintedLine(60),
  message: requiredPrintedLine(1000),
  reason: requiredPrintedLine(300),
  by: requiredPrintedLine(30),
  secondPerson: requiredPrintedLine(30),
  at: wallTime,
});

export const printedCorrectionSchema = z.object({
  field: requiredPrintedLine(200),
  oldValue: printedLine(200),
  newValue: printedLine(200),
  by: requiredPrintedLine(120),
  at: wallTime,
  reason: requiredPrintedLine(300),
  approvedBy: printedLine(30).nullable(),
});

export const testRecordContentSchema = z.object({
  kind: z.literal('test-record'),
  institution: printedInstitutionSchema,
  title: requiredPrintedLine(60),
  /** Number of the controlled form, where the institution has one. */
  formNo: printedLine(40).nullable(),
  recordNo: recordNoText,
  commissionNo: printedLine(25),
  sample: z.object({
    sampleNo: sampleNoText,
    name: requiredPrintedLine(50),
    /** 工程部位, 设计等级, 成型日期, 龄期, 样品状态 … in the order of the paper. */
    facts: z.array(printedFactSchema).max(40),
  }),
  basis: z.array(requiredPrintedLine(120)).min(1, '至少一项检测依据'),
  testAddress: requiredPrintedLine(150),
  startedAt: wallTime,
  endedAt: wallTime,
  /** Null where it was not read, e.g. humidity on a site. */
  environment: z.object({
    temperatureC: decimalText.nullable(),
    humidityPercent: decimalText.nullable(),
    note: printedLine(100),
  }),
  equipment: z
    .array(
      z.object({
        name: requiredPrintedLine(60),
        model: printedLine(60),
        equipmentNo: requiredPrintedLine(40),
        certificateNo: requiredPrintedLine(60),
        range: printedLine(60),
        validTo: calendarDay,
        /** Set loading rate, e.g. 0.5～0.8 MPa/s; empty where the equipment does not load. */
        loadingRate: printedLine(60),
      }),
    )
    .min(1, '至少一台设备'),
  readings: z.array(printedReadingSchema).max(10_000),
  /** None where no machine takes part, e.g. sieving. */
  runs: z.array(printedRunSchema).max(500),
  curves: z.array(printedCurveSchema),
  /** The method's `record` tables, placeholders filled in. */
  tables: z.array(printedTableSchema).max(60),
  trace: z.array(printedTraceSchema).max(6000),
  /** The method's sentence; null while the test is not finished. An invalid one is printed as 试验结果无效, whatever the sentence. */
  result: z.object({ valid: z.boolean(), text: printedText(6000) }).nullable(),
  policies: z.array(printedPolicySchema).max(40),
  releases: z.array(printedReleaseSchema).max(2000),
  corrections: z.array(printedCorrectionSchema).max(5000),
  remarks: printedText(60_000),
  signatures: z.array(printedSignatureSchema),
  images: paperImagesSchema.optional(),
  auditHeadShort: printedLine(40),
});
export type TestRecordContent = z.infer<typeof testRecordContentSchema>;

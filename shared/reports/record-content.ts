// Everything that stands on the 原始记录 of a concrete cube test: every reading with its instrument, time and hash, the
// formula with its intermediate values, corrections struck through, environment, equipment, runs (the invalid ones too).
// ISO/IEC 17025 7.5: the original observation and its amendment are both kept and both printed.
import { z } from 'zod';
import { runValidities, traceLineSchema } from '../entities/record.ts';
import { calendarDay, decimalText, recordNoText, sampleNoText, wallTime } from '../entities/scalars.ts';
import { printedCurveSchema } from './load-curve.ts';
import { printedLine, printedText, requiredPrintedLine } from './printable.ts';
import { printedInstitutionSchema, printedSignatureSchema } from './report-content.ts';

export const printedReadingSchema = z.object({
  seq: z.number().int().min(1),
  specimenNo: z.number().int().min(1).nullable(),
  /** What was observed, e.g. 破坏荷载. */
  quantity: requiredPrintedLine(40),
  value: requiredPrintedLine(40),
  unit: printedLine(20),
  source: z.enum(['instrument', 'keyboard']),
  /** Name and number of the instrument, or the person at the keyboard. */
  origin: requiredPrintedLine(100),
  at: wallTime,
  /** Run or entry hash, short or in full. */
  hash: printedLine(64),
  runNo: printedLine(40).nullable(),
  /** Taken out of use by a correction or an invalid run: stays legible, struck through. */
  struck: z.boolean(),
});

export const printedRunSchema = z.object({
  runNo: requiredPrintedLine(40),
  specimenNo: z.number().int().min(1),
  startedAt: wallTime,
  endedAt: wallTime,
  sampleCount: z.string().regex(/^\d+$/, '应为点数'),
  peakKn: decimalText.nullable(),
  loadingRateKnPerS: decimalText.nullable(),
  driver: printedLine(60),
  equipmentNo: requiredPrintedLine(40),
  validity: z.enum(runValidities),
  reason: printedLine(200).nullable(),
  /** SHA-256 of the run's raw file, in full. */
  rawDigest: requiredPrintedLine(64),
});

/** `formula`, `substituted` and `symbol` may carry x_{sub} and x^{super}; all other characters are literal. */
export const printedTraceSchema = traceLineSchema.extend({
  name: requiredPrintedLine(60),
  symbol: printedLine(30).optional(),
  formula: printedLine(200),
  substituted: printedLine(300).optional(),
  value: printedLine(60),
  unit: printedLine(20).optional(),
  rule: printedLine(200),
  clause: printedLine(80),
});

export const printedCorrectionSchema = z.object({
  field: requiredPrintedLine(100),
  oldValue: printedLine(200),
  newValue: printedLine(200),
  by: requiredPrintedLine(30),
  at: wallTime,
  reason: requiredPrintedLine(300),
  approvedBy: printedLine(30).nullable(),
});

export const recordContentSchema = z.object({
  kind: z.literal('concrete-cube-record'),
  institution: printedInstitutionSchema,
  title: requiredPrintedLine(60),
  /** Number of the controlled form, where the institution has one. */
  formNo: printedLine(40).nullable(),
  recordNo: recordNoText,
  commissionNo: printedLine(25),
  sample: z.object({
    sampleNo: sampleNoText,
    name: requiredPrintedLine(50),
    structurePart: printedLine(100),
    grade: requiredPrintedLine(10),
    nominalSize: requiredPrintedLine(20),
    madeOn: calendarDay,
    testedOn: calendarDay,
    ageDays: z.string().regex(/^\d{1,4}$/, '龄期应为整天数'),
    curing: requiredPrintedLine(20),
    representedQuantity: printedLine(50),
    state: requiredPrintedLine(100),
  }),
  basis: z.array(requiredPrintedLine(120)).min(1, '至少一项检测依据'),
  testAddress: requiredPrintedLine(150),
  startedAt: wallTime,
  endedAt: wallTime,
  environment: z.object({ temperatureC: decimalText, humidityPercent: decimalText, note: printedLine(100) }),
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
  readings: z.array(printedReadingSchema),
  runs: z.array(printedRunSchema),
  curves: z.array(printedCurveSchema),
  /** One per specimen, as the method computed them. */
  specimens: z
    .array(
      z.object({
        specimenNo: z.number().int().min(1),
        /** 实测尺寸, mm; empty when the nominal size was taken. */
        measuredSize: printedLine(40),
        areaMm2: decimalText,
        failureLoadKn: decimalText.nullable(),
        strengthMpa: decimalText.nullable(),
      }),
    )
    .max(30),
  result: z.object({
    sizeFactor: decimalText,
    rule: z.enum(['mean', 'middle', 'invalid']),
    representativeValueMpa: decimalText.nullable(),
    percentOfGrade: decimalText.nullable(),
  }),
  trace: z.array(printedTraceSchema),
  corrections: z.array(printedCorrectionSchema),
  remarks: printedText(1000),
  signatures: z.array(printedSignatureSchema),
  auditHeadShort: printedLine(40),
});
export type RecordContent = z.infer<typeof recordContentSchema>;

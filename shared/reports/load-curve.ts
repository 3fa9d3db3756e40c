// A load–time curve as it stands on paper: few points, but with the peak and every drop still in it. The full curve stays
// in the run's raw file; the paper carries its run number.
import { z } from 'zod';
import { decimalText, sampleNoText } from '../entities/scalars.ts';
import { keptWithin } from '../curves/thin.ts';
import { runValidities } from '../entities/record.ts';
import { requiredPrintedLine } from './printable.ts';

/** Most points of one printed curve; at 50 mm width more cannot be seen. */
export const printedCurvePoints = 160;

/** [seconds since the start of the run, load in kN], decimal text. */
export const curvePointSchema = z.tuple([decimalText, decimalText]);
export type CurvePoint = z.infer<typeof curvePointSchema>;

export const printedCurveSchema = z.object({
  runNo: requiredPrintedLine(40),
  sampleNo: sampleNoText,
  specimenNo: z.number().int().min(1),
  /** What the specimen is called on paper, e.g. 抗折试件 2; 试件 and its number when not given. */
  specimen: requiredPrintedLine(30).optional(),
  /** Peak load, kN; null where the run has none (interrupted). */
  peakKn: decimalText.nullable(),
  validity: z.enum(runValidities),
  points: z.array(curvePointSchema).max(1000),
  /** What the curve says beside its peak: FeH, FeL … with their place. */
  marks: z
    .array(z.object({ name: requiredPrintedLine(10), at: curvePointSchema }))
    .max(8)
    .optional(),
  /** SHA-256 of the run's raw file, in full; printed short in the margin. */
  rawDigest: requiredPrintedLine(64).optional(),
});
export type PrintedCurve = z.infer<typeof printedCurveSchema>;

/** At most `limit` points, by the rule of every other picture; loads and times are not changed, only left out. */
export function decimateCurve(points: readonly CurvePoint[], limit: number = printedCurvePoints): CurvePoint[] {
  if (points.length <= limit || limit < 8) return [...points];
  const loads = points.map(([, load]) => Number(load));
  return keptWithin((index) => loads[index]!, points.length, limit).map((index) => points[index]!);
}

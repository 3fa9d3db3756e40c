// A load–time curve as it stands on paper: few points, but with the peak and every drop still in it. The full curve stays
// in the run's raw file; the paper carries its run number.
import { z } from 'zod';
import { decimalText, sampleNoText } from '../entities/scalars.ts';
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
});
export type PrintedCurve = z.infer<typeof printedCurveSchema>;

/**
 * Thins a curve to at most `limit` points: per time bucket the first, the smallest and the largest load stay, in their
 * order, and so do the first, the peak and the last point. Loads and times are not changed, only left out.
 */
export function decimateCurve(points: readonly CurvePoint[], limit: number = printedCurvePoints): CurvePoint[] {
  if (points.length <= limit || limit < 8) return [...points];
  const load = (index: number) => Number(points[index]?.[1]);
  const kept = new Set<number>([0, points.length - 1]);
  let peak = 0;
  for (let index = 1; index < points.length; index += 1) if (load(index) > load(peak)) peak = index;
  kept.add(peak);
  const buckets = Math.floor((limit - 3) / 3);
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const from = Math.floor((bucket * points.length) / buckets);
    const to = Math.floor(((bucket + 1) * points.length) / buckets);
    let low = from;
    let high = from;
    for (let index = from; index < to; index += 1) {
      if (load(index) < load(low)) low = index;
      if (load(index) > load(high)) high = index;
    }
    kept.add(from).add(low).add(high);
  }
  return points.filter((_, index) => kept.has(index));
}

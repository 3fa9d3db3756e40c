// Axes of the small load–time pictures. Pictures of one paper share their axes, kind by kind, so that heights can be
// compared by eye. Binary numbers are good enough here: they only place lines on paper, no result comes from them.
import type { PrintedCurve } from '../../shared/reports/load-curve.ts';

export interface Axis {
  readonly max: number;
  readonly ticks: readonly number[];
}

/** Round steps (1, 2, 5 × 10ⁿ) from 0 until `largest` is inside; about `wanted` of them. */
export function roundAxis(largest: number, wanted = 5): Axis {
  if (!Number.isFinite(largest) || largest <= 0) return { max: 1, ticks: [0, 1] };
  const rough = largest / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.999_999) ?? power * 10;
  const count = Math.max(1, Math.ceil(largest / step - 1e-9));
  return {
    max: Number((count * step).toPrecision(12)),
    ticks: Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12))),
  };
}

export interface CurveAxes {
  readonly seconds: Axis;
  readonly kilonewtons: Axis;
}

/** Pictures of one kind of specimen share their axes: a bending load of 3 kN is not drawn on the scale of 80 kN. */
export function axesByKind<T extends PrintedCurve>(curves: readonly T[]): (T & { axes: CurveAxes })[] {
  const kind = ({ specimen }: PrintedCurve): string => (specimen ?? '').replace(/\s*\d+$/u, '');
  return curves.map((curve) => ({ ...curve, axes: sharedAxes(curves.filter((other) => kind(other) === kind(curve))) }));
}

export function sharedAxes(curves: readonly PrintedCurve[]): CurveAxes {
  let seconds = 0;
  let kilonewtons = 0;
  for (const curve of curves) {
    for (const [time, load] of curve.points) {
      seconds = Math.max(seconds, Number(time));
      kilonewtons = Math.max(kilonewtons, Number(load));
    }
  }
  return { seconds: roundAxis(seconds), kilonewtons: roundAxis(kilonewtons * 1.04) };
}

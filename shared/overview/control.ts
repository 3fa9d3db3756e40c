// A range chart (R chart) of repeated readings: each group's range over its mean, against limits from all groups.
// Factors D3 and D4 of GB/T 17989.2 (ISO 7870-2) for groups of 2 to 10; nine groups in a row on one side of the centre
// line are a shift. It judges the repeatability of the lab, never a sample.
import { Exact, roundRatio } from '../methods/foundation/decimal.ts';

const FACTORS: Readonly<Record<number, readonly [d3: string, d4: string]>> = {
  2: ['0', '3.267'],
  3: ['0', '2.574'],
  4: ['0', '2.282'],
  5: ['0', '2.114'],
  6: ['0', '2.004'],
  7: ['0.076', '1.924'],
  8: ['0.136', '1.864'],
  9: ['0.184', '1.816'],
  10: ['0.223', '1.777'],
};

export const SHIFT_LENGTH = 9;
/** Below this many groups the limits are only a hint. */
export const ENOUGH_GROUPS = 20;

/** Range over mean of one group, per cent to 0.1; null where it has no range or no positive mean. */
export function rangePercent(values: readonly string[]): string | null {
  if (values.length < 2) return null;
  const all = values.map((value) => new Exact(value));
  const sum = all.reduce((total, value) => total.plus(value), new Exact(0));
  if (!sum.greaterThan(0)) return null;
  const range = Exact.max(...all).minus(Exact.min(...all));
  return roundRatio(range.times(100).times(all.length), sum, '0.1');
}

export interface ControlLimits {
  readonly centre_percent: string | null;
  readonly upper_percent: string | null;
  readonly lower_percent: string | null;
  /** Whether a group lies outside, in the order given. */
  readonly outside: readonly boolean[];
  /** Places at which nine in a row on one side are complete. */
  readonly shifts: readonly number[];
}

/** Limits of groups of one size, in the order of their tests. Compared before any limit is rounded. */
export function controlLimits(ranges: readonly string[], size: number): ControlLimits {
  const factors = FACTORS[size];
  if (factors === undefined || ranges.length === 0)
    return {
      centre_percent: null,
      upper_percent: null,
      lower_percent: null,
      outside: ranges.map(() => false),
      shifts: [],
    };
  const [d3, d4] = factors;
  const values = ranges.map((range) => new Exact(range));
  const sum = values.reduce((total, value) => total.plus(value), new Exact(0));
  const count = new Exact(values.length);
  const limit = (factor: string): string => roundRatio(sum.times(factor), count, '0.1');
  // range > factor · sum / count, without the division.
  const against = (value: Exact, factor: string): number => value.times(count).comparedTo(sum.times(factor));
  return {
    centre_percent: limit('1'),
    upper_percent: limit(d4),
    lower_percent: limit(d3),
    outside: values.map((value) => against(value, d4) > 0 || against(value, d3) < 0),
    shifts: shiftsOf(values.map((value) => against(value, '1'))),
  };
}

function shiftsOf(sides: readonly number[]): number[] {
  const found: number[] = [];
  let run = 0;
  for (const [index, side] of sides.entries()) {
    run = side !== 0 && side === sides[index - 1] ? run + 1 : side === 0 ? 0 : 1;
    if (run > 0 && run % SHIFT_LENGTH === 0) found.push(index);
  }
  return found;
}

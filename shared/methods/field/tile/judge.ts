// Verdict of bond strength, JGJ/T 110: two conditions on a group of three, the mean and the single values. Both met is
// 合格, none met 不合格; one of them asks for two more groups from the same area, and each of those must meet both.
import { Exact } from '../../foundation/decimal.ts';
import { limitOf } from '../../judge.ts';
import { meanOf } from '../../foundation/statistics.ts';
import { STRENGTH_STEP, TILE_LIMITS, leastRow, meanRow } from './data.ts';
import type { Construction } from './data.ts';

export type TileVerdict = 'qualified' | 'unqualified' | 'retest-two-groups';

export interface TileThresholds {
  /** Least mean, MPa; at most one single may be below it. */
  mean_MPa: string;
  /** And that one not below this. */
  least_MPa: string;
}

export interface TileGroup {
  singles_MPa: readonly string[];
  mean_MPa: string;
  meanOk: boolean;
  singleOk: boolean;
  /** Singles below the least mean. */
  below: number;
}

export function thresholdsOf(standard: string, construction: Construction): TileThresholds {
  const mean = limitOf(TILE_LIMITS, standard, 'NJ', meanRow(construction))?.min;
  const least = limitOf(TILE_LIMITS, standard, 'NJ', leastRow(construction))?.min;
  if (mean === undefined || least === undefined) throw new RangeError(`no bond strength of ${construction}`);
  return { mean_MPa: mean, least_MPa: least };
}

/** Three single strengths, already to 0.1 MPa. */
export function tileGroup(singles: readonly string[], { mean_MPa, least_MPa }: TileThresholds): TileGroup {
  const mean = meanOf(singles, STRENGTH_STEP);
  const low = singles.filter((single) => new Exact(single).lessThan(mean_MPa));
  return {
    singles_MPa: singles,
    mean_MPa: mean,
    meanOk: new Exact(mean).greaterThanOrEqualTo(mean_MPa),
    singleOk: low.length <= 1 && low.every((single) => new Exact(single).greaterThanOrEqualTo(least_MPa)),
    below: low.length,
  };
}

/** One group at first; the two groups of a retest are the last word. */
export function judgeTiles(groups: readonly TileGroup[], isRetest: boolean): TileVerdict {
  if (groups.every(({ meanOk, singleOk }) => meanOk && singleOk)) return 'qualified';
  if (isRetest || groups.every(({ meanOk, singleOk }) => !meanOk && !singleOk)) return 'unqualified';
  return 'retest-two-groups';
}

// Loading rate of compression tests: the window is tabled in MPa/s by class of expected strength and converted to kN/s
// with the nominal area, so that screen, machine and curve check use one source.
import { Exact, parseDecimal } from './decimal.ts';
import type { DataStatus } from '../method.ts';

/** Loading rate for a class of expected strength: from (inclusive) and below (exclusive), MPa. */
export interface LoadingRateWindow {
  from_MPa: string | null;
  below_MPa: string | null;
  min_MPa_s: string;
  max_MPa_s: string;
  clause: string;
  status: DataStatus;
}

export interface LoadingRate {
  min_MPa_s: string;
  max_MPa_s: string;
  min_kN_s: string;
  max_kN_s: string;
  clause: string;
}

/** The row of the table for an expected strength in MPa. */
export function loadingRateRow(table: readonly LoadingRateWindow[], expected_MPa: string): LoadingRateWindow {
  const expected = parseDecimal(expected_MPa, 'expected_MPa', '预期强度');
  const row = table.find(
    (candidate) =>
      (candidate.from_MPa === null || expected.greaterThanOrEqualTo(candidate.from_MPa)) &&
      (candidate.below_MPa === null || expected.lessThan(candidate.below_MPa)),
  );
  if (row === undefined) throw new RangeError(`no loading rate for ${expected_MPa} MPa`);
  return row;
}

/** The window in both units for a loaded area in mm². */
export function loadingRateWindow(
  table: readonly LoadingRateWindow[],
  expected_MPa: string,
  area_mm2: string,
): LoadingRate {
  const row = loadingRateRow(table, expected_MPa);
  const kilonewton = (rate: string): string => new Exact(rate).times(area_mm2).div(1000).toFixed();
  return {
    min_MPa_s: row.min_MPa_s,
    max_MPa_s: row.max_MPa_s,
    min_kN_s: kilonewton(row.min_MPa_s),
    max_kN_s: kilonewton(row.max_MPa_s),
    clause: row.clause,
  };
}

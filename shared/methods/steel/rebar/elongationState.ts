// Whether an elongation after fracture counts: the bar broke at least L0/3 from the nearest mark, or A reaches the
// required value wherever it broke. Otherwise the specimen has no A, and a new one is tested.
import { Exact } from '../../foundation/decimal.ts';
import { meetsFullValue } from '../../foundation/limits.ts';
import type { BoundLimit } from '../../judge.ts';

/** `undecided`: near a mark, and the limit that would decide is not confirmed. */
export type ElongationState = 'valid' | 'by-requirement' | 'undecided' | 'invalid';

export const STATE_TEXT: Readonly<Record<ElongationState, string>> = {
  valid: '断口至最近标记不小于 L_{0}/3，有效',
  'by-requirement': '断口至最近标记小于 L_{0}/3，断后伸长率不小于规定值，有效',
  undecided: '断口至最近标记小于 L_{0}/3，限值未核对，是否有效需人工判定',
  invalid: '断口至最近标记小于 L_{0}/3，断后伸长率无法确认不小于规定值，试验无效',
};

export function elongationState(
  value: string,
  distance_mm: string,
  gauge_mm: string,
  limit: BoundLimit | null,
  judges: boolean,
): ElongationState {
  if (new Exact(distance_mm).times(3).greaterThanOrEqualTo(gauge_mm)) return 'valid';
  if (limit === null) return 'invalid';
  if (!judges) return 'undecided';
  return meetsFullValue(value, limit) ? 'by-requirement' : 'invalid';
}

// Data of GB/T 50081-2019 for cube compressive strength: sizes, size factors, loading rates, age tolerances. Rows are
// `draft` until somebody has checked them against the printed standard; the grade requirement is true by definition.
import type { AgeTolerance, Edition } from '../../method.ts';
import type { LoadingRateWindow } from '../../foundation/loadingRate.ts';

export const STANDARD = 'GB/T 50081-2019';
/** Strength tests of concrete judge nothing by themselves. */
export const EDITION: Edition = {
  id: STANDARD,
  test: STANDARD,
  judgement: null,
  rounding: 'GB/T 8170-2008',
  title: '混凝土物理力学性能试验方法标准',
  inForceFrom: '2020-06-01',
  inForceUntil: null,
};
export const CLAUSE_RESULT = `${STANDARD} 5.0.5`;
export const CLAUSE_LOADING = `${STANDARD} 5.0.4`;
export const CLAUSE_SIZE = `${STANDARD} 3.3`;
export const CLAUSE_MACHINE = `${STANDARD} 5.0.3`;
export const CLAUSE_EVALUATION_FACTOR = 'GB/T 50107-2010 4.3.2';

export const SIDES = ['100', '150', '200'] as const;
export type Side = (typeof SIDES)[number];

/** Factor for grades below C60; 150 mm is the standard specimen. */
export const SIZE_FACTOR: Readonly<Record<Side, string>> = { '100': '0.95', '150': '1.00', '200': '1.05' };

/** From this strength on 200 mm has no tabled factor, and GB/T 50107 asks for a tested one. */
export const HIGH_STRENGTH = 60;
/** Above this strength 100 mm has no tabled factor either. */
export const TESTED_FACTOR_ABOVE = 100;

export const LOADING_RATES: readonly LoadingRateWindow[] = [
  { from_MPa: null, below_MPa: '30', min_MPa_s: '0.3', max_MPa_s: '0.5', clause: CLAUSE_LOADING, status: 'draft' },
  { from_MPa: '30', below_MPa: '60', min_MPa_s: '0.5', max_MPa_s: '0.8', clause: CLAUSE_LOADING, status: 'draft' },
  { from_MPa: '60', below_MPa: null, min_MPa_s: '0.8', max_MPa_s: '1.0', clause: CLAUSE_LOADING, status: 'draft' },
];

export const AGES: readonly AgeTolerance[] = [
  { days: 3, toleranceHours: 2, openEnded: false, clause: `${STANDARD} 龄期允许偏差`, status: 'draft' },
  { days: 7, toleranceHours: 6, openEnded: false, clause: `${STANDARD} 龄期允许偏差`, status: 'draft' },
  { days: 28, toleranceHours: 20, openEnded: false, clause: `${STANDARD} 龄期允许偏差`, status: 'draft' },
  { days: 84, toleranceHours: 48, openEnded: true, clause: `${STANDARD} 龄期允许偏差`, status: 'draft' },
];

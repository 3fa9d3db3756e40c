// Data of GB/T 50081-2019 chapters 9 and 10: splitting tension of cubes and flexure of beams. The two tests share the
// classes of the loading rate, the 0.85 of the small specimen and the shape of the result, so they share this folder.
// Nobody has compared these rows with the printed standard: they stand as `draft` and the settings print it.
import type { LoadingRateWindow } from '../../foundation/loadingRate.ts';
import { STANDARD } from '../cube/data.ts';

/** One of the two tests, as far as arithmetic, words and plausibility differ. */
export interface TensionKind {
  parameterCode: string;
  name: string;
  symbol: string;
  /** Step of single and group values, MPa. */
  step: string;
  /** No concrete of any grade in use breaks above this: a larger figure is a slip of the keyboard or of the unit. */
  maxStrength_MPa: string;
  clause: string;
  loadingClause: string;
  sizeClause: string;
  /** Share of the compressive strength in which the result can be: one part in `least` to one part in `most`, usually `usual`. */
  share: { least: number; usual: number; most: number };
}

export const SPLITTING: TensionKind = {
  parameterCode: 'PL',
  name: '劈裂抗拉强度',
  symbol: 'f_{ts}',
  step: '0.01',
  maxStrength_MPa: '20',
  clause: `${STANDARD} 9.0.5`,
  loadingClause: `${STANDARD} 9.0.4`,
  sizeClause: `${STANDARD} 9.0.2`,
  share: { least: 30, usual: 12, most: 5 },
};

export const FLEXURAL: TensionKind = {
  parameterCode: 'KZ',
  name: '抗折强度',
  symbol: 'f_{f}',
  step: '0.1',
  maxStrength_MPa: '30',
  clause: `${STANDARD} 10.0.5`,
  loadingClause: `${STANDARD} 10.0.4`,
  sizeClause: `${STANDARD} 10.0.2`,
  share: { least: 20, usual: 8, most: 3 },
};

/** 2/π as the standard writes it. */
export const SPLITTING_COEFFICIENT = '0.637';

/** Factor of the 100 mm specimen for grades below C60; from C60 on, and for 200 mm, only a tested one. */
export const SMALL_FACTOR = '0.85';

export const SPECIMENS = 3;

/** Rate of tensile stress by class of the compressive strength. */
export function tensionRates(clause: string): readonly LoadingRateWindow[] {
  const status = 'draft';
  return [
    { from_MPa: null, below_MPa: '30', min_MPa_s: '0.02', max_MPa_s: '0.05', clause, status },
    { from_MPa: '30', below_MPa: '60', min_MPa_s: '0.05', max_MPa_s: '0.08', clause, status },
    { from_MPa: '60', below_MPa: null, min_MPa_s: '0.08', max_MPa_s: '0.10', clause, status },
  ];
}

export interface BeamSize {
  /** Span between the supports, three times the height. */
  span_mm: string;
  width_mm: string;
  height_mm: string;
}

export const BEAM_SIZES = ['150×150×550', '150×150×600', '100×100×400'] as const;
export type BeamSizeName = (typeof BEAM_SIZES)[number];

export const BEAMS: Readonly<Record<BeamSizeName, BeamSize>> = {
  '150×150×550': { span_mm: '450', width_mm: '150', height_mm: '150' },
  '150×150×600': { span_mm: '450', width_mm: '150', height_mm: '150' },
  '100×100×400': { span_mm: '300', width_mm: '100', height_mm: '100' },
};

// Rounding of steel results. The product standards name YB/T 081, whose step grows with the value; test standards alone
// round strengths to 1 MPa (GB/T 228.1) or 5 MPa (JGJ/T 27). The step decides verdicts (397.81 MPa is 400 or 398), so the
// standard it is taken from is always named by the caller. The range is found with the unrounded value, by
// cross-multiplication: 200.4 MPa lies above 200 and takes the step 5.
import { Exact, roundRatio } from '../foundation/decimal.ts';

export const STRENGTH_ROUNDINGS = ['YB/T 081-2013', 'GB/T 228.1-2021', 'JGJ/T 27-2014'] as const;
export type StrengthRounding = (typeof STRENGTH_ROUNDINGS)[number];

/** Step of a strength numerator/denominator in MPa (N / mm²); the denominator is positive. */
export function strengthStep(numerator: Exact, denominator: Exact, roundingStandard: StrengthRounding): string {
  if (roundingStandard === 'GB/T 228.1-2021') return '1';
  if (roundingStandard === 'JGJ/T 27-2014') return '5';
  if (numerator.lessThanOrEqualTo(denominator.times(200))) return '1';
  return numerator.lessThanOrEqualTo(denominator.times(1000)) ? '5' : '10';
}

/** Strength numerator/denominator in MPa (N / mm²), rounded once to the step of the named standard. */
export function roundStrength(numerator: Exact, denominator: Exact, roundingStandard: StrengthRounding): string {
  return roundRatio(numerator, denominator, strengthStep(numerator, denominator, roundingStandard));
}

/** A standard's value, times a factor, or a limit: rounds a plain decimal of MPa. */
export function roundStrengthValue(value_MPa: string, roundingStandard: StrengthRounding): string {
  return roundStrength(new Exact(value_MPa), new Exact(1), roundingStandard);
}

export const ELONGATION_STEPS = ['YB/T 081-2013', 'GB/T 228.1-2021'] as const;
export type ElongationRounding = (typeof ELONGATION_STEPS)[number];

/** Step of an elongation after fracture numerator/denominator in %: above 10 % YB/T 081 takes 1 %, else 0.5 %. */
export function elongationStep(numerator: Exact, denominator: Exact, roundingStandard: ElongationRounding): string {
  return roundingStandard === 'YB/T 081-2013' && numerator.greaterThan(denominator.times(10)) ? '1' : '0.5';
}

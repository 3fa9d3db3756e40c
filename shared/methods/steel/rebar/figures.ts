// The arithmetic of one bar sample: from forces, lengths and mass to strengths, elongations, ratios and deviation. Each
// figure keeps its exact quotient beside the reported value; comparison and further figures take the one they should.
import { Exact } from '../../foundation/decimal.ts';
import { meetsFullValue } from '../../foundation/limits.ts';
import { sumOf } from '../../foundation/statistics.ts';
import { elongationStep, strengthStep } from '../steelRounding.ts';
import type { ElongationRounding, StrengthRounding } from '../steelRounding.ts';
import { MODULUS } from './data.ts';
import { ratio, roundedTo, within } from './ratio.ts';
import type { Ratio } from './ratio.ts';

export interface Figure {
  exact: Ratio;
  /** As reported, rounded once. */
  value: string;
  /** Its step (修约间隔). */
  step: string;
  /** The unrounded value to one digit more than any step, for the record only. */
  calculated: string;
  /** The formula with its numbers. */
  substituted: string;
  /** `proof`: Rp0.2 in the place of ReL; `gauge`: by the extensometer. */
  by?: 'proof' | 'gauge';
}

const figure = (exact: Ratio, step: string, shownStep: string, substituted: string): Figure => ({
  exact,
  value: roundedTo(exact, step),
  step,
  calculated: roundedTo(exact, shownStep),
  substituted,
});

/** R = F / S0 in MPa: force in kN, area in mm². */
export function strength(force_kN: string, area_mm2: string, rounding: StrengthRounding): Figure {
  const exact = ratio(new Exact(force_kN).times(1000), area_mm2);
  const step = strengthStep(exact.numerator, exact.denominator, rounding);
  return figure(exact, step, '0.01', `${force_kN} × 1000 / ${area_mm2}`);
}

/** A = (Lu − L0) / L0 × 100, %. */
export function elongation(gauge_mm: string, final_mm: string, rounding: ElongationRounding): Figure {
  const exact = ratio(new Exact(final_mm).minus(gauge_mm).times(100), gauge_mm);
  const step = elongationStep(exact.numerator, exact.denominator, rounding);
  return figure(exact, step, '0.01', `(${final_mm} − ${gauge_mm}) / ${gauge_mm} × 100`);
}

/** Agt = (L′ − L0′) / L0′ × 100 + Rm / E × 100, %; Rm in MPa as a quotient, so that nothing is rounded on the way. */
export function totalExtension(
  gauge_mm: string,
  final_mm: string,
  tensile: { exact: Ratio; text: string },
  step: string,
  modulus_MPa: string = MODULUS,
): Figure {
  const gauge = new Exact(gauge_mm);
  const elastic = tensile.exact.denominator.times(modulus_MPa);
  const plastic = new Exact(final_mm).minus(gauge).times(100).times(elastic);
  const exact = ratio(plastic.plus(tensile.exact.numerator.times(100).times(gauge)), gauge.times(elastic));
  const substituted = `(${final_mm} − ${gauge_mm}) / ${gauge_mm} × 100 + ${tensile.text} / ${modulus_MPa} × 100`;
  return figure(exact, step, '0.001', substituted);
}

/** Agt as the extensometer gave it, rounded here. */
export const extensionFigure = (percent: string, step: string): Figure => ({
  ...figure(asRatio(percent), step, '0.001', percent),
  by: 'gauge',
});

export const RATIO_STEP = '0.01';

/** Quotient of two strengths, to 0.01. */
export function strengthRatio(upper: Ratio, lower: Ratio, texts: readonly [string, string]): Figure {
  const exact = ratio(upper.numerator.times(lower.denominator), upper.denominator.times(lower.numerator));
  return figure(exact, RATIO_STEP, '0.0001', `${texts[0]} / ${texts[1]}`);
}

export interface MassFigure extends Figure {
  totalLength_mm: string;
  /** Total length times mass per metre; mm · kg/m is g. */
  theoretical_g: string;
}

/**
 * A step at which the printed value stands on the same side of the limit as the exact one, two decimals at least: what is
 * compared as calculated must not print as −8.00 and fail −8.
 */
export function tellingStep(exact: Ratio, limit: { min?: string; max?: string }): string {
  let step = '0.01';
  while (meetsFullValue(roundedTo(exact, step), limit) !== within(exact, limit)) step = `0.0${step.slice(2)}`;
  return step;
}

/** (m − Σl·w) / (Σl·w) × 100, %, with its sign. */
export function massDeviation(
  lengths_mm: readonly string[],
  totalMass_g: string,
  mass_kg_m: string,
  stepOf: (exact: Ratio) => string,
): MassFigure {
  const length = sumOf(lengths_mm);
  const theoretical = length.times(mass_kg_m);
  const exact = ratio(new Exact(totalMass_g).minus(theoretical).times(100), theoretical);
  const [total, due] = [length.toFixed(), theoretical.toFixed()];
  return {
    ...figure(exact, stepOf(exact), '0.001', `(${totalMass_g} − ${due}) / ${due} × 100`),
    totalLength_mm: total,
    theoretical_g: due,
  };
}

/** A value that is taken as it stands, e.g. a reported strength. */
export const asRatio = (value: string): Ratio => ratio(new Exact(value), '1');

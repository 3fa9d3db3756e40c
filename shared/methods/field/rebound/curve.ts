// Strength of a zone from its corrected rebound value and carbonation depth by a curve with fractional powers. The power
// is computed to forty digits and rounded once; of all Rm and dm the value nearest to a tie is 4·10⁻⁶ MPa away from it.
import { Decimal } from 'decimal.js';
import { Exact, roundRatio } from '../../foundation/decimal.ts';
import type { StrengthCurve } from './data.ts';

const Fine = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_EVEN, toExpNeg: -400, toExpPos: 400 });

/** The value of the formula, unrounded (to forty digits). */
export function curveValue(curve: StrengthCurve, rebound: string, carbonation_mm: string): string {
  const power = new Fine(rebound).pow(curve.exponent);
  const reduction = new Fine(10).pow(new Fine(curve.carbonation).times(carbonation_mm));
  return new Fine(curve.factor).times(power).times(reduction).toFixed();
}

/** Carbonation depth as the curve counts it: at most 6.0 mm. */
export function countedCarbonation(curve: Pick<StrengthCurve, 'maxCarbonation_mm'>, carbonation_mm: string): string {
  return new Exact(carbonation_mm).greaterThan(curve.maxCarbonation_mm) ? curve.maxCarbonation_mm : carbonation_mm;
}

/** A strength to 0.1 MPa in words where it leaves the curve's range: `<10.0`, `>60.0`. */
export function strengthInRange(curve: Pick<StrengthCurve, 'min_MPa' | 'max_MPa'>, strength: string): string {
  if (new Exact(strength).lessThan(curve.min_MPa)) return `<${curve.min_MPa}`;
  return new Exact(strength).greaterThan(curve.max_MPa) ? `>${curve.max_MPa}` : strength;
}

/** 测区混凝土强度换算值, MPa. */
export function strengthOnCurve(curve: StrengthCurve, rebound: string, carbonation_mm: string): string {
  const value = curveValue(curve, rebound, countedCarbonation(curve, carbonation_mm));
  return strengthInRange(curve, roundRatio(new Exact(value), new Exact(1), '0.1'));
}

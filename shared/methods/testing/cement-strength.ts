// Test help: cement strength worked out a second time on BigInt rationals, from bounds 0.9·m and 1.1·m instead of
// differences, and one sound age to change from.
import cementStrength from '../cement/cement-strength.method.ts';
import type { CementStrengthOutputs } from '../cement/cement-strength.method.ts';
import type { MethodComputation } from '../method.ts';
import { add, compare, divide, multiply, rational, roundRational } from './rational.ts';
import type { Rational } from './rational.ts';

export type ReferenceMode = 'rounded' | 'raw';
export interface ReferenceStrength {
  rule: string;
  result_MPa: string | null;
}

export const tenths = (value: number): string => `${Math.floor(value / 10)}.${value % 10}`;

const total = (values: readonly string[]): Rational => values.map(rational).reduce(add, { n: 0n, d: 1n });
const meanOf = (values: readonly string[]): Rational => divide(total(values), { n: BigInt(values.length), d: 1n });

/** The values inside 0.9·m … 1.1·m, both ends included. */
function inside(values: readonly string[], mode: ReferenceMode): string[] {
  const mean = mode === 'raw' ? meanOf(values) : rational(roundRational(meanOf(values), '0.1'));
  const low = multiply(mean, { n: 9n, d: 10n });
  const high = multiply(mean, { n: 11n, d: 10n });
  return values.filter((value) => compare(rational(value), low) >= 0 && compare(rational(value), high) <= 0);
}

export function referenceFlexure(values: readonly string[], mode: ReferenceMode): ReferenceStrength {
  const kept = inside(values, mode);
  if (kept.length === 0) return { rule: 'none', result_MPa: null };
  const rule = kept.length === 3 ? 'mean3' : kept.length === 2 ? 'mean2' : 'single';
  return { rule, result_MPa: roundRational(meanOf(kept), '0.1') };
}

export function referenceCompression(values: readonly string[], mode: ReferenceMode): ReferenceStrength {
  const kept = inside(values, mode);
  if (kept.length === 6) return { rule: 'mean6', result_MPa: roundRational(meanOf(kept), '0.1') };
  if (kept.length < 5 || inside(kept, mode).length < 5) return { rule: 'void', result_MPa: null };
  return { rule: 'mean5', result_MPa: roundRational(meanOf(kept), '0.1') };
}

/** 0.00234375·F, the constant as the standard's users know it. */
export const referenceFlexureSingle = (load_N: string): string =>
  roundRational(multiply(rational(load_N), rational('0.00234375')), '0.1');
/** 0.625·F with F in kN. */
export const referenceCompressionSingle = (load_kN: string): string =>
  roundRational(multiply(rational(load_kN), rational('0.625')), '0.1');

/** A load that gives exactly this single strength. */
export const flexureLoad = (strength: string): string =>
  roundRational(divide(rational(strength), rational('0.00234375')), '1');
export const compressionLoad = (strength: string): string =>
  roundRational(multiply(rational(strength), rational('1.6')), '0.01');

const times = (count: number, load: string): string[] => Array.from({ length: count }, () => load);
export const flexureLoads = (strengths: readonly string[]): string[] => strengths.map(flexureLoad);
export const compressionLoads = (strengths: readonly string[]): string[] => strengths.map(compressionLoad);
export const evenFlexure = (strength: string): string[] => times(3, flexureLoad(strength));
export const evenCompression = (strength: string): string[] => times(6, compressionLoad(strength));

export const base = {
  kind: 'P·O',
  grade: '42.5',
  age_d: '3',
  flexureLoads_N: evenFlexure('5.5'),
  compressionLoads_kN: evenCompression('27.5'),
};

export const CONFIRMED = { 'limits GB 175-2023': 'confirmed', 'limits GB 175-2007': 'confirmed' };

export interface ComputeChange {
  policies?: Record<string, string>;
  edition?: string;
  parameters?: readonly string[];
}

/** With confirmed limits unless other policies are given. */
export function compute(
  change: Record<string, unknown>,
  settings: ComputeChange = {},
): MethodComputation<CementStrengthOutputs> {
  return cementStrength.compute({ ...base, ...change }, { policies: CONFIRMED, ...settings });
}

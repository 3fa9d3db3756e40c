// Test help: water, setting and soundness of cement worked out a second time on BigInt rationals, and one sound sample.
import cementConsistency from '../cement/cement-consistency.method.ts';
import type { CementConsistencyOutputs } from '../cement/cement-consistency.method.ts';
import type { ComputeSettings, MethodComputation, Verdict } from '../method.ts';
import { add, compare, divide, multiply, rational, roundRational } from './rational.ts';

export const base = {
  kind: 'P·O',
  grade: '42.5',
  trialWater_mL: ['130', '137'],
  plungerDistance_mm: ['3', '6'],
  initialSetting_min: '185',
  finalSetting_min: '245',
  soundnessRound: 'initial',
  needleA_mm: ['10.5', '11.0'],
  needleC_mm: ['12.0', '12.5'],
};

export const OLD = 'GB/T 1346-2011';
export const NEW = 'GB/T 1346-2024';
export const ARCHIVE = 'GB/T 1346-2011（GB 175-2007）';
export const CONFIRMED = {
  'limits GB 175-2023': 'confirmed',
  'limits GB 175-2007': 'confirmed',
  'limits GB/T 1346-2011': 'confirmed',
  'limits GB/T 1346-2024': 'confirmed',
};

/** With confirmed limits, on the newest edition, unless other settings are given. */
export function compute(
  change: Record<string, unknown>,
  settings: ComputeSettings = {},
): MethodComputation<CementConsistencyOutputs> {
  return cementConsistency.compute({ ...base, ...change }, { policies: CONFIRMED, ...settings });
}

/** The sound sample without some of its readings. */
export function without(...names: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(base).filter(([name]) => !names.includes(name)));
}

/** W / 5, to 0.1 %. */
export const referenceWater = (water_mL: string): string =>
  roundRational(divide(rational(water_mL), rational('5')), '0.1');

/** Twice 5.0 mm against the sum of the two growths. */
export function referenceSoundness(a: readonly string[], c: readonly string[], round: string): Verdict {
  const sum = (values: readonly string[]) => values.map(rational).reduce(add, { n: 0n, d: 1n });
  const allowed = add(sum(a), multiply(rational('5.0'), rational('2')));
  if (compare(sum(c), allowed) <= 0) return 'qualified';
  return round === 'initial' ? 'retest' : 'unqualified';
}

export function referenceSetting(kind: string, initial: number, final: number): Verdict {
  const latest = kind === 'P·Ⅰ' || kind === 'P·Ⅱ' ? 390 : 600;
  return initial >= 45 && final <= latest ? 'qualified' : 'unqualified';
}

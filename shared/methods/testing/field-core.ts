// Cores calculated a second time, on BigInt rationals with π from Machin's formula, and a sound set to change from.
import core from '../field/core-strength.method.ts';
import type { CoreOutputs } from '../field/core/outputs.ts';
import type { ComputeSettings, MethodComputation } from '../method.ts';
import { add, compare, divide, multiply, rational, roundRational } from './rational.ts';
import type { Rational } from './rational.ts';

const SCALE = 10n ** 60n;

/** arctan(1/x) · SCALE by its series. */
function inverseTangent(x: bigint): bigint {
  let [power, sum, k, sign] = [SCALE / x, SCALE / x, 3n, -1n];
  while (power !== 0n) {
    power /= x * x;
    sum += (sign * power) / k;
    sign = -sign;
    k += 2n;
  }
  return sum;
}
const PI: Rational = { n: 4n * (4n * inverseTangent(5n) - inverseTangent(239n)), d: SCALE };

export function referenceDiameter([a, b]: readonly string[]): string {
  return roundRational(divide(add(rational(a ?? ''), rational(b ?? '')), { n: 2n, d: 1n }), '0.5');
}

/** Force over area, the area formed with the radius. */
export function referenceCore(load_kN: string, diameter_mm: string, betaC: string): string {
  const radius = divide(rational(diameter_mm), { n: 2n, d: 1n });
  const newtons = multiply(multiply(rational(load_kN), rational(betaC)), { n: 1000n, d: 1n });
  return roundRational(divide(newtons, multiply(PI, multiply(radius, radius))), '0.1');
}

export interface ReferenceEntity {
  mean: string;
  meanOk: boolean;
  leastOk: boolean;
}

/** Appendix D with thresholds formed as fractions of the strength. */
export function referenceEntity(cores: readonly string[], strength: string): ReferenceEntity {
  const values = cores.map(rational).sort(compare);
  const mean = divide(values.reduce(add), { n: BigInt(values.length), d: 1n });
  const design = rational(strength);
  return {
    mean: roundRational(mean, '0.1'),
    meanOk: compare(mean, multiply(design, { n: 22n, d: 25n })) >= 0,
    leastOk: compare(values[0] ?? mean, multiply(design, { n: 4n, d: 5n })) >= 0,
  };
}

export type Change = Record<string, unknown>;

export const coreBase = {
  designGrade: 'C35',
  assessment: 'member',
  nominalDiameter_mm: '100',
  loads_kN: ['251.3', '260.0', '281.7'],
  diameters_mm: [
    ['100.0', '100.0'],
    ['100.0', '100.0'],
    ['100.0', '100.0'],
  ],
  heights_mm: ['100', '101', '99'],
};

/** The set with some readings changed; `undefined` takes a reading away. */
export function cores(change: Change = {}, settings: ComputeSettings = {}): MethodComputation<CoreOutputs> {
  const inputs = Object.entries({ ...coreBase, ...change }).filter(([, value]) => value !== undefined);
  return core.compute(Object.fromEntries(inputs), settings);
}

/** Loads on 100 mm that give these strengths (MPa), to 0.01 kN. */
export function loadsFor(strengths: readonly string[]): string[] {
  const area = divide(multiply(PI, rational('10000')), rational('4'));
  return strengths.map((strength) =>
    roundRational(divide(multiply(rational(strength), area), rational('1000')), '0.01'),
  );
}

/** The load on 100 mm whose strength is 32.05 MPa, cut off and carried at 30 decimals: just below and just above a tie. */
export function loadsAtTie(): [below: string, above: string] {
  const exact = multiply(PI, rational('80.125'));
  const cut = (exact.n * 10n ** 30n) / exact.d;
  const text = (value: bigint): string => {
    const digits = value.toString();
    return `${digits.slice(0, -30)}.${digits.slice(-30)}`;
  };
  return [text(cut), text(cut + 1n)];
}

export const CONFIRMED: ComputeSettings = { policies: { 'limits GB 50204-2015': 'confirmed' } };

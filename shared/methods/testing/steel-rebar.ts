// An independent second implementation of the bar methods for tests: BigInt rationals, its own copy of the tables, and
// the rules written down a second time, so that a slip in a table or a formula of the program is seen.
import { add, compare, divide, multiply, rational, roundRational } from './rational.ts';
import type { Rational } from './rational.ts';

export const AREAS: Readonly<Record<string, string>> = {
  '6': '28.27',
  '8': '50.27',
  '10': '78.54',
  '12': '113.1',
  '14': '153.9',
  '16': '201.1',
  '18': '254.5',
  '20': '314.2',
  '22': '380.1',
  '25': '490.9',
  '28': '615.8',
  '32': '804.2',
  '36': '1018',
  '40': '1257',
  '50': '1964',
};
export const MASSES: Readonly<Record<string, string>> = {
  '6': '0.222',
  '8': '0.395',
  '10': '0.617',
  '12': '0.888',
  '14': '1.21',
  '16': '1.58',
  '18': '2.00',
  '20': '2.47',
  '22': '2.98',
  '25': '3.85',
  '28': '4.83',
  '32': '6.31',
  '36': '7.99',
  '40': '9.87',
  '50': '15.42',
};

const of = (text: string): Rational => rational(text);
const hundred = of('100');
const minus = (a: Rational, b: Rational): Rational => add(a, { n: -b.n, d: b.d });
const between = (value: Rational, from: string, to: string): boolean =>
  compare(value, of(from)) > 0 && compare(value, of(to)) <= 0;

export const rawStrength = (force_kN: string, diameter: string): Rational =>
  divide(multiply(of(force_kN), of('1000')), of(AREAS[diameter] ?? '0'));

/** YB/T 081 unless told to round to 1 MPa. */
export function refStrength(force_kN: string, diameter: string, toOne = false): string {
  const value = rawStrength(force_kN, diameter);
  const step = toOne || !between(value, '200', '1000000') ? '1' : between(value, '200', '1000') ? '5' : '10';
  return roundRational(value, step);
}

/** The gauge is five diameters, so A = Lu/(5d) − 1 in percent. */
export function refElongation(final_mm: string, diameter: string, halfSteps = false): string {
  const share = divide(of(final_mm), multiply(of('5'), of(diameter)));
  const percent = multiply(minus(share, of('1')), hundred);
  return roundRational(percent, !halfSteps && between(percent, '10', '1000000') ? '1' : '0.5');
}

/** Agt = 100·(L′/L0′ − 1) + Rm/2000. */
export function refAgt(gauge_mm: string, final_mm: string, tensile: Rational, step = '0.1'): string {
  const plastic = multiply(minus(divide(of(final_mm), of(gauge_mm)), of('1')), hundred);
  return roundRational(add(plastic, divide(tensile, of('2000'))), step);
}

export const refRatio = (upper: Rational, lower: Rational): string => roundRational(divide(upper, lower), '0.01');

/** Deviation = 100·(m / Σ(l·w) − 1), summed bar by bar. */
export function refMass(lengths_mm: readonly string[], total_g: string, diameter: string, step: string): string {
  const due = lengths_mm
    .map((one) => multiply(of(one), of(MASSES[diameter] ?? '0')))
    .reduce((sum, one) => add(sum, one));
  return roundRational(multiply(minus(divide(of(total_g), due), of('1')), hundred), step);
}

interface RefSample {
  grade: string;
  nominalDiameter_mm: string;
  FeL_kN: readonly string[];
  Fm_kN: readonly string[];
  Lu_mm: readonly string[];
  fractureDistance_mm: readonly string[];
  agtFinal_mm: readonly string[];
  lengths_mm: readonly string[];
  totalMass_g: string;
  bendFindings: readonly string[];
}

const reaches = (value: string, limit: string): boolean => compare(of(value), of(limit)) >= 0;

/** Which parameters of a ribbed bar fail, by the rules of the 2024 standard, with marks 100 mm apart. */
export function refFailures(sample: RefSample): Record<string, boolean | 'invalid' | null> {
  const { grade, nominalDiameter_mm: diameter } = sample;
  const size = Number(diameter);
  const level = grade.includes('400') ? 0 : grade.includes('500') ? 1 : 2;
  const seismic = grade.endsWith('E');
  const tensile = ['540', '630', '730'][level] ?? '';
  const yielding = ['400', '500', '600'][level] ?? '';
  const below = size > 40 ? 2 : size >= 28 ? 1 : 0;
  const leastA = String([16, 15, 14].map((value) => value - below)[level]);
  const elongations = sample.Lu_mm.map((final, index) => {
    const value = refElongation(final, diameter);
    const far = compare(multiply(of('3'), of(sample.fractureDistance_mm[index] ?? '0')), of(String(5 * size))) >= 0;
    if (seismic) return far ? null : 'invalid';
    if (reaches(value, leastA)) return false;
    return far ? true : 'invalid';
  });
  const worst = elongations.includes(true)
    ? true
    : elongations.includes('invalid')
      ? 'invalid'
      : (elongations[0] ?? null);
  const ratios = sample.FeL_kN.map((force, index) => {
    const [low, high] = [rawStrength(force, diameter), rawStrength(sample.Fm_kN[index] ?? '0', diameter)];
    return { tensile: refRatio(high, low), yielding: refRatio(low, of(yielding)) };
  });
  const massLimit = size <= 12 ? '5.5' : size <= 20 ? '4.5' : '3.5';
  const mass = refMass(sample.lengths_mm, sample.totalMass_g, diameter, '0.1');
  return {
    QF: !sample.FeL_kN.every((force) => reaches(refStrength(force, diameter), yielding)),
    KL: !sample.Fm_kN.every((force) => reaches(refStrength(force, diameter), tensile)),
    SC: worst,
    ZL: !sample.agtFinal_mm.every((final, index) =>
      reaches(refAgt('100', final, rawStrength(sample.Fm_kN[index] ?? '0', diameter)), seismic ? '9.0' : '7.5'),
    ),
    QQB: seismic ? !ratios.every((one) => reaches(one.tensile, '1.25')) : null,
    QBB: seismic ? !ratios.every((one) => reaches('1.30', one.yielding)) : null,
    WQ: sample.bendFindings.some((finding) => finding !== 'no-crack'),
    ZLPC: !reaches(massLimit, mass.replace('-', '')),
  };
}

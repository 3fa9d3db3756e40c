// Test help: GB/T 50107-2010 a second time, on BigInt rationals, written from the formulas and not from the program.
import { referenceDeviation, referenceMean } from './foundation-deviation.ts';
import { add, compare, multiply, rational, roundRational } from './rational.ts';
import type { Rational } from './rational.ts';

export interface ReferenceBatch {
  way: string;
  mean: string;
  deviation: string | null;
  meanOk: boolean;
  minOk: boolean;
}

const atLeast = (a: Rational, b: Rational): boolean => compare(a, b) >= 0;
const negated = (a: Rational): Rational => ({ n: -a.n, d: a.d });

function lambda(n: number): [string, string] {
  if (n >= 20) return ['0.95', '0.85'];
  return n >= 15 ? ['1.05', '0.85'] : ['1.15', '0.90'];
}

export function referenceBatch(
  values: readonly string[],
  fcuk: string,
  sigma0: string | undefined,
  comparison: string,
): ReferenceBatch {
  const k = rational(fcuk);
  const exact = referenceMean(values);
  const mean = roundRational(exact, '0.1');
  const compared = comparison === 'raw' ? exact : rational(mean);
  const [least] = values.map(rational).sort(compare);
  if (least === undefined) throw new RangeError('no values');
  const floor = rational('2.5');
  const n = values.length;
  if (sigma0 !== undefined && n === 3) {
    const sigma = atLeast(rational(sigma0), floor) ? rational(sigma0) : floor;
    const margin = multiply(rational('0.7'), sigma);
    const share = compare(k, rational('20')) > 0 ? '0.9' : '0.85';
    return {
      way: 'statistical-known-sigma',
      mean,
      deviation: null,
      meanOk: atLeast(compared, add(k, margin)),
      minOk: atLeast(least, add(k, negated(margin))) && atLeast(least, multiply(rational(share), k)),
    };
  }
  if (n >= 10) {
    const deviation = referenceDeviation(values, '0.01');
    const used = atLeast(rational(deviation), floor) ? rational(deviation) : floor;
    const [first, second] = lambda(n);
    return {
      way: 'statistical-unknown-sigma',
      mean,
      deviation,
      meanOk: atLeast(compared, add(k, multiply(rational(first), used))),
      minOk: atLeast(least, multiply(rational(second), k)),
    };
  }
  const third = compare(k, rational('60')) >= 0 ? '1.1' : '1.15';
  return {
    way: 'non-statistical',
    mean,
    deviation: null,
    meanOk: atLeast(compared, multiply(rational(third), k)),
    minOk: atLeast(least, multiply(rational('0.95'), k)),
  };
}

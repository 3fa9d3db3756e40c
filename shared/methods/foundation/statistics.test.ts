import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Exact } from './decimal.ts';
import { greatestOf, leastOf, meanOf, standardDeviationOf, sumOf } from './statistics.ts';
import { referenceDeviation, referenceMean } from '../testing/foundation-deviation.ts';
import { roundRational } from '../testing/rational.ts';

const tenths = (value: number): string => {
  const magnitude = Math.abs(value);
  return `${value < 0 ? '-' : ''}${Math.floor(magnitude / 10)}.${magnitude % 10}`;
};
const step = fc.constantFrom('0.01', '0.1', '0.5', '1', '5');
const sample = (least: number) =>
  fc.array(fc.integer({ min: 1, max: 1200 }).map(tenths), { minLength: least, maxLength: 16 });
/** Values that hardly differ: where a deviation by a rounded mean goes wrong, even negative under the root. */
const close = fc
  .tuple(fc.integer({ min: 100, max: 600 }), fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 16 }))
  .map(([base, offsets]) => offsets.map((offset) => tenths(base + offset)));

describe('mean', () => {
  test('agrees with BigInt rationals', () => {
    fc.assert(
      fc.property(sample(1), step, (values, to) => {
        expect(meanOf(values, to)).toBe(roundRational(referenceMean(values), to));
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    [['32.05', '32.05'], '0.1', '32.0'],
    [['32.15'], '0.1', '32.2'],
    [['33.0', '32.0', '31.2'], '0.1', '32.1'],
    [['0.1', '0.2'], '0.1', '0.2'],
    [['-0.1', '0.1'], '0.1', '0.0'],
  ])('of %j to %s is %s', (values, to, expected) => {
    expect(meanOf(values, to)).toBe(expected);
  });

  test('lies between the least and the greatest value, and does not depend on their order', () => {
    fc.assert(
      fc.property(sample(1), (values) => {
        const mean = new Exact(meanOf(values, '0.1'));
        expect(mean.greaterThanOrEqualTo(leastOf(values))).toBe(true);
        expect(mean.lessThanOrEqualTo(greatestOf(values))).toBe(true);
        expect(meanOf(values.toReversed(), '0.1')).toBe(mean.toFixed(1));
      }),
      { numRuns: 500 },
    );
  });

  test('of nothing is an error, never a zero', () => {
    expect(() => meanOf([], '0.1')).toThrow('mean of no values');
    expect(() => leastOf([])).toThrow('extreme of no values');
    expect(() => greatestOf([])).toThrow('extreme of no values');
    expect(sumOf([]).toFixed()).toBe('0');
  });
});

describe('standard deviation', () => {
  test('agrees with BigInt rationals, also where the values hardly differ', () => {
    fc.assert(
      fc.property(fc.oneof(sample(2), close), fc.constantFrom('0.001', '0.01', '0.1'), (values, to) => {
        expect(standardDeviationOf(values, to)).toBe(referenceDeviation(values, to));
      }),
      { numRuns: 1000 },
    );
  });

  test('does not change when every value is moved, nor with their order', () => {
    fc.assert(
      fc.property(sample(2), fc.integer({ min: 0, max: 500 }), (values, shift) => {
        const moved = values.map((value) => new Exact(value).plus(shift).toFixed());
        expect(standardDeviationOf(moved, '0.01')).toBe(standardDeviationOf(values, '0.01'));
        expect(standardDeviationOf(values.toReversed(), '0.01')).toBe(standardDeviationOf(values, '0.01'));
      }),
      { numRuns: 500 },
    );
  });

  test('ten times the values give ten times the deviation', () => {
    fc.assert(
      fc.property(sample(2), (values) => {
        const tenfold = values.map((value) => new Exact(value).times(10).toFixed());
        const small = standardDeviationOf(values, '0.01');
        expect(standardDeviationOf(tenfold, '0.1')).toBe(new Exact(small).times(10).toFixed(1));
      }),
      { numRuns: 500 },
    );
  });

  test('is zero exactly when all values are the same', () => {
    fc.assert(
      fc.property(fc.oneof(sample(2), close), (values) => {
        const same = values.every((value) => value === values[0]);
        expect(standardDeviationOf(values, '0.001') === '0.000').toBe(same);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    // A tie of the root: variance 0.015625 is 0.125 squared.
    [['0.875', '1', '1.125'], '0.01', '0.12'],
    [['0.625', '1', '1.375'], '0.01', '0.38'],
    // The mean is 20.37; put into Σf² − n·m² as 20.4 the variance would be negative.
    [['21.3', '20.5', '19.6', '21.2', '21.3', '20.5', '19.6', '21.2', '20.5', '18.0'], '0.01', '1.05'],
    [['33.0', '33.0', '33.0', '33.0', '33.0', '33.0', '33.0', '33.0', '33.0', '32.8'], '0.01', '0.06'],
  ])('of %j to %s is %s', (values, to, expected) => {
    expect(standardDeviationOf(values, to)).toBe(expected);
  });

  test('of one value is an error, never a zero', () => {
    expect(() => standardDeviationOf(['30.0'], '0.01')).toThrow('fewer than two values');
    expect(() => standardDeviationOf([], '0.01')).toThrow('fewer than two values');
  });
});

describe('extremes', () => {
  test('come back as they were written, the first of equals', () => {
    expect(leastOf(['30.10', '30.1', '31.0'])).toBe('30.10');
    expect(greatestOf(['30.1', '31.0', '31.00'])).toBe('31.0');
  });

  test('are members that no other member passes', () => {
    fc.assert(
      fc.property(sample(1), (values) => {
        const [least, greatest] = [leastOf(values), greatestOf(values)];
        expect(values).toContain(least);
        expect(values).toContain(greatest);
        expect(values.every((value) => new Exact(value).greaterThanOrEqualTo(least))).toBe(true);
        expect(values.every((value) => new Exact(value).lessThanOrEqualTo(greatest))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

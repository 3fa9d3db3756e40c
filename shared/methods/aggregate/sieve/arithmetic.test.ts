import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { basis, portion, tenths } from '../../testing/aggregate-portions.ts';
import { referenceGrading, referenceMean, referencePortion } from '../../testing/aggregate-reference.ts';
import { refusalOf } from '../../testing/refusals.ts';
import { classOf, gradingOf } from './grading.ts';
import { finenessMean, sievePortion } from './portion.ts';

const CLAUSE = 'JGJ 52-2006 砂的筛分析试验';
const sieve = (sample: string, retained_g: readonly string[], by: 'rounded' | 'mass' = 'rounded') =>
  sievePortion({ sample_g: sample, retained_g }, by, { field: 'x', label: '试样 1' });

describe('one portion', () => {
  test('agrees with an independent implementation under both policies', () => {
    fc.assert(
      fc.property(portion, basis, ({ masses, sample }, by) => {
        const own = { ...sieve(tenths(sample), masses, by), trace: undefined };
        const other = referencePortion(tenths(sample), masses, by);
        const none = { individual_percent: null, cumulative_percent: null, finenessModulus: null };
        expect(own).toEqual(other.accepted ? other : { ...other, ...none });
      }),
      { numRuns: 2000 },
    );
  });

  test('scaling every mass by two changes nothing', () => {
    fc.assert(
      fc.property(
        portion.filter(({ sample }) => sample <= 5000),
        basis,
        ({ masses, sample }, by) => {
          const double = (text: string) => tenths(Number(text.replace('.', '')) * 2);
          const [small, large] = [sieve(tenths(sample), masses, by), sieve(tenths(sample * 2), masses.map(double), by)];
          const figures = (one: typeof small) => ({ ...one, trace: [] });
          expect(figures(large)).toEqual(figures(small));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('sand moved to a coarser sieve never makes the fineness modulus smaller', () => {
    fc.assert(
      fc.property(
        portion,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 200 }),
        ({ masses, sum }, to, move) => {
          const numbers = masses.map((mass) => Number(mass.replace('.', '')));
          const amount = Math.min(move, numbers[to + 1] ?? 0);
          const moved = numbers.map((mass, index) =>
            index === to ? mass + amount : index === to + 1 ? mass - amount : mass,
          );
          const before = sieve(tenths(sum), masses, 'mass').finenessModulus;
          const after = sieve(tenths(sum), moved.map(tenths), 'mass').finenessModulus;
          expect(Number(after)).toBeGreaterThanOrEqual(Number(before));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('cumulative percentages never fall from sieve to sieve', () => {
    fc.assert(
      fc.property(portion, basis, ({ masses, sample }, by) => {
        const values = sieve(tenths(sample), masses, by).cumulative_percent;
        if (values === null) return;
        expect(values.map(Number)).toEqual(values.map(Number).sort((a, b) => a - b));
      }),
      { numRuns: 500 },
    );
  });

  test('everything on the coarsest sieve is refused, not divided by zero', () => {
    expect(refusalOf(() => sieve('500', ['500', '0', '0', '0', '0', '0', '0']))).toEqual({
      code: 'METHOD_OUT_OF_RANGE',
      field: 'x',
      rule: CLAUSE,
    });
  });
});

describe('two fineness moduli', () => {
  const hundredths = (value: number) => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;

  test('agree with an independent implementation in both orders; 0.20 apart is the last that counts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 70, max: 370 }), fc.integer({ min: -22, max: 22 }), (first, apart) => {
        const [one, two] = [hundredths(first), hundredths(first + apart)];
        const result = finenessMean(one, two);
        expect(result.result).toBe(referenceMean(one, two, '0.2', '0.1'));
        expect(result.result === null).toBe(Math.abs(apart) > 20);
        expect(finenessMean(two, one)).toEqual(result);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('grading zone', () => {
  test.each([
    // Published answers (with the square-hole names of the sieves).
    [['0', '0', '4', '51', '70', '95'], 'Ⅱ', '6', false],
    [['10', '40', '73', '80', '90', '97'], 'Ⅰ', '13', false],
    [['6', '24', '45', '68', '82', '96'], 'Ⅱ', '0', true],
    [['5', '12', '30', '58', '81', '95'], 'Ⅱ', '0', true],
    // Edges of the deciding sieve.
    [['5', '20', '50', '71', '85', '95'], 'Ⅰ', '0', true],
    [['5', '20', '50', '70', '85', '95'], 'Ⅱ', '0', true],
    [['5', '20', '40', '41', '80', '95'], 'Ⅱ', '0', true],
    [['5', '10', '20', '40', '80', '95'], 'Ⅲ', '0', true],
    [['5', '10', '16', '16', '60', '95'], 'Ⅲ', '0', true],
    [['5', '40', '70', '85', '90', '95'], 'Ⅰ', '10', false],
    // 5 % in total is allowed, 6 % is not, whichever sieves carry it.
    [['10', '25', '50', '60', '97', '100'], 'Ⅱ', '5', true],
    [['10', '27', '53', '60', '92', '100'], 'Ⅱ', '5', true],
    [['10', '27', '53', '60', '92', '89'], 'Ⅱ', '6', false],
    [['10', '28', '53', '60', '92', '100'], 'Ⅱ', '6', false],
    // None on 5.00 mm.
    [['11', '20', '40', '60', '85', '95'], 'Ⅱ', '0', false],
  ])('%j lies in %s, %s over, %s', (cumulative, zone, excess, meets) => {
    expect(gradingOf(cumulative)).toMatchObject({ zone, excess_percent: excess, meets });
  });

  test.each([[['5', '40', '70', '86', '90', '95']], [['0', '0', '5', '15', '60', '95']]])(
    '%j lies in none',
    (cumulative) => {
      expect(gradingOf(cumulative)).toMatchObject({ zone: null, excess_percent: null, meets: false });
    },
  );

  test('agrees with an independent implementation', () => {
    const near = fc
      .tuple(
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 42 }),
        fc.integer({ min: 0, max: 75 }),
        fc.integer({ min: 10, max: 90 }),
        fc.integer({ min: 50, max: 100 }),
        fc.integer({ min: 84, max: 101 }),
      )
      .map((values) => values as number[]);
    fc.assert(
      fc.property(near, (cumulative) => {
        const own = gradingOf(cumulative.map(String));
        const other = referenceGrading(cumulative);
        expect([own.zone, own.meets]).toEqual([other.zone, other.meets]);
        if (own.zone !== null) expect(own.excess_percent).toBe(String(other.excess));
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    ['3.8', null],
    ['3.7', '粗砂'],
    ['3.1', '粗砂'],
    ['3.0', '中砂'],
    ['2.3', '中砂'],
    ['2.2', '细砂'],
    ['1.6', '细砂'],
    ['1.5', '特细砂'],
    ['0.7', '特细砂'],
    ['0.6', null],
  ])('a fineness modulus of %s is %s', (value, sandClass) => {
    expect(classOf(value).sandClass).toBe(sandClass);
  });
});

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meetsFullValue, meetsRoundedValue } from './limits.ts';
import { compare, rational, roundRational } from '../testing/rational.ts';
import { refusalOf } from '../testing/refusals.ts';

const hundredths = (value: number): string => {
  const magnitude = Math.abs(value);
  return `${value < 0 ? '-' : ''}${Math.floor(magnitude / 100)}.${String(magnitude % 100).padStart(2, '0')}`;
};
/** Measured values around few limits, so that the edges are hit often. */
const measured = fc.integer({ min: -300, max: 300 }).map(hundredths);
const limit = fc.integer({ min: -30, max: 30 }).map((value) => hundredths(value * 10));
const step = fc.constantFrom('0.1', '0.2', '0.5', '1');
const range = fc
  .tuple(limit, limit)
  .map(([a, b]) => (compare(rational(a), rational(b)) <= 0 ? { min: a, max: b } : { min: b, max: a }));
const limits = fc.oneof(
  limit.map((min) => ({ min })),
  limit.map((max) => ({ max })),
  range,
);

function inside(value: string, { min, max }: { min?: string; max?: string }): boolean {
  if (min !== undefined && compare(rational(value), rational(min)) < 0) return false;
  return max === undefined || compare(rational(value), rational(max)) <= 0;
}

describe('全数值比较法', () => {
  test('agrees with BigInt rationals', () => {
    fc.assert(
      fc.property(measured, limits, (value, bounds) => {
        expect(meetsFullValue(value, bounds)).toBe(inside(value, bounds));
      }),
      { numRuns: 2000 },
    );
  });

  test('a range is both of its limits', () => {
    fc.assert(
      fc.property(measured, range, (value, bounds) => {
        const both = meetsFullValue(value, { min: bounds.min }) && meetsFullValue(value, { max: bounds.max });
        expect(meetsFullValue(value, bounds)).toBe(both);
      }),
      { numRuns: 500 },
    );
  });

  test('the limit itself meets; its mark decides there and nowhere else', () => {
    fc.assert(
      fc.property(measured, limit, fc.constantFrom('+', '-'), (value, bound, flag) => {
        const onLimit = compare(rational(value), rational(bound)) === 0;
        const plain = meetsFullValue(value, { min: bound });
        expect(meetsFullValue(value, { min: bound }, flag)).toBe(onLimit ? flag === '+' : plain);
        const below = meetsFullValue(value, { max: bound });
        expect(meetsFullValue(value, { max: bound }, flag)).toBe(onLimit ? flag === '-' : below);
        expect(meetsFullValue(bound, { min: bound, max: bound })).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('a larger value never fails a lower limit that a smaller one meets', () => {
    fc.assert(
      fc.property(measured, measured, limit, (a, b, bound) => {
        const [low, high] = compare(rational(a), rational(b)) <= 0 ? [a, b] : [b, a];
        if (meetsFullValue(low, { min: bound })) expect(meetsFullValue(high, { min: bound })).toBe(true);
        if (meetsFullValue(high, { max: bound })) expect(meetsFullValue(low, { max: bound })).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('修约值比较法', () => {
  test('rounds to the digits of the limit, then compares; agrees with BigInt rationals', () => {
    fc.assert(
      fc.property(measured, limits, step, (value, bounds, to) => {
        const rounded = roundRational(rational(value), to);
        expect(meetsRoundedValue(value, bounds, to)).toEqual({ roundedValue: rounded, meets: inside(rounded, bounds) });
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    // The tie drops to the even 9.8, which is out; 9.86 becomes 9.9, which is in.
    ['9.85', { min: '9.9', max: '10.1' }, '0.1', '9.8', false],
    ['9.86', { min: '9.9', max: '10.1' }, '0.1', '9.9', true],
    ['96.95', { min: '97.0' }, '0.1', '97.0', true],
    ['96.94', { min: '97.0' }, '0.1', '96.9', false],
    ['0.55', { max: '0.5' }, '0.1', '0.6', false],
    ['0.549', { max: '0.5' }, '0.1', '0.5', true],
  ])('%s against %j at %s: %s, %s', (value, bounds, to, roundedValue, meets) => {
    expect(meetsRoundedValue(value, bounds, to)).toEqual({ roundedValue, meets });
  });

  test('the mark of a reported value decides the tie', () => {
    expect(meetsRoundedValue('96.95', { min: '97.0' }, '0.1', '-')).toEqual({ roundedValue: '96.9', meets: false });
    expect(meetsRoundedValue('0.45', { max: '0.4' }, '0.1', '+')).toEqual({ roundedValue: '0.5', meets: false });
  });
});

describe('what is not a comparison is refused', () => {
  test.each([
    [() => meetsFullValue('x', { min: '1' }), 'METHOD_NOT_A_NUMBER', 'measured'],
    [() => meetsFullValue('', { min: '1' }), 'METHOD_MISSING', 'measured'],
    [() => meetsFullValue('1', { max: '1e3' }), 'METHOD_NOT_A_NUMBER', 'max'],
    [() => meetsFullValue('1', {}), 'METHOD_LIMIT_MISSING', 'min'],
    [() => meetsFullValue('1', { min: '1.01', max: '1.00' }), 'METHOD_LIMIT_INVALID', 'min'],
    [() => meetsRoundedValue('1', { min: '1' }, '0'), 'METHOD_STEP_INVALID', 'limitInterval'],
    [() => meetsRoundedValue('1', { min: '1' }, 'x'), 'METHOD_NOT_A_NUMBER', 'limitInterval'],
    [() => meetsRoundedValue('1', { min: null, max: null }, '1'), 'METHOD_LIMIT_MISSING', 'min'],
  ])('%s is %s', (run, code, field) => {
    expect(refusalOf(run)).toMatchObject({ code, field });
  });
});

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { threeValueRule } from './threeValueRule.ts';
import { referenceGroup } from '../testing/rational.ts';

const CLAUSE = 'GB/T 50081-2019 5.0.5';
const hundredths = (value: number): string => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;
/** A middle value with 15 % that can be written, and outer ones on the edge or a hundredth beside it. */
const nearEdge = fc
  .tuple(fc.integer({ min: 5, max: 600 }), fc.integer({ min: -1, max: 1 }), fc.integer({ min: -1, max: 1 }))
  .map(([twentieths, high, low]) => {
    const middle = twentieths * 20;
    return [(middle * 17) / 20 + low, middle, (middle * 23) / 20 + high].map(hundredths);
  });
const anywhere = fc.array(fc.integer({ min: 1, max: 12_000 }).map(hundredths), { minLength: 3, maxLength: 3 });
const values = fc.oneof(nearEdge, anywhere);
const step = fc.constantFrom('0.01', '0.1', '0.5', '1');

describe('the 15 % rule of three values', () => {
  test('agrees with an explicit threshold on BigInt rationals, at every step', () => {
    fc.assert(
      fc.property(values, step, (three, to) => {
        const { rule, value } = threeValueRule(three, to, 'MPa', CLAUSE);
        expect({ rule, value }).toEqual(referenceGroup(three, to));
      }),
      { numRuns: 3000 },
    );
  });

  test('exactly on the edge keeps the mean, a hundredth outside takes the middle, both outside nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 600 }), (twentieths) => {
        const middle = twentieths * 20;
        const [low, high] = [(middle * 17) / 20, (middle * 23) / 20];
        const rule = (a: number, b: number): string =>
          threeValueRule([hundredths(a), hundredths(middle), hundredths(b)], '0.01', 'MPa', CLAUSE).rule;
        expect(rule(low, high)).toBe('mean');
        expect(rule(low - 1, high)).toBe('middle');
        expect(rule(low, high + 1)).toBe('middle');
        expect(rule(low - 1, high + 1)).toBe('invalid');
      }),
      { numRuns: 500 },
    );
  });

  test('does not depend on the order of the values', () => {
    fc.assert(
      fc.property(values, fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (three, order) => {
        const shuffled = order.map((index) => three[index] ?? '');
        const [a, b] = [threeValueRule(three, '0.1', '', CLAUSE), threeValueRule(shuffled, '0.1', '', CLAUSE)];
        expect([b.rule, b.value]).toEqual([a.rule, a.value]);
      }),
      { numRuns: 500 },
    );
  });

  test('an invalid group has no number: neither as value nor as the last step of its trace', () => {
    fc.assert(
      fc.property(values, (three) => {
        const { rule, value, trace } = threeValueRule(three, '0.1', 'MPa', CLAUSE);
        expect(value === null).toBe(rule === 'invalid');
        expect(trace.at(-1)?.value).toBe(value);
        expect(trace.every((entry) => entry.clause === CLAUSE && entry.rule !== '')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('the threshold in the trace is not rounded', () => {
    const { trace } = threeValueRule(['42.31', '47.67', '54.9'], '0.1', 'MPa', CLAUSE);
    expect(trace.find((entry) => entry.name === '中间值的 15%')?.value).toBe('7.1505');
  });

  test('two or four values are an error', () => {
    expect(() => threeValueRule(['1', '2'], '0.1', '', CLAUSE)).toThrow('exactly three values');
    expect(() => threeValueRule(['1', '2', '3', '4'], '0.1', '', CLAUSE)).toThrow('exactly three values');
  });
});

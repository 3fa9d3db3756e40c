import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateBatch, wayOf } from './evaluate.ts';
import { referenceBatch } from '../../testing/concrete-batch.ts';

const tenths = (value: number): string => `${Math.floor(value / 10)}.${value % 10}`;
const times = (count: number, value: string): string[] => Array.from({ length: count }, () => value);
const strengths = fc.constantFrom('15', '20', '25', '30', '55', '60', '80');
const comparisons = fc.constantFrom('rounded' as const, 'raw' as const);
/** Values around the limits of their grade, so that both answers are frequent. */
const batches = fc
  .tuple(strengths, fc.integer({ min: 1, max: 26 }), fc.integer({ min: 0, max: 60 }))
  .chain(([fcuk, count, spread]) =>
    fc.record({
      fcuk: fc.constant(fcuk),
      values: fc.array(
        fc.integer({ min: 0, max: spread }).map((up) => tenths(Number(fcuk) * 10 + up)),
        { minLength: count, maxLength: count },
      ),
    }),
  );

describe('the arithmetic', () => {
  test('agrees with an independent implementation in all three ways and both policies', () => {
    const answers = new Set<string>();
    fc.assert(
      fc.property(
        batches,
        comparisons,
        fc.option(fc.integer({ min: 150, max: 450 }), { nil: undefined }),
        ({ fcuk, values }, comparison, sigma) => {
          const sigma0 =
            sigma === undefined ? undefined : `${Math.floor(sigma / 100)}.${String(sigma % 100).padStart(2, '0')}`;
          const way = wayOf(values.length, sigma0, true);
          const figures = evaluateBatch(way, { values, fcuk, comparison }, sigma0);
          const reference = referenceBatch(values, fcuk, sigma0, comparison);
          expect({
            way: figures.way,
            mean: figures.mean_MPa,
            deviation: figures.deviation_MPa,
            meanOk: figures.meanMeets,
            minOk: figures.minMeets,
          }).toEqual(reference);
          answers.add(`${figures.way} ${figures.meanMeets && figures.minMeets}`);
        },
      ),
      { numRuns: 1000 },
    );
    // Every way was seen with both answers: the comparison above is not one of empty cases.
    expect([...answers].sort()).toEqual([
      'non-statistical false',
      'non-statistical true',
      'statistical-known-sigma false',
      'statistical-known-sigma true',
      'statistical-unknown-sigma false',
      'statistical-unknown-sigma true',
    ]);
  });

  test('does not depend on the order of the groups', () => {
    fc.assert(
      fc.property(batches, comparisons, ({ fcuk, values }, comparison) => {
        const way = wayOf(values.length, undefined, true);
        const plain = (order: readonly string[]) => {
          const { trace: _, ...figures } = evaluateBatch(way, { values: order, fcuk, comparison }, undefined);
          return figures;
        };
        expect(plain(values.toReversed())).toEqual(plain(values));
        expect(plain(values.toSorted())).toEqual(plain(values));
      }),
      { numRuns: 500 },
    );
  });

  test('raising every group by the same never turns a pass into a fail', () => {
    fc.assert(
      fc.property(batches, comparisons, fc.integer({ min: 1, max: 40 }), ({ fcuk, values }, comparison, raise) => {
        const way = wayOf(values.length, undefined, true);
        const higher = values.map((value) => tenths(Number(value.replace('.', '')) + raise));
        const [before, after] = [values, higher].map((list) =>
          evaluateBatch(way, { values: list, fcuk, comparison }, undefined),
        );
        expect(after?.deviation_MPa).toBe(before?.deviation_MPa);
        if (before?.meanMeets) expect(after?.meanMeets).toBe(true);
        if (before?.minMeets) expect(after?.minMeets).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('twice the values of twice the grade: the non-statistical answer stays (raw mean)', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 180, max: 260 }), { minLength: 1, maxLength: 9 }), (raw) => {
        const answer = (factor: number, fcuk: string) => {
          const values = raw.map((value) => tenths(value * factor));
          const { meanMeets, minMeets } = evaluateBatch(
            'non-statistical',
            { values, fcuk, comparison: 'raw' },
            undefined,
          );
          return [meanMeets, minMeets];
        };
        expect(answer(2, '40')).toEqual(answer(1, '20'));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    // Non-statistical below C60: 1.15 and 0.95 of the grade, at C60 1.10.
    [['34.5', '34.5', '34.5'], '30', true, true],
    [['34.5', '34.5', '34.4'], '30', true, true],
    [['34.4', '34.4', '34.4'], '30', false, true],
    [['40.0', '38.0', '28.5'], '30', true, true],
    [['40.0', '38.0', '28.4'], '30', true, false],
    [['66.0', '66.0', '66.0'], '60', true, true],
    [['65.9', '65.9', '65.9'], '60', false, true],
    [['34.5'], '30', true, true],
    // Nine groups are few, ten are enough for statistics: 34.0 meets 32.875 but not 34.5.
    [times(9, '34.0'), '30', false, true],
    [times(10, '34.0'), '30', true, true],
    [times(9, '40.0').concat('27.0'), '30', true, true],
    [times(9, '40.0').concat('26.9'), '30', true, false],
    [times(13, '40.0').concat('26.9'), '30', true, false],
    [times(14, '40.0').concat('26.9'), '30', true, true],
    [times(14, '40.0').concat('25.5'), '30', true, true],
    [times(14, '40.0').concat('25.4'), '30', true, false],
    // 15 to 19: 1.05 × 2.5 = 2.625; from 20 on 0.95 × 2.5 = 2.375.
    [times(15, '32.7'), '30', true, true],
    [times(15, '32.6'), '30', false, true],
    [times(19, '32.4'), '30', false, true],
    [times(20, '32.4'), '30', true, true],
    [times(20, '32.3'), '30', false, true],
  ])('%j of C%s: mean %s, least %s', (values, fcuk, meanMeets, minMeets) => {
    const way = wayOf(values.length, undefined, true);
    expect(evaluateBatch(way, { values, fcuk, comparison: 'rounded' }, undefined)).toMatchObject({
      meanMeets,
      minMeets,
    });
  });

  test.each([
    // C30, σ0 3.00: 32.1, 27.9 and 27.0. C20: 0.85 of the grade; C25: 0.90.
    [['32.1', '32.1', '32.1'], '30', '3.00', true, true],
    [['32.0', '32.0', '32.0'], '30', '3.00', false, true],
    [['36.0', '36.0', '27.9'], '30', '3.00', true, true],
    [['36.0', '36.0', '27.8'], '30', '3.00', true, false],
    // A large deviation: 30 − 0.7 × 5 = 26.5, but 0.90 × 30 = 27.0 decides.
    [['40.0', '40.0', '27.0'], '30', '5.00', true, true],
    [['40.0', '40.0', '26.9'], '30', '5.00', true, false],
    [['30.0', '30.0', '17.0'], '20', '5.00', true, true],
    [['30.0', '30.0', '16.9'], '20', '5.00', true, false],
    // The floor: 2.4 counts as 2.5, so 31.75 and not 31.68.
    [['31.7', '31.7', '31.7'], '30', '2.40', false, true],
    [['31.8', '31.8', '31.8'], '30', '2.40', true, true],
    [['31.8', '31.8', '31.8'], '30', '2.60', false, true],
  ])('%j of C%s with σ0 %s: mean %s, least %s', (values, fcuk, sigma0, meanMeets, minMeets) => {
    const batch = { values, fcuk, comparison: 'rounded' as const };
    expect(evaluateBatch('statistical-known-sigma', batch, sigma0)).toMatchObject({ meanMeets, minMeets });
  });

  test('the floor of the deviation, below and above 2.50', () => {
    // Five values below and five above 35: S is √(10/9) times their distance from it.
    const spread = (half: number) => [...times(5, tenths(350 - half)), ...times(5, tenths(350 + half))];
    const figures = (half: number) =>
      evaluateBatch(
        'statistical-unknown-sigma',
        { values: spread(half), fcuk: '30', comparison: 'rounded' },
        undefined,
      );
    expect([figures(23).deviation_MPa, figures(23).deviationUsed_MPa]).toEqual(['2.42', '2.50']);
    expect([figures(24).deviation_MPa, figures(24).deviationUsed_MPa]).toEqual(['2.53', '2.53']);
  });
});

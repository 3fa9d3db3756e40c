// Verdicts of JGJ 107-2016 on mechanical splices, against a second implementation, under both comparisons.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SPLICE_LIMITS, FAILURES, LEVELS, strengthRow, thresholdOf } from './data.ts';
import { INSPECTIONS, judgeSplices } from './judge.ts';
import { spliceVector } from './vector.ts';
import { limitOf } from '../../judge.ts';
import { refusalOf } from '../../testing/refusals.ts';
import { referenceSpliceMet, referenceSpliceVerdict } from '../../testing/steel-joints.ts';
import { sent, times } from '../../testing/steel-weld.ts';

type Letters = 'I' | 'II' | 'III';
const BAR = '钢筋拉断';
const CONNECTOR = '连接件破坏';
const vector = (specimens: unknown[], change: Record<string, unknown> = {}) =>
  spliceVector({ fstk_MPa: '540', fyk_MPa: '400', grade: 'I', retest: false, specimens, ...change })['verdict'];
const one = (R: string, where: string) => [...times(2, { R: '620', where: BAR }), { R, where }];
const full = { policies: { spliceComparison: 'full-value' } };

const specimen = fc.record({
  R: fc.integer({ min: 4900, max: 6100 }).map((tenths) => `${Math.floor(tenths / 10)}.${tenths % 10}`),
  where: fc.constantFrom(...FAILURES),
});
const comparisons = fc.constantFrom('rounded' as const, 'full-value' as const);
const letters = fc.constantFrom<Letters>('I', 'II', 'III');

describe('one specimen', () => {
  test.each([
    ['I', BAR, '540', 'qualified'],
    ['I', BAR, '537', 'retest'],
    ['I', CONNECTOR, '595', 'qualified'],
    ['I', CONNECTOR, '594', 'qualified'],
    ['I', CONNECTOR, '590', 'retest'],
    ['I', CONNECTOR, '540', 'retest'],
    ['II', CONNECTOR, '540', 'qualified'],
    ['II', CONNECTOR, '535', 'retest'],
    ['II', BAR, '540', 'qualified'],
    ['III', BAR, '500', 'qualified'],
    ['III', CONNECTOR, '500', 'qualified'],
    ['III', BAR, '495', 'retest'],
  ])('grade %s, %s at %s MPa: %s', (grade, where, R, expected) => {
    expect(vector(one(R, where), { grade })).toBe(expected);
    const met = referenceSpliceMet(
      { force: R, area: '1', isConnector: where === CONNECTOR },
      grade as Letters,
      '540',
      '400',
      'rounded',
    );
    expect(met).toBe(expected === 'qualified');
  });

  test('1.10 fstk = 594 is compared with the rounded or with the full value, as the lab has set', () => {
    expect(vector(one('592.6', CONNECTOR))).toBe('qualified');
    expect(vector(one('592.6', CONNECTOR), full)).toBe('retest');
    expect(vector(one('592.5', CONNECTOR))).toBe('retest');
    expect(vector(one('592.5', CONNECTOR), full)).toBe('retest');
    expect(vector(one('594', CONNECTOR), full)).toBe('qualified');
    expect(vector(one('593.9', CONNECTOR), full)).toBe('retest');
    expect(vector(one('537.5', BAR))).toBe('qualified');
    expect(vector(one('537.5', BAR), full)).toBe('retest');
    expect(vector(one('592.6', CONNECTOR), { spliceComparison: 'full-value' })).toBe('retest');
  });
});

describe('a group', () => {
  test.each([
    [0, false, '验收检验', 'qualified'],
    [1, false, '验收检验', 'retest'],
    [2, false, '验收检验', 'unqualified'],
    [3, false, '验收检验', 'unqualified'],
    [0, true, '验收检验', 'qualified'],
    [1, true, '验收检验', 'unqualified'],
    [0, false, '工艺检验', 'qualified'],
    [1, false, '工艺检验', 'unqualified'],
  ] as const)('%i failed, retest %s, %s: %s', (failed, isRetest, inspection, expected) => {
    const count = isRetest ? 6 : 3;
    const met = [...times(failed, false), ...times(count - failed, true)];
    expect(judgeSplices(met, isRetest ? 'retest' : 'initial', inspection).outcome).toBe(expected);
    expect(referenceSpliceVerdict(met, isRetest, inspection === '工艺检验')).toBe(expected);
  });

  test('agrees with an independent implementation, all grades, both rounds, both comparisons', () => {
    const groups = fc.oneof(
      fc.tuple(fc.array(specimen, { minLength: 3, maxLength: 3 }), fc.constant(false)),
      fc.tuple(fc.array(specimen, { minLength: 6, maxLength: 6 }), fc.constant(true)),
    );
    fc.assert(
      fc.property(groups, letters, comparisons, ([specimens, retest], grade, comparison) => {
        const met = specimens.map(({ R, where }) =>
          referenceSpliceMet(
            { force: R, area: '1', isConnector: where === CONNECTOR },
            grade,
            '540',
            '400',
            comparison,
          ),
        );
        const answer = vector(specimens, { grade, retest, policies: { spliceComparison: comparison } });
        expect(answer).toBe(referenceSpliceVerdict(met, retest, false));
      }),
      { numRuns: 4000 },
    );
  });

  test('does not depend on the order, and a stronger specimen never worsens the verdict', () => {
    const rank: Record<string, number> = { unqualified: 1, retest: 2, qualified: 3 };
    const three = fc.array(specimen, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(
        three,
        fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
        letters,
        comparisons,
        (group, order, grade, comparison) => {
          const change = { grade, policies: { spliceComparison: comparison } };
          const before = vector(group, change) as string;
          expect(
            vector(
              order.map((index) => group[index]),
              change,
            ),
          ).toBe(before);
          const stronger = group.map((item, index) => (index === order[0] ? { ...item, R: '700.0' } : item));
          const after = vector(stronger, change) as string;
          expect(rank[after] ?? 0).toBeGreaterThanOrEqual(rank[before] ?? 0);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('scaling strengths and standard values together keeps the full-value verdict', () => {
    fc.assert(
      fc.property(fc.array(specimen, { minLength: 3, maxLength: 3 }), letters, (group, grade) => {
        const half = group.map((item) => ({ ...item, R: halved(item.R) }));
        expect(vector(half, { ...full, grade, fstk_MPa: '270', fyk_MPa: '200' })).toBe(
          vector(group, { ...full, grade }),
        );
      }),
      { numRuns: 600 },
    );
  });

  test('raising the grade never improves the verdict', () => {
    const rank: Record<string, number> = { unqualified: 1, retest: 2, qualified: 3 };
    const of = (group: unknown[], grade: Letters) => rank[vector(group, { grade }) as string] ?? 0;
    fc.assert(
      fc.property(fc.array(specimen, { minLength: 3, maxLength: 3 }), (group) => {
        expect(of(group, 'I')).toBeLessThanOrEqual(of(group, 'II'));
        expect(of(group, 'II')).toBeLessThanOrEqual(of(group, 'III'));
      }),
      { numRuns: 600 },
    );
  });
});

/** Half of a decimal with one digit after the point, exactly. */
function halved(R: string): string {
  const tenths = BigInt(R.replace('.', '')) * 5n;
  const digits = tenths.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

describe('limits as data', () => {
  const min = (grade: string, level: (typeof LEVELS)[number], failure: (typeof FAILURES)[number]) =>
    limitOf(SPLICE_LIMITS, 'JGJ 107-2016', 'KL', strengthRow(grade, level, failure))?.min;
  test('thresholds are exact products, never rounded', () => {
    expect(LEVELS.map((level) => min('HRB400E', level, CONNECTOR))).toEqual(['594', '540', '500']);
    expect(LEVELS.map((level) => min('HRB400E', level, BAR))).toEqual(['540', '540', '500']);
    expect(LEVELS.map((level) => min('HRB500', level, CONNECTOR))).toEqual(['693', '630', '625']);
    expect(LEVELS.map((level) => min('HPB300', level, CONNECTOR))).toEqual(['462', '420', '375']);
    expect(LEVELS.map((level) => min('HRB600', level, CONNECTOR))).toEqual(['803', '730', '750']);
    expect(thresholdOf('Ⅰ', CONNECTOR, { fstk: '545' })).toMatchObject({ value_MPa: '599.5', formula: '1.10 fstk' });
  });
  test('nobody has compared them with the paper', () => {
    expect(SPLICE_LIMITS.map(({ status }) => status)).toEqual(['draft', 'draft']);
    expect(INSPECTIONS).toEqual(['验收检验', '工艺检验']);
  });
});

describe('a vector line is refused', () => {
  const three = times(3, { R: '600', where: BAR });
  const withLast = (change: Record<string, unknown>) => [three[0], three[1], { ...three[2], ...change }];
  test.each([
    [{ specimens: three.slice(1) }, 'METHOD_WRONG_COUNT', 'specimens'],
    [{ specimens: three, retest: true }, 'METHOD_WRONG_COUNT', 'specimens'],
    [{ specimens: times(6, three[0]) }, 'METHOD_WRONG_COUNT', 'specimens'],
    [{ specimens: three, retest: 1 }, 'METHOD_INPUT_INVALID', 'retest'],
    [{ specimens: three, grade: 'Ⅰ' }, 'METHOD_CHOICE_UNKNOWN', 'grade'],
    [{ specimens: three, grade: undefined }, 'METHOD_MISSING', 'grade'],
    [{ specimens: three, grade: 'III', fyk_MPa: undefined }, 'METHOD_MISSING', 'fyk_MPa'],
    [{ specimens: three, fstk_MPa: undefined }, 'METHOD_MISSING', 'fstk_MPa'],
    [{ specimens: three, fstk_MPa: '0' }, 'METHOD_ZERO', 'fstk_MPa'],
    [{ specimens: withLast({ R: '' }) }, 'METHOD_MISSING', 'specimens.2.R'],
    [{ specimens: withLast({ R: 600 }) }, 'METHOD_NOT_A_NUMBER', 'specimens.2.R'],
    [{ specimens: withLast({ R: '-600' }) }, 'METHOD_NEGATIVE', 'specimens.2.R'],
    [{ specimens: withLast({ R: '1500.1' }) }, 'METHOD_OUT_OF_RANGE', 'specimens.2.R'],
    [{ specimens: withLast({ where: '母材' }) }, 'METHOD_CHOICE_UNKNOWN', 'specimens.2.where'],
    [{ specimens: withLast({ mode: '延性' }) }, 'METHOD_UNKNOWN_FIELD', 'specimens.2.mode'],
    [{ specimens: three, spliceComparison: 'both' }, 'METHOD_POLICY_UNKNOWN', 'policies.spliceComparison'],
    [{ specimens: three, other: '1' }, 'METHOD_UNKNOWN_FIELD', 'other'],
  ])('%j: %s at %s', (change, code, field) => {
    const line = sent({ fstk_MPa: '540', fyk_MPa: '400', grade: 'I', ...change });
    expect(refusalOf(() => spliceVector(line))).toMatchObject({ code, field });
  });
});

// The ±10 % rules: edges, policies both ways, properties, and agreement with a second implementation.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  referenceCompression,
  referenceCompressionSingle,
  referenceFlexure,
  referenceFlexureSingle,
  tenths,
} from '../../testing/cement-strength.ts';
import { refusalOf } from '../../testing/refusals.ts';
import { compressiveStrength, flexuralStrength } from './outliers.ts';
import type { GroupStrength, OutlierMean } from './outliers.ts';
import { singleStrength } from './singles.ts';

const RUNS = { numRuns: 3000 };
const MODES = ['rounded', 'raw'] as const;
const mode = fc.constantFrom<OutlierMean>(...MODES);
/** A centre and deviations in per cent, often at the edge. */
const deviation = fc.oneof(fc.integer({ min: -13, max: 13 }), fc.constantFrom(-11, -10, -9, 9, 10, 11, 25));
const group = (count: number, min: number, max: number) =>
  fc
    .tuple(fc.integer({ min, max }), fc.array(deviation, { minLength: count, maxLength: count }))
    .map(([centre, deviations]) =>
      deviations.map((percent) => tenths(Math.max(1, centre + Math.round((centre * percent) / 100)))),
    );
const flexure = group(3, 20, 140);
const compression = group(6, 80, 1500);
const brief = ({ rule, result_MPa }: GroupStrength) => ({ rule, result_MPa });
const both = [
  { name: 'flexure', groups: flexure, run: flexuralStrength, reference: referenceFlexure },
  { name: 'compression', groups: compression, run: compressiveStrength, reference: referenceCompression },
];

describe('examples', () => {
  test.each([
    [['7.2', '7.5', '8.9'], 'mean2', '7.4'],
    [['5.6', '5.1', '5.4'], 'mean3', '5.4'],
    [['6.2', '7.0', '7.8'], 'single', '7.0'],
    [['6.3', '7.0', '7.7'], 'mean3', '7.0'],
    [['5.5', '5.5', '7.5'], 'none', null],
  ])('flexure %j is %s %s', (values, rule, result_MPa) => {
    expect(brief(flexuralStrength(values, 'rounded'))).toEqual({ rule, result_MPa });
  });

  test.each([
    [['40.1', '46.3', '46.1', '44.2', '47.8', '48.4'], 'mean5', '46.6'],
    [['35.9', '30.0', '34.1', '35.0', '32.5', '35.3'], 'mean5', '34.6'],
    [['40.1', '46.8', '46.1', '41.2', '47.8', '48.4'], 'void', null],
    // A textbook keeps 43.75 unrounded; the standard rounds singles to 0.1.
    [['40.6', '40.0', '40.0', '33.1', '41.2', '43.8'], 'void', null],
    [['45.0', '50.0', '55.0', '50.0', '50.0', '50.0'], 'mean6', '50.0'],
    [['44.9', '50.0', '55.1', '50.0', '50.0', '50.0'], 'void', null],
  ])('compression %j is %s %s', (values, rule, result_MPa) => {
    expect(brief(compressiveStrength(values, 'rounded'))).toEqual({ rule, result_MPa });
  });

  test('the mean of the policy decides: 5.5/5.5/7.4 has a result with the rounded mean and none with the raw one', () => {
    expect(brief(flexuralStrength(['5.5', '5.5', '7.4'], 'rounded'))).toEqual({ rule: 'mean2', result_MPa: '5.5' });
    expect(brief(flexuralStrength(['5.5', '5.5', '7.4'], 'raw'))).toEqual({ rule: 'none', result_MPa: null });
  });

  test('the mean of the policy decides compression, too', () => {
    // Raw mean 46.35, 51.0 is 10.03 % above it; rounded to 46.4 it is 9.9 %.
    const values = ['51.0', '45.4', '45.4', '45.5', '45.4', '45.4'];
    expect(brief(compressiveStrength(values, 'rounded'))).toEqual({ rule: 'mean6', result_MPa: '46.4' });
    expect(brief(compressiveStrength(values, 'raw'))).toEqual({ rule: 'mean5', result_MPa: '45.4' });
  });
});

describe('exactly 10 % stays in, one tenth more does not', () => {
  test.each(MODES)('flexure, both sides and one side, with the %s mean', (policy) => {
    for (let centre = 20; centre <= 140; centre += 10) {
      const edge = centre / 10;
      const [low, middle, high] = [tenths(centre - edge), tenths(centre), tenths(centre + edge)];
      expect(flexuralStrength([low, middle, high], policy)).toMatchObject({ rule: 'mean3', result_MPa: middle });
      const wider = [tenths(centre - edge - 1), middle, tenths(centre + edge + 1)];
      expect(flexuralStrength(wider, policy)).toMatchObject({ rule: 'single', result_MPa: middle });
    }
    for (let factor = 1; factor <= 6; factor += 1) {
      const [same, edge] = [19 * factor, 22 * factor];
      const kept = flexuralStrength([tenths(same), tenths(edge), tenths(same)], policy);
      expect(kept).toMatchObject({ rule: 'mean3', result_MPa: tenths(20 * factor), outliers: [] });
      const dropped = flexuralStrength([tenths(same), tenths(edge + 1), tenths(same)], policy);
      expect(dropped).toMatchObject({ rule: 'mean2', result_MPa: tenths(same) });
      expect(dropped.outliers).toMatchObject([{ round: 1, specimen: 2, dropped: true }]);
    }
  });

  test.each(MODES)('compression at the first mean and at the mean of five, with the %s mean', (policy) => {
    for (let factor = 1; factor <= 15; factor += 1) {
      const five = Array.from({ length: 5 }, () => tenths(49 * factor));
      const kept = compressiveStrength([tenths(55 * factor), ...five], policy);
      expect(kept).toMatchObject({ rule: 'mean6', result_MPa: tenths(50 * factor) });
      const dropped = compressiveStrength([tenths(55 * factor + 1), ...five], policy);
      expect(dropped).toMatchObject({ rule: 'mean5', result_MPa: tenths(49 * factor) });
    }
    const four = ['41.0', '41.0', '41.0', '41.0'];
    const second = compressiveStrength([...four, '36.0', '24.0'], policy);
    expect(second).toMatchObject({ rule: 'mean5', result_MPa: '40.0' });
    expect(second.outliers).toMatchObject([{ round: 1, specimen: 6, dropped: true }]);
    const voided = compressiveStrength([...four, '35.9', '24.0'], policy);
    expect(voided).toMatchObject({ rule: 'void', result_MPa: null });
    expect(voided.outliers).toMatchObject([
      { round: 1, specimen: 6, dropped: true },
      { round: 2, specimen: 5, dropped: false },
    ]);
  });
});

describe.each(both)('properties of $name', ({ groups, run, reference }) => {
  test('agrees with an independent implementation under both policies', () => {
    const rules = new Set<string>();
    fc.assert(
      fc.property(groups, mode, (values, policy) => {
        const answer = brief(run(values, policy));
        rules.add(answer.rule);
        expect(answer).toEqual(reference(values, policy));
      }),
      RUNS,
    );
    // The generator reaches every rule, so that agreement means something.
    expect(rules.size).toBe(run === flexuralStrength ? 4 : 3);
  });

  test('does not depend on the order of the specimens', () => {
    fc.assert(
      fc.property(
        groups.chain((values) =>
          fc.tuple(fc.constant(values), fc.shuffledSubarray(values, { minLength: values.length })),
        ),
        mode,
        ([values, shuffled], policy) => {
          const [a, b] = [run(values, policy), run(shuffled, policy)];
          expect(brief(b)).toEqual(brief(a));
          const outside = (answer: GroupStrength) => answer.outliers.map((outlier) => outlier.single_MPa).sort();
          expect(outside(b)).toEqual(outside(a));
        },
      ),
      RUNS,
    );
  });

  test('with the raw mean, ten times the values is the same rule', () => {
    fc.assert(
      fc.property(groups, (values) => {
        const tenfold = values.map((value) => `${value.replace('.', '').replace(/^0+(?=\d)/, '')}.0`);
        expect(run(tenfold, 'raw').rule).toBe(run(values, 'raw').rule);
      }),
      RUNS,
    );
  });

  test('raising all values together never lowers the result while the rule and the dropped ones stay', () => {
    fc.assert(
      fc.property(groups, mode, fc.integer({ min: 0, max: 40 }), (values, policy, raise) => {
        const raised = values.map((value) => tenths(Number(value.replace('.', '')) + raise));
        const [before, after] = [run(values, policy), run(raised, policy)];
        const dropped = (answer: GroupStrength) => answer.outliers.map((outlier) => outlier.specimen).join();
        if (before.result_MPa === null || after.result_MPa === null) return;
        if (before.rule !== after.rule || dropped(before) !== dropped(after)) return;
        expect(Number(after.result_MPa)).toBeGreaterThanOrEqual(Number(before.result_MPa));
      }),
      RUNS,
    );
  });

  test('a number stands exactly where a rule gives one, between the values that were kept', () => {
    fc.assert(
      fc.property(groups, mode, (values, policy) => {
        const { rule, result_MPa: result, outliers, trace } = run(values, policy);
        expect(result === null).toBe(rule === 'none' || rule === 'void');
        expect(trace.at(-1)?.value ?? null).toBe(result);
        expect(trace.every((step) => step.clause.startsWith('GB/T 17671-2021') && step.rule !== '')).toBe(true);
        if (result === null) return;
        const kept = values.filter((_, index) => !outliers.some((outlier) => outlier.specimen === index + 1));
        const numbers = kept.map(Number);
        expect(Number(result)).toBeGreaterThanOrEqual(Math.min(...numbers));
        expect(Number(result)).toBeLessThanOrEqual(Math.max(...numbers));
      }),
      RUNS,
    );
  });
});

describe('trace', () => {
  test('says which value was dropped, why, and at which mean', () => {
    const { trace, outliers } = compressiveStrength(['40.1', '46.3', '46.1', '44.2', '47.8', '48.4'], 'rounded');
    expect(outliers).toEqual([
      { round: 1, specimen: 1, single_MPa: '40.1', mean_MPa: '45.5', deviation_percent: '-11.9', dropped: true },
    ]);
    const text = JSON.stringify(trace);
    expect(text).toContain('剔除试体 1（40.1 MPa，与平均值 45.5 MPa 相差 -11.9%），以其余五个的平均值再作比较');
    expect(trace.map((step) => step.substituted)).toEqual(
      expect.arrayContaining([
        '(40.1 + 46.3 + 46.1 + 44.2 + 47.8 + 48.4) / 6',
        '0.10 × 45.5',
        '|40.1 − 45.5|',
        '0.10 × 46.6',
        '(46.3 + 46.1 + 44.2 + 47.8 + 48.4) / 5',
      ]),
    );
    expect(trace.find((step) => step.substituted === '0.10 × 45.5')?.value).toBe('4.55');
  });

  test('with the raw mean, figures are shown to 0.0001 and said to be so', () => {
    const { trace } = flexuralStrength(['5.5', '5.5', '7.4'], 'raw');
    expect(trace.slice(0, 3).map((step) => step.value)).toEqual(['6.1333', '0.6133', '0.6333']);
    expect(trace.slice(0, 3).every((step) => step.rule.includes('比较用精确值'))).toBe(true);
  });

  test('two prisms outside are dropped, and the step names the value that remains instead of a mean', () => {
    const { rule, result_MPa, outliers, trace } = flexuralStrength(['6.2', '7.0', '7.8'], 'rounded');
    expect({ rule, result_MPa }).toEqual({ rule: 'single', result_MPa: '7.0' });
    expect(outliers.map(({ specimen, dropped }) => [specimen, dropped])).toEqual([[1, true], [3, true]]); // prettier-ignore
    expect(trace.at(-1)).toMatchObject({ formula: '剩余值', substituted: '7.0', value: '7.0' });
    const none = flexuralStrength(['5.5', '5.5', '7.4'], 'raw');
    expect(none.outliers.map(({ dropped }) => dropped)).toEqual([false, false, false]);
  });

  test('counts other than three and six are a fault of the caller', () => {
    expect(() => flexuralStrength(['5.5', '5.5'], 'raw')).toThrow(RangeError);
    expect(() => compressiveStrength(['5.5', '5.5', '5.5'], 'raw')).toThrow(RangeError);
  });
});

describe('single strengths', () => {
  test.each([
    ['flexure', '2368.0', '5.6'],
    ['flexure', '2181.5', '5.1'],
    ['flexure', '2301.0', '5.4'],
    ['compression', '90', '56.2'],
    ['compression', '70', '43.8'],
    ['compression', '57.5', '35.9'],
  ] as const)('%s %s is %s MPa', (what, load, expected) => {
    expect(singleStrength(what, load)).toBe(expected);
  });

  test('agree with an independent implementation and never fall when the load rises', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80_000 }), fc.integer({ min: 1, max: 300_00 }), (newtons, hundredths) => {
        const bend = tenths(newtons);
        expect(singleStrength('flexure', bend)).toBe(referenceFlexureSingle(bend));
        expect(Number(singleStrength('flexure', tenths(newtons + 1)))).toBeGreaterThanOrEqual(
          Number(singleStrength('flexure', bend)),
        );
        const kilonewtons = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
        expect(singleStrength('compression', kilonewtons)).toBe(referenceCompressionSingle(kilonewtons));
      }),
      RUNS,
    );
  });

  test('a load that is none is refused', () => {
    expect(refusalOf(() => singleStrength('flexure', '-1')).code).toBe('METHOD_NEGATIVE');
    expect(refusalOf(() => singleStrength('compression', 'OL')).code).toBe('METHOD_NOT_A_NUMBER');
  });
});

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import concreteFlexural from './concrete-flexural.method.ts';
import { FLEXURAL } from './tension/data.ts';
import { tensionGroup } from './tension/group.ts';
import { flexuralRatio, stressOf, tensionRateWindow } from './tension/stress.ts';
import { referenceFactored, referenceFlexural } from '../testing/concrete-tension.ts';
import { changed } from '../testing/concrete-change.ts';
import { allColumns, coveredColumns } from '../testing/papers.ts';
import { refusalOf } from '../testing/refusals.ts';

const between = ['between', 'between', 'between'];
const base = {
  size_mm: '150×150×550',
  loads_kN: ['31.50', '33.00', '34.50'],
  breakPositions: between,
  designGrade: 'C30',
};
const compute = (change: Record<string, unknown>, policies?: Record<string, string>) =>
  concreteFlexural.compute(changed(base, change), policies === undefined ? {} : { policies });

const hundredths = (value: number): string => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;
const tenths = (value: number): string => `${Math.floor(value / 10)}.${value % 10}`;
const loads = fc
  .tuple(fc.integer({ min: 1000, max: 6000 }), fc.integer({ min: -18, max: 18 }), fc.integer({ min: -18, max: 18 }))
  .map(([middle, up, down]) =>
    [middle, middle + Math.round((middle * up) / 100), middle + Math.round((middle * down) / 100)].map(hundredths),
  );
const beam = fc.constantFrom(
  ['150×150×550', '150', '1.00'] as const,
  ['150×150×600', '150', '1.00'] as const,
  ['100×100×400', '100', '0.85'] as const,
);
const position = fc.constantFrom('between', 'between', 'between', 'outside');
const positions = fc.tuple(position, position, position);
const order = fc.constantFrom('group-first', 'single-first');

describe('the arithmetic', () => {
  test('agrees with an independent implementation, wherever the beams broke', () => {
    fc.assert(
      fc.property(loads, beam, positions, order, (three, [size, height, factor], broke, factorOrder) => {
        const { outputs } = compute({ size_mm: size, loads_kN: three, breakPositions: broke }, { factorOrder });
        const singles = three.map((load, index) =>
          broke[index] === 'outside' ? null : referenceFlexural(load, height),
        );
        const group = referenceFactored(singles, factor, factorOrder, '0.1');
        expect(outputs).toMatchObject({ single_MPa: singles, sizeFactor: factor, rule: group.rule });
        expect(outputs.groupValue_MPa).toBe(group.value);
      }),
      { numRuns: 2000 },
    );
  });

  test('does not depend on the order of the specimens', () => {
    fc.assert(
      fc.property(loads, positions, fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (three, broke, sorted) => {
        const a = compute({ loads_kN: three, breakPositions: broke }).outputs;
        const b = compute({
          loads_kN: sorted.map((index) => three[index]),
          breakPositions: sorted.map((index) => broke[index]),
        }).outputs;
        expect([b.rule, b.groupValue_MPa]).toEqual([a.rule, a.groupValue_MPa]);
      }),
      { numRuns: 500 },
    );
  });

  test('a larger load never gives a smaller strength, and twice the load twice the strength before rounding', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 9000 }), fc.integer({ min: 1, max: 99 }), beam, (load, more, [size]) => {
        const ratio = flexuralRatio(size);
        const [low, high] = [load, load + more].map((value) => Number(stressOf(hundredths(value), ratio, '0.1')));
        expect(high).toBeGreaterThanOrEqual(low ?? Number.NaN);
        const single = stressOf(hundredths(load), ratio, '0.1');
        const twice = stressOf(hundredths(load * 2), ratio, '0.2');
        expect(Math.round(Number(twice) * 10)).toBe(2 * Math.round(Number(single) * 10));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['31.5', '150×150×550', '4.2'],
    ['31.5', '150×150×600', '4.2'],
    // 10 kN × 300 / 100³ = 3.0; ties: 31.875 kN on 150 mm is 4.25, 32.625 kN 4.35.
    ['10', '100×100×400', '3.0'],
    ['31.875', '150×150×550', '4.2'],
    ['32.625', '150×150×550', '4.4'],
  ])('%s kN on %s is %s MPa', (load, size, expected) => {
    expect(compute({ size_mm: size, loads_kN: [load, load, load] }).outputs.single_MPa[0]).toBe(expected);
  });
});

describe('beams that broke outside the two loads', () => {
  const group = (values: (string | null)[]) => tensionGroup(values, '1.00', 'group-first', FLEXURAL);

  test('exactly 15 % of the smaller keeps the mean of the two, a tenth more is invalid', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 2 }), (twenties, place) => {
        const small = twenties * 20;
        const edge = (small * 23) / 20;
        const at = (large: number) => {
          const values: (string | null)[] = [tenths(small), tenths(large)];
          values.splice(place, 0, null);
          return group(values);
        };
        expect(at(edge).rule).toBe('mean-of-two');
        expect(at(edge + 1)).toMatchObject({ rule: 'invalid', groupValue_MPa: null });
      }),
      { numRuns: 500 },
    );
  });

  test('one: the other two; two or three: nothing', () => {
    expect(compute({ breakPositions: ['outside', 'between', 'between'] }).outputs).toMatchObject({
      rule: 'mean-of-two',
      single_MPa: [null, '4.4', '4.6'],
      groupValue_MPa: '4.5',
    });
    for (const breakPositions of [
      ['outside', 'outside', 'between'],
      ['outside', 'outside', 'outside'],
    ]) {
      const answer = compute({ breakPositions });
      expect(answer.outputs).toMatchObject({ rule: 'invalid', groupBeforeFactor_MPa: null, groupValue_MPa: null });
      expect(answer.result).toMatchObject({ valid: false, text: '该组试件试验结果无效。' });
      expect(answer.verdict).toBe('not-judged');
      expect(answer.trace.at(-1)?.value).toBeNull();
      expect(answer.warnings.map(({ code }) => code)).toEqual(['CONCRETE_BREAK_OUTSIDE', 'CONCRETE_GROUP_INVALID']);
    }
  });

  test('two that differ too much are invalid, and a mean of two is half to even', () => {
    const answer = compute({ loads_kN: ['30', '33', '36'], breakPositions: ['between', 'outside', 'between'] });
    expect(answer.outputs).toMatchObject({ rule: 'invalid', single_MPa: ['4.0', null, '4.8'], groupValue_MPa: null });
    expect(group(['4.2', null, '4.3']).groupValue_MPa).toBe('4.2');
    expect(group(['4.4', null, '4.3']).groupValue_MPa).toBe('4.4');
  });

  test('the beam has no strength on paper, and the supervisor hears that the rule is not confirmed', () => {
    const answer = compute({ breakPositions: ['between', 'between', 'outside'] });
    expect(answer.record[0]?.rows[2]).toEqual(['3', '按公称尺寸', '450', '34.50', '作用线之外', '断在作用线之外']);
    expect(answer.warnings[0]).toMatchObject({ code: 'CONCRETE_BREAK_OUTSIDE', notify: 'supervisor' });
    expect(answer.warnings[0]?.meaning).toContain('未与标准原文核对');
    expect(answer.trace.some((step) => step.rule === '断在两个集中荷载作用线之外，不计算')).toBe(true);
    expect(compute({}).warnings).toEqual([]);
  });
});

describe('what the answer says', () => {
  test('every step with clause, and no verdict of its own', () => {
    const answer = compute({});
    expect(answer.outputs).toMatchObject({ rule: 'mean', span_mm: '450', groupValue_MPa: '4.4' });
    expect(answer.trace.map((step) => step.substituted)).toContain('31.50 × 1000 × 450 / (150 × 150²)');
    expect(answer.trace.every((step) => step.clause !== '' && step.rule !== '')).toBe(true);
    expect(answer.verdict).toBe('not-judged');
    expect(answer.result.text).toBe('该组试件抗折强度为 4.4 MPa。');
    expect(answer.edition.id).toBe('GB/T 50081-2019');
  });

  test("judges only the client's requirement, and exactly at it the group qualifies", () => {
    const at = (required: string) => compute({ judgeAgainstRequirement: 'yes', requiredStrength_MPa: required });
    expect(at('4.4').verdict).toBe('qualified');
    expect(at('4.41').verdict).toBe('unqualified');
    expect(at('4.41').result.text).toContain('不符合委托约定的要求');
    expect(at('4.41').report[0]?.rows[0]).toContainEqual({ text: '不合格', down: 3 });
  });

  test('0.85 on 100×100×400 below C60, a tested one from there, in either order', () => {
    const small = { size_mm: '100×100×400', loads_kN: ['14.0', '14.0', '16.4'] };
    expect(compute(small).outputs).toMatchObject({
      sizeFactor: '0.85',
      rule: 'middle',
      groupBeforeFactor_MPa: '4.2',
      groupValue_MPa: '3.6',
    });
    const near = { ...small, loads_kN: ['14.0', '14.3', '15.6'] };
    expect(compute(near).outputs).toMatchObject({ groupBeforeFactor_MPa: '4.4', groupValue_MPa: '3.7' });
    expect(compute(near, { factorOrder: 'single-first' }).outputs).toMatchObject({
      singleAfterFactor_MPa: ['3.6', '3.7', '4.0'],
      groupBeforeFactor_MPa: null,
      groupValue_MPa: '3.8',
    });
    for (const designGrade of ['C60', 'C80']) {
      expect(refusalOf(() => compute({ ...small, designGrade }))).toMatchObject({ code: 'METHOD_SIZE_FACTOR_UNKNOWN' });
    }
    const tested = { ...small, designGrade: 'C60', testedSizeFactor: '0.90', sizeFactorEvidence: '对比试验' };
    expect(compute(tested).outputs.groupValue_MPa).toBe('3.8');
    expect(refusalOf(() => compute({ ...small, designGrade: undefined })).field).toBe('designGrade');
  });

  test('stops: rate by the exact window, also where it has no end as a decimal', () => {
    const stops = (change: Record<string, unknown>) =>
      compute(change).stops.map(({ code, field }) => `${code} ${field}`);
    expect(stops({ loadingRates_kN_s: ['0.375', '0.5', '0.6'] })).toEqual([]);
    expect(stops({ loadingRates_kN_s: ['0.374', '0.5', '0.601'] })).toHaveLength(2);
    // 100 mm at C20: 0.02 × 10000/3 = 66.67 N/s; 0.0666 is below it, 0.0667 above.
    const small = { size_mm: '100×100×400', designGrade: 'C20', loads_kN: ['10', '10', '10'] };
    expect(tensionRateWindow('C20', flexuralRatio('100×100×400'), FLEXURAL)).toMatchObject({
      min_kN_s: '0.067',
      max_kN_s: '0.167',
    });
    expect(stops({ ...small, loadingRates_kN_s: ['0.0667', '0.1', '0.1666'] })).toEqual([]);
    expect(stops({ ...small, loadingRates_kN_s: ['0.0666', '0.1', '0.1667'] })).toEqual([
      'STOP_LOADING_RATE loadingRates_kN_s.0',
      'STOP_LOADING_RATE loadingRates_kN_s.2',
    ]);
    // A third of C30 is 10 MPa, a twentieth 1.5 MPa.
    expect(stops({ loads_kN: ['75', '75', '75'] })).toEqual([]);
    expect(stops({ loads_kN: ['75', '75', '75.8'] })).toEqual(['STOP_TENSION_SHARE loads_kN.2']);
    expect(stops({ loads_kN: ['11.25', '11.25', '10.5'] })).toEqual(['STOP_TENSION_SHARE loads_kN.2']);
  });

  test('tables are of one width, and the bench sees the strength while the load rises', () => {
    const answer = compute({});
    for (const table of [...answer.record, ...answer.report]) expect(coveredColumns(table)).toEqual(allColumns(table));
    const [run] = concreteFlexural.acquisitions;
    expect(run?.preview?.value({ size_mm: '150×150×600' }, '31.5')).toBe('4.2');
    expect(run?.preview?.value({ size_mm: 'x' }, '31.5')).toBeNull();
    expect(run?.usualLoad_kN?.({ size_mm: '150×150×600', designGrade: 'C30' })).toBe('28.1');
    expect(concreteFlexural.describe({ size_mm: '150×150×550', designGrade: 'C30' })).toEqual({
      grade: 'C30',
      spec: '150×150×550 mm',
    });
    expect(concreteFlexural.recognises('混凝土 抗折强度')).toBe(true);
    expect(concreteFlexural.recognises('混凝土路面砖 抗折强度')).toBe(false);
  });
});

describe('bad readings are refused with field, rule and clause', () => {
  test.each([
    [{ loads_kN: ['31', '32'] }, 'METHOD_WRONG_COUNT', 'loads_kN'],
    [{ loads_kN: ['31', '32', 'OL'] }, 'METHOD_NOT_A_NUMBER', 'loads_kN.2'],
    [{ loads_kN: ['31', '32', '0'] }, 'METHOD_ZERO', 'loads_kN.2'],
    [{ loads_kN: ['31', '32', '-3'] }, 'METHOD_NEGATIVE', 'loads_kN.2'],
    [{ loads_kN: ['31', '32', '300.1'] }, 'METHOD_OUT_OF_RANGE', 'loads_kN.2'],
    [{ loads_kN: ['31', '32', '230'] }, 'METHOD_OUT_OF_RANGE', 'loads_kN.2'],
    [{ loads_kN: ['31', '32', '0.3'] }, 'METHOD_OUT_OF_RANGE', 'loads_kN.2'],
    [{ loads_kN: undefined }, 'METHOD_MISSING', 'loads_kN'],
    [{ breakPositions: undefined }, 'METHOD_MISSING', 'breakPositions'],
    [{ breakPositions: ['between', 'between'] }, 'METHOD_WRONG_COUNT', 'breakPositions'],
    [{ breakPositions: ['between', 'between', 'middle'] }, 'METHOD_CHOICE_UNKNOWN', 'breakPositions.2'],
    [{ breakPositions: ['between', 'between', null] }, 'METHOD_MISSING', 'breakPositions.2'],
    [{ size_mm: '150×150×500' }, 'METHOD_SIZE_UNKNOWN', 'size_mm'],
    [{ size_mm: undefined }, 'METHOD_MISSING', 'size_mm'],
    [{ designGrade: 'C33' }, 'METHOD_GRADE_UNKNOWN', 'designGrade'],
    [
      {
        measuredSides_mm: [
          ['150', '151.1'],
          ['150', '150'],
          ['150', '150'],
        ],
      },
      'METHOD_SIZE_TOLERANCE',
      'measuredSides_mm.0.1',
    ],
    [{ machineRange_kN: '34' }, 'METHOD_OVER_RANGE', 'loads_kN.2'],
    [{ judgeAgainstRequirement: 'yes' }, 'METHOD_MISSING', 'requiredStrength_MPa'],
    [{ sizeFactorEvidence: 'x' }, 'METHOD_MISSING', 'testedSizeFactor'],
    [{ side_mm: '150' }, 'METHOD_UNKNOWN_FIELD', 'side_mm'],
  ])('%j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => compute(change))).toMatchObject({ code, field });
  });
});

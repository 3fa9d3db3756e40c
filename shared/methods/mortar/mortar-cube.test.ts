import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import mortarCube from './mortar-cube.method.ts';
import { mortarStrength } from './cube/singles.ts';
import { mortarGrades, mortarStrengthOf } from './grade.ts';
import { ageTolerance } from '../method.ts';
import { changed } from '../testing/concrete-change.ts';
import { referenceMortar } from '../testing/mortar-reference.ts';
import { allColumns, coveredColumns } from '../testing/papers.ts';
import { referenceGroup } from '../testing/rational.ts';
import { refusalOf } from '../testing/refusals.ts';
import { testVectors } from '../testing/vectors.ts';

const base = { loads_kN: ['30.00', '31.50', '29.00'], designGrade: 'M7.5' };
const compute = (change: Record<string, unknown>) => mortarCube.compute(changed(base, change));
const vector = (line: Record<string, unknown>) => mortarCube.vectors['mortar-cube']?.(line);
const hundredths = (value: number): string => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;
const loads = fc
  .tuple(fc.integer({ min: 500, max: 15_000 }), fc.integer({ min: -18, max: 18 }), fc.integer({ min: -18, max: 18 }))
  .map(([middle, up, down]) =>
    [middle, middle + Math.round((middle * up) / 100), middle + Math.round((middle * down) / 100)].map(hundredths),
  );

testVectors(mortarCube.vectors);

describe('the arithmetic', () => {
  test('agrees with an independent implementation', () => {
    fc.assert(
      fc.property(loads, (three) => {
        const { outputs } = compute({ loads_kN: three });
        const singles = three.map(referenceMortar);
        const group = referenceGroup(singles, '0.1');
        expect(outputs).toMatchObject({ single_MPa: singles, rule: group.rule, groupValue_MPa: group.value });
      }),
      { numRuns: 1500 },
    );
  });

  test('does not depend on the order of the specimens', () => {
    fc.assert(
      fc.property(loads, fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (three, order) => {
        const [a, b] = [three, order.map((index) => three[index])].map((list) => compute({ loads_kN: list }).outputs);
        expect([b?.rule, b?.groupValue_MPa]).toEqual([a?.rule, a?.groupValue_MPa]);
      }),
      { numRuns: 500 },
    );
  });

  test('ten times the strengths keep the rule and give ten times the value', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 10, max: 99 }), { minLength: 3, maxLength: 3 }), (three) => {
        const group = (values: string[]) => vector({ single_MPa: values }) as { rule: string; groupValue_MPa: string };
        const small = group(three.map((value) => hundredths(value * 10)));
        const large = group(three.map((value) => `${value}.0`));
        expect(large.rule).toBe(small.rule);
        if (small.rule === 'middle') expect(Number(large.groupValue_MPa)).toBe(Number(small.groupValue_MPa) * 10);
      }),
      { numRuns: 500 },
    );
  });

  test('a larger load never gives a smaller strength', () => {
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 30_000 }), fc.integer({ min: 1, max: 200 }), (load, more) => {
        const [low, high] = [load, load + more].map((value) => Number(mortarStrength(hundredths(value))));
        expect(high).toBeGreaterThanOrEqual(low ?? Number.NaN);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    [['37.03', '42.58', '31.48'], ['10.0', '11.5', '8.5'], 'mean', '10.0'],
    [['37.03', '42.95', '31.48'], ['10.0', '11.6', '8.5'], 'middle', '10.0'],
    [['37.03', '42.95', '31.10'], ['10.0', '11.6', '8.4'], 'invalid', null],
  ])('%j kN are %j: %s %s', (loads_kN, single_MPa, rule, groupValue_MPa) => {
    expect(compute({ loads_kN }).outputs).toMatchObject({ single_MPa, rule, groupValue_MPa });
  });

  test('K is part of the formula: without it, 30 kN would be 6.0', () => {
    expect(mortarStrength('30')).toBe('8.1');
    expect(compute({}).trace[0]?.substituted).toBe('1.35 × 30.00 × 1000 / 4998.49');
  });
});

describe('what the answer says', () => {
  test('figures, percentage and clauses; no verdict of its own', () => {
    const answer = compute({ kind: '水泥砂浆', curing: '标准养护' });
    expect(answer.outputs).toMatchObject({
      K: '1.35',
      area_mm2: '4998.49',
      groupValue_MPa: '8.1',
      percentOfGrade: '108',
    });
    expect(answer.result.text).toBe('该组砂浆试件抗压强度代表值为 8.1 MPa，达到设计强度等级 M7.5 的 108%。');
    expect(answer.trace.every((step) => step.clause.startsWith('JGJ/T 70-2009') && step.rule !== '')).toBe(true);
    expect(answer.verdict).toBe('not-judged');
    expect(answer.warnings).toEqual([]);
    for (const table of [...answer.record, ...answer.report]) expect(coveredColumns(table)).toEqual(allColumns(table));
    expect(compute({ designGrade: undefined }).result.text).toBe('该组砂浆试件抗压强度代表值为 8.1 MPa。');
  });

  test('an invalid group has no number in result, text or paper', () => {
    const answer = compute({ loads_kN: ['30', '36', '24'], judgeAgainstGrade: 'yes' });
    expect(answer.outputs).toMatchObject({ rule: 'invalid', groupValue_MPa: null, percentOfGrade: null });
    expect(answer.result).toMatchObject({
      valid: false,
      text: '该组试件试验结果无效。',
      parameters: [{ value: null, verdict: 'not-judged' }],
    });
    expect(answer.verdict).toBe('not-judged');
    expect(answer.trace.at(-1)?.value).toBeNull();
    expect(answer.warnings).toMatchObject([{ code: 'MORTAR_GROUP_INVALID', notify: 'supervisor' }]);
    expect(answer.record[1]?.rows[0]?.slice(2)).toEqual([{ text: '试验结果无效', strong: true }, '—']);
  });

  test('judges only where the commission asks, exactly at the grade it qualifies', () => {
    const at = (load: string, change = {}) => compute({ loads_kN: [load, load, load], designGrade: 'M10', ...change });
    // 37.03 kN is 10.0 MPa, 36.7 kN 9.9.
    expect(at('37.03', { judgeAgainstGrade: 'yes' }).verdict).toBe('qualified');
    expect(at('36.7', { judgeAgainstGrade: 'yes' }).verdict).toBe('unqualified');
    expect(at('36.7', { judgeAgainstGrade: 'yes' }).result.parameters[0]?.requirement).toBe('≥10 MPa（M10）');
    const silent = at('36.7');
    expect(silent.verdict).toBe('not-judged');
    expect(silent.result.text).not.toContain('不符合');
    expect(silent.warnings).toMatchObject([{ code: 'MORTAR_BELOW_GRADE', notify: 'supervisor' }]);
    expect(at('37.03').warnings).toEqual([]);
  });

  test('rate window, machine range and strengths far from the grade stop; weak mortar wants the slow end', () => {
    const stops = (change: Record<string, unknown>) =>
      compute(change).stops.map(({ code, field }) => `${code} ${field}`);
    expect(stops({ loadingRates_kN_s: ['0.25', '1', '1.5'] })).toEqual([]);
    expect(stops({ loadingRates_kN_s: ['0.24', '1', '1.51'] })).toEqual([
      'STOP_LOADING_RATE loadingRates_kN_s.0',
      'STOP_LOADING_RATE loadingRates_kN_s.2',
    ]);
    expect(stops({ machineRange_kN: '145' })).toEqual([]);
    expect(stops({ machineRange_kN: '145.1' })).toEqual(['STOP_MACHINE_RANGE loads_kN.2']);
    // M20: 8.0 to 100 MPa can be. 29.63 kN is 8.0, 29.3 kN 7.9.
    expect(stops({ designGrade: 'M20', loads_kN: ['29.63', '29.63', '29.63'] })).toEqual([]);
    expect(stops({ designGrade: 'M20', loads_kN: ['29.63', '29.3', '29.63'] })).toEqual([
      'STOP_FAR_FROM_GRADE loads_kN.1',
    ]);
    expect(stops({ designGrade: 'M5', loads_kN: ['92.57', '93.0', '92.57'] })).toEqual([
      'STOP_FAR_FROM_GRADE loads_kN.1',
    ]);
    const weak = { designGrade: 'M2.5', loads_kN: ['10', '10', '10'] };
    const rates = (rate: string) => compute({ ...weak, loadingRates_kN_s: [rate, '0.25', '0.25'] }).warnings;
    expect(rates('0.25')).toEqual([]);
    expect(rates('0.26').map(({ code }) => code)).toEqual(['MORTAR_LOADING_SLOW']);
    expect(compute({ loadingRates_kN_s: ['1', '1', '1'] }).warnings).toEqual([]);
  });

  test('measured sides within 1 mm use the nominal area, beyond are refused', () => {
    const sides = (last: string) =>
      compute({
        measuredSides_mm: [
          ['70.7', '71.7'],
          ['69.7', '70.7'],
          ['70', last],
        ],
      });
    expect(sides('70.5').outputs.area_mm2).toBe('4998.49');
    expect(refusalOf(() => sides('71.8'))).toMatchObject({
      code: 'METHOD_SIZE_TOLERANCE',
      field: 'measuredSides_mm.2.1',
    });
  });

  test('grades, ages and what the bench sees', () => {
    expect(mortarGrades.map(({ value }) => mortarStrengthOf(value)).every((text) => /^\d+(\.5)?$/.test(text))).toBe(
      true,
    );
    expect([mortarStrengthOf('M7.5'), mortarStrengthOf('Mb10'), mortarStrengthOf('Ms15')]).toEqual(['7.5', '10', '15']);
    expect(ageTolerance(mortarCube, 28)).toBeNull();
    const [run] = mortarCube.acquisitions;
    expect(run?.preview?.value({}, '31.5')).toBe('8.5');
    expect(run?.rateWindow?.({})).toMatchObject({ min_kN_s: '0.25', max_kN_s: '1.5' });
    // 1.2 × 10 × 4998.49 / 1350 = 44.43.
    expect(run?.usualLoad_kN?.({ designGrade: 'M10' })).toBe('44.4');
    expect(mortarCube.describe({ designGrade: 'M10' })).toEqual({ grade: 'M10', spec: '70.7×70.7×70.7 mm' });
  });

  test.each([
    ['砂浆立方体抗压强度', true],
    ['水泥胶砂 抗压强度', false],
    ['砂浆 抗压强度 贯入法', false],
    ['混凝土 抗压强度', false],
    ['砌筑砂浆抗压强度评定', false],
  ])('recognises %s: %s', (names, expected) => {
    expect(mortarCube.recognises(names)).toBe(expected);
  });
});

describe('bad readings are refused with field, rule and clause', () => {
  test.each([
    [{ loads_kN: ['30', '31'] }, 'METHOD_WRONG_COUNT', 'loads_kN'],
    [{ loads_kN: ['30', '31', '32', '33', '34', '35'] }, 'METHOD_WRONG_COUNT', 'loads_kN'],
    [{ loads_kN: undefined }, 'METHOD_MISSING', 'loads_kN'],
    [{ loads_kN: ['30', '31', ''] }, 'METHOD_MISSING', 'loads_kN.2'],
    [{ loads_kN: ['30', '31', '0.0'] }, 'METHOD_ZERO', 'loads_kN.2'],
    [{ loads_kN: ['30', '31', '-30'] }, 'METHOD_NEGATIVE', 'loads_kN.2'],
    [{ loads_kN: ['30', '31', '30kN'] }, 'METHOD_NOT_A_NUMBER', 'loads_kN.2'],
    [{ loads_kN: ['30', '31', '400.1'] }, 'METHOD_OUT_OF_RANGE', 'loads_kN.2'],
    [{ loads_kN: ['30', '31', '371'] }, 'METHOD_OUT_OF_RANGE', 'loads_kN.2'],
    [{ loads_kN: ['30', '31', '0.1'] }, 'METHOD_OUT_OF_RANGE', 'loads_kN.2'],
    [{ machineRange_kN: '31' }, 'METHOD_OVER_RANGE', 'loads_kN.1'],
    [{ designGrade: 'M8' }, 'METHOD_GRADE_UNKNOWN', 'designGrade'],
    [{ designGrade: 'C10' }, 'METHOD_GRADE_UNKNOWN', 'designGrade'],
    [{ designGrade: undefined, judgeAgainstGrade: 'yes' }, 'METHOD_MISSING', 'designGrade'],
    [{ kind: '石灰' }, 'METHOD_CHOICE_UNKNOWN', 'kind'],
    [{ K: '1.35' }, 'METHOD_UNKNOWN_FIELD', 'K'],
  ])('%j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => compute(change))).toMatchObject({ code, field });
  });

  test.each([
    [{ loads_kN: base.loads_kN, K: '1.30' }, 'METHOD_COEFFICIENT_MISMATCH', 'K'],
    [{ loads_kN: base.loads_kN, side_mm: '70' }, 'METHOD_SIZE_UNKNOWN', 'side_mm'],
    [{}, 'METHOD_MISSING', 'loads_kN'],
    [{ single_MPa: ['8.1', '8.5'] }, 'METHOD_WRONG_COUNT', 'single_MPa'],
    [{ single_MPa: ['8.1', '8.5', '0.04'] }, 'METHOD_OUT_OF_RANGE', 'single_MPa.2'],
    [{ loads_kN: base.loads_kN, single_MPa: ['8.1', '8.5', '7.9'] }, 'METHOD_CONFLICT', 'single_MPa.2'],
    [{ loads_kN: base.loads_kN, grade: 'M10' }, 'METHOD_UNKNOWN_FIELD', 'grade'],
  ])('the vector line %j is %s at %s', (line, code, field) => {
    expect(refusalOf(() => vector(line))).toMatchObject({ code, field });
  });

  test('loads and strengths that agree are one group', () => {
    expect(vector({ loads_kN: base.loads_kN, single_MPa: ['8.1', '8.5', '7.8'] })).toMatchObject({
      groupValue_MPa: '8.1',
    });
  });
});

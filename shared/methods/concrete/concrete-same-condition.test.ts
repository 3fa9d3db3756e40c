import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import concreteCube from './concrete-cube.method.ts';
import concreteSameCondition from './concrete-same-condition.method.ts';
import { converted } from './samecondition/convert.ts';
import {
  referenceGroup,
  referenceStrength,
  referenceTimes,
  divide,
  rational,
  roundRational,
} from '../testing/rational.ts';
import { changed } from '../testing/concrete-change.ts';
import { allColumns, coveredColumns } from '../testing/papers.ts';
import { refusalOf } from '../testing/refusals.ts';
import { testVectors } from '../testing/vectors.ts';

const base = {
  side_mm: '150',
  loads_kN: ['640.0', '645.0', '650.0'],
  designGrade: 'C30',
  maturity_Cd: '605.5',
  age_d: '32',
};
const compute = (change: Record<string, unknown>, policies?: Record<string, string>) =>
  concreteSameCondition.compute(changed(base, change), policies === undefined ? {} : { policies });
const codes = (change: Record<string, unknown>) =>
  compute({ loads_kN: ['690', '690', '690'], ...change }).warnings.map(({ code }) => code);
const tenths = (value: number): string => `${Math.floor(value / 10)}.${value % 10}`;
const loads = fc
  .tuple(fc.integer({ min: 2000, max: 20_000 }), fc.integer({ min: -18, max: 18 }), fc.integer({ min: -18, max: 18 }))
  .map(([middle, up, down]) =>
    [middle, middle + Math.round((middle * up) / 100), middle + Math.round((middle * down) / 100)].map(tenths),
  );
const referenceConverted = (value: string): string => roundRational(divide(rational(value), rational('0.88')), '0.1');

testVectors(concreteSameCondition.vectors);

describe('the arithmetic', () => {
  test('agrees with an independent implementation, from load to converted strength', () => {
    fc.assert(
      fc.property(
        loads,
        fc.constantFrom(['100', '0.95'], ['150', '1.00'], ['200', '1.05']),
        (three, [side, factor]) => {
          const { outputs } = compute({ side_mm: side, loads_kN: three });
          const singles = three.map((load) => referenceStrength(load, side ?? ''));
          const group = referenceGroup(singles, '0.1');
          const value = group.value === null ? null : referenceTimes(group.value, factor ?? '', '0.1');
          expect(outputs).toMatchObject({ single_MPa: singles, rule: group.rule, groupValue_MPa: value });
          expect(outputs.converted_MPa).toBe(value === null ? null : referenceConverted(value));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('the group value is that of a standard cube group, under both policies', () => {
    fc.assert(
      fc.property(loads, fc.constantFrom('100', '150', '200'), (three, side_mm) => {
        for (const factorOrder of ['group-first', 'single-first']) {
          const group = { side_mm, loads_kN: three, designGrade: 'C30' };
          const cube = concreteCube.compute(group, { policies: { factorOrder } }).outputs;
          const { outputs } = compute(group, { factorOrder });
          expect([outputs.rule, outputs.groupValue_MPa]).toEqual([cube.rule, cube.groupValue_MPa]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('÷ 0.88 is monotone, never below the group value, and scales', () => {
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 1200 }), fc.integer({ min: 0, max: 20 }), (value, more) => {
        const single = converted(tenths(value));
        expect(single).toBe(referenceConverted(tenths(value)));
        expect(Number(single)).toBeGreaterThanOrEqual(Number(tenths(value)));
        expect(Number(converted(tenths(value + more)))).toBeGreaterThanOrEqual(Number(single));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['28.6', '32.5'],
    ['26.4', '30.0'],
    ['26.3', '29.9'],
    // A tie: 27.5 / 0.88 = 31.25; 23.1 / 0.88 = 26.25.
    ['27.5', '31.2'],
    ['23.1', '26.2'],
    ['24.2', '27.5'],
  ])('%s ÷ 0.88 is %s', (value, expected) => {
    expect(converted(value)).toBe(expected);
  });
});

describe('what the answer says', () => {
  test('every step with clause, the conversion last', () => {
    const answer = compute({});
    expect(answer.outputs).toMatchObject({
      groupValue_MPa: '28.7',
      divisor: '0.88',
      converted_MPa: '32.6',
      percentOfGrade: '109',
    });
    expect(answer.trace.at(-1)).toMatchObject({
      substituted: '28.7 / 0.88',
      value: '32.6',
      clause: 'GB 50204-2015 附录C',
    });
    expect(answer.trace.every((step) => step.clause !== '' && step.rule !== '')).toBe(true);
    expect(answer.result.text).toBe(
      '该组同条件养护试件抗压强度代表值为 28.7 MPa，除以 0.88 后为 32.6 MPa，达到设计强度等级 C30 的 109%。',
    );
    expect(answer.result.parameters[0]).toMatchObject({ value: '32.6', requirement: null, verdict: 'not-judged' });
    expect(answer.verdict).toBe('not-judged');
    expect(answer.warnings.map(({ code }) => code)).toEqual(['CONCRETE_LOADING_CLASS']);
    expect(answer.edition).toMatchObject({ test: 'GB/T 50081-2019', judgement: 'GB 50204-2015' });
    for (const table of [...answer.record, ...answer.report]) expect(coveredColumns(table)).toEqual(allColumns(table));
  });

  test('an invalid group has no number in result, text or paper', () => {
    const answer = compute({ loads_kN: ['356', '436', '519'], judgeAgainstGrade: 'yes', designGrade: 'C15' });
    expect(answer.outputs).toMatchObject({ groupValue_MPa: null, converted_MPa: null, percentOfGrade: null });
    expect(answer.result).toMatchObject({ valid: false, text: '该组试件试验结果无效。' });
    expect(answer.result.parameters[0]).toMatchObject({ value: null, verdict: 'not-judged' });
    expect(answer.verdict).toBe('not-judged');
    expect(answer.trace.at(-1)?.value).toBeNull();
    expect(answer.warnings).toContainEqual(
      expect.objectContaining({ code: 'CONCRETE_GROUP_INVALID', notify: 'supervisor' }) as unknown,
    );
    expect(answer.record[1]?.rows[0]?.slice(3)).toEqual(['试验结果无效', { text: '试验结果无效', strong: true }, '—']);
  });

  test('600 ℃·d and 14 d: the edges are enough, less is a warning and still a result', () => {
    expect(codes({ maturity_Cd: '600' })).toEqual([]);
    expect(codes({ maturity_Cd: '599.9' })).toEqual(['SAME_CONDITION_MATURITY']);
    expect(codes({ maturity_Cd: undefined })).toEqual(['SAME_CONDITION_MATURITY_MISSING']);
    expect(codes({ age_d: '14' })).toEqual([]);
    expect(codes({ age_d: '13' })).toEqual(['SAME_CONDITION_AGE']);
    expect(codes({ age_d: undefined })).toEqual([]);
    const early = compute({ maturity_Cd: '599.9' });
    expect(early.warnings[0]).toMatchObject({
      field: 'maturity_Cd',
      clause: 'GB 50204-2015 10.1.2',
      notify: 'supervisor',
    });
    expect(early.outputs.converted_MPa).toBe('32.6');
  });

  test('judges the converted value, and only where the commission asks', () => {
    const at = (load: string, change = {}) => compute({ loads_kN: [load, load, load], ...change });
    // 594 kN is 26.4 MPa, ÷ 0.88 = 30.0; 591 kN is 26.3 MPa, 29.9.
    expect(at('594', { judgeAgainstGrade: 'yes' }).verdict).toBe('qualified');
    expect(at('591', { judgeAgainstGrade: 'yes' }).verdict).toBe('unqualified');
    expect(at('591', { judgeAgainstGrade: 'yes' }).result.parameters[0]?.requirement).toBe('≥30 MPa（C30）');
    expect(at('591').verdict).toBe('not-judged');
    expect(at('591').result.text).not.toContain('不符合');
    expect(at('591').warnings).toMatchObject([
      { code: 'CONCRETE_LOADING_CLASS' },
      { code: 'CONCRETE_BELOW_GRADE', notify: 'supervisor' },
    ]);
    expect(at('594').warnings.map(({ code }) => code)).not.toContain('CONCRETE_BELOW_GRADE');
  });

  test('the order of the size factor is a policy, and changes the converted value', () => {
    const change = { side_mm: '100', loads_kN: ['369', '371', '426'], designGrade: 'C35' };
    expect(compute(change).outputs).toMatchObject({ groupValue_MPa: '37.0', converted_MPa: '42.0' });
    expect(compute(change, { factorOrder: 'single-first' }).outputs).toMatchObject({
      groupValue_MPa: '35.2',
      converted_MPa: '40.0',
    });
  });

  test('machine range and loading rate stop', () => {
    const stops = (change: Record<string, unknown>) => compute(change).stops.map(({ code }) => code);
    expect(stops({ machineRange_kN: '3200', loadingRates_kN_s: ['11.25', '15', '18'] })).toEqual([]);
    expect(stops({ machineRange_kN: '3201' })).toEqual(['STOP_MACHINE_RANGE']);
    expect(stops({ loadingRates_kN_s: ['11.24', '15', '18'] })).toEqual(['STOP_LOADING_RATE']);
    const [run] = concreteSameCondition.acquisitions;
    expect(run?.preview?.value({ side_mm: '150' }, '645')).toBe('28.7');
    expect(run?.preview?.value({}, '645')).toBeNull();
  });

  test.each([
    ['混凝土同条件养护试件 抗压强度', true],
    ['结构实体混凝土强度（同条件养护试件）', true],
    ['混凝土立方体抗压强度', false],
    ['混凝土同条件养护试件强度评定', false],
  ])('recognises %s: %s', (names, expected) => {
    expect(concreteSameCondition.recognises(names)).toBe(expected);
    if (expected) expect(concreteCube.recognises(names)).toBe(false);
  });
});

describe('bad readings are refused with field, rule and clause', () => {
  test.each([
    [{ loads_kN: ['640', '645'] }, 'METHOD_WRONG_COUNT', 'loads_kN'],
    [{ loads_kN: ['640', '645', '-1'] }, 'METHOD_NEGATIVE', 'loads_kN.2'],
    [{ loads_kN: ['640', '645', '0'] }, 'METHOD_ZERO', 'loads_kN.2'],
    [{ loads_kN: ['640', '645', '6,5'] }, 'METHOD_NOT_A_NUMBER', 'loads_kN.2'],
    [{ loads_kN: ['640', '645', '5700'] }, 'METHOD_OUT_OF_RANGE', 'loads_kN.2'],
    [{ loads_kN: undefined }, 'METHOD_MISSING', 'loads_kN'],
    [{ side_mm: '120' }, 'METHOD_SIZE_UNKNOWN', 'side_mm'],
    [{ designGrade: 'C33' }, 'METHOD_GRADE_UNKNOWN', 'designGrade'],
    [{ designGrade: undefined, judgeAgainstGrade: 'yes' }, 'METHOD_MISSING', 'designGrade'],
    [{ maturity_Cd: '0' }, 'METHOD_ZERO', 'maturity_Cd'],
    [{ maturity_Cd: '-600' }, 'METHOD_NEGATIVE', 'maturity_Cd'],
    [{ maturity_Cd: '5000.1' }, 'METHOD_OUT_OF_RANGE', 'maturity_Cd'],
    [{ maturity_Cd: '600℃·d' }, 'METHOD_NOT_A_NUMBER', 'maturity_Cd'],
    [{ age_d: '13.5' }, 'METHOD_NOT_WHOLE', 'age_d'],
    [{ curing: '标准养护' }, 'METHOD_UNKNOWN_FIELD', 'curing'],
    [
      {
        measuredSides_mm: [
          ['150', '150'],
          ['150', '151.1'],
          ['150', '150'],
        ],
      },
      'METHOD_SIZE_TOLERANCE',
      'measuredSides_mm.1.1',
    ],
  ])('%j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => compute(change))).toMatchObject({ code, field });
  });

  test.each([
    [{ groupValue_MPa: '28.6', divisor: '0.90' }, 'METHOD_COEFFICIENT_MISMATCH', 'divisor'],
    [{ groupValue_MPa: null, divisor: '0.88' }, 'METHOD_MISSING', 'groupValue_MPa'],
    [{ divisor: '0.88' }, 'METHOD_MISSING', 'groupValue_MPa'],
    [{ groupValue_MPa: '250.1' }, 'METHOD_OUT_OF_RANGE', 'groupValue_MPa'],
    [{ groupValue_MPa: '28.6', side_mm: '150' }, 'METHOD_UNKNOWN_FIELD', 'side_mm'],
  ])('the vector line %j is %s at %s', (line, code, field) => {
    const run = () => concreteSameCondition.vectors['concrete-same-condition']?.(line);
    expect(refusalOf(run)).toMatchObject({ code, field });
  });

  test('the vector line may leave the divisor to the standard', () => {
    const line = { groupValue_MPa: '28.6' };
    expect(concreteSameCondition.vectors['concrete-same-condition']?.(line)).toEqual({ converted_MPa: '32.5' });
  });
});

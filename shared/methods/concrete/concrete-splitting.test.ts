import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import concreteSplitting from './concrete-splitting.method.ts';
import { SPLITTING } from './tension/data.ts';
import { tensionGroup } from './tension/group.ts';
import { splittingRatio, stressOf, tensionRateWindow } from './tension/stress.ts';
import { referenceFactored, referenceSplitting } from '../testing/concrete-tension.ts';
import { changed } from '../testing/concrete-change.ts';
import { allColumns, coveredColumns } from '../testing/papers.ts';
import { refusalOf } from '../testing/refusals.ts';
import { testVectors } from '../testing/vectors.ts';

const base = { side_mm: '150', loads_kN: ['105.0', '108.0', '110.0'], designGrade: 'C30' };
const compute = (change: Record<string, unknown>, policies?: Record<string, string>) =>
  concreteSplitting.compute(changed(base, change), policies === undefined ? {} : { policies });
const vector = (change: Record<string, unknown>) =>
  concreteSplitting.vectors['concrete-splitting']?.({ loads_kN: ['149.47', '150.24', '125.45'], ...change });

const hundredths = (value: number): string => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;
const loads = fc
  .tuple(fc.integer({ min: 2000, max: 26_000 }), fc.integer({ min: -18, max: 18 }), fc.integer({ min: -18, max: 18 }))
  .map(([middle, up, down]) =>
    [middle, middle + Math.round((middle * up) / 100), middle + Math.round((middle * down) / 100)].map(hundredths),
  );
const size = fc.constantFrom(['150', '1.00'] as const, ['100', '0.85'] as const);

testVectors(concreteSplitting.vectors);

describe('the arithmetic', () => {
  test('agrees with an independent implementation in both orders of the factor', () => {
    fc.assert(
      fc.property(loads, size, fc.constantFrom('group-first', 'single-first'), (three, [side, factor], factorOrder) => {
        const { outputs } = compute({ side_mm: side, loads_kN: three }, { factorOrder });
        const singles = three.map((load) => referenceSplitting(load, side));
        const group = referenceFactored(singles, factor, factorOrder, '0.01');
        expect(outputs).toMatchObject({ single_MPa: singles, sizeFactor: factor, rule: group.rule });
        expect(outputs.groupValue_MPa).toBe(group.value);
      }),
      { numRuns: 1500 },
    );
  });

  test('does not depend on the order of the specimens', () => {
    fc.assert(
      fc.property(loads, fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (three, order) => {
        const shuffled = order.map((index) => three[index] ?? '');
        const [a, b] = [compute({ loads_kN: three }).outputs, compute({ loads_kN: shuffled }).outputs];
        expect([b.rule, b.groupValue_MPa]).toEqual([a.rule, a.groupValue_MPa]);
      }),
      { numRuns: 500 },
    );
  });

  test('ten times the strengths keep the rule and give ten times the value at ten times the step', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 100, max: 900 }), { minLength: 3, maxLength: 3 }), (three) => {
        const small = tensionGroup(three.map(hundredths), '1.00', 'group-first', SPLITTING);
        const tenfold = three.map((value) => hundredths(value * 10));
        const large = tensionGroup(tenfold, '1.00', 'group-first', { ...SPLITTING, step: '0.1' });
        expect(large.rule).toBe(small.rule);
        expect(large.groupValue_MPa?.replace('.', '')).toBe(small.groupValue_MPa?.replace('.', ''));
      }),
      { numRuns: 500 },
    );
  });

  test('a larger load never gives a smaller strength', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 60_000 }), fc.integer({ min: 1, max: 500 }), (load, more) => {
        const ratio = splittingRatio('22500');
        const [low, high] = [load, load + more].map((value) => Number(stressOf(hundredths(value), ratio, '0.01')));
        expect(high).toBeGreaterThanOrEqual(low ?? Number.NaN);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    // 0.637 × 100000 / 22500 = 2.8311…; on 100 mm 6.37.
    ['100', '150', '2.83'],
    ['100', '100', '6.37'],
    // A tie: 0.637 × 112.5 × 1000 / 10000 = 7.16625; 0.637 × 50 × 1000 / 10000 = 3.185 drops to the even 3.18.
    ['112.5', '100', '7.17'],
    ['50', '100', '3.18'],
  ])('%s kN on %s mm is %s MPa', (load, side, expected) => {
    expect(compute({ side_mm: side, loads_kN: [load, load, load] }).outputs.single_MPa[0]).toBe(expected);
  });

  test.each([
    [['3.40', '4.00', '4.60'], 'mean', '4.00'],
    [['3.40', '4.00', '4.61'], 'middle', '4.00'],
    [['3.39', '4.00', '4.61'], 'invalid', null],
  ])('%j at the edge of 15 %% is %s', (values, rule, value) => {
    expect(tensionGroup(values, '1.00', 'group-first', SPLITTING)).toMatchObject({ rule, groupValue_MPa: value });
  });
});

describe('size factor', () => {
  const hundred = { side_mm: '100', loads_kN: ['50', '50', '50'] };

  test('0.85 on 100 mm below C60, 1.00 on 150 mm, otherwise a tested one or nothing', () => {
    expect(compute(hundred).outputs).toMatchObject({ sizeFactor: '0.85', groupBeforeFactor_MPa: '3.18' });
    expect(compute({ ...hundred, designGrade: 'C55' }).outputs.sizeFactor).toBe('0.85');
    expect(compute({}).outputs.sizeFactor).toBe('1.00');
    for (const change of [
      { ...hundred, designGrade: 'C60' },
      { side_mm: '200', loads_kN: ['200', '200', '200'] },
    ]) {
      expect(refusalOf(() => compute(change))).toMatchObject({
        code: 'METHOD_SIZE_FACTOR_UNKNOWN',
        field: 'testedSizeFactor',
      });
    }
    const tested = compute({
      ...hundred,
      designGrade: 'C60',
      testedSizeFactor: '0.88',
      sizeFactorEvidence: '对比试验 2026-03',
    });
    expect(tested.outputs).toMatchObject({ sizeFactor: '0.88', sizeFactorBasis: '对比试验：对比试验 2026-03' });
    expect(refusalOf(() => compute({ ...hundred, designGrade: undefined }))).toMatchObject({
      code: 'METHOD_MISSING',
      field: 'designGrade',
    });
  });

  test('the order of the factor is a policy and changes the figures', () => {
    const change = { side_mm: '100', loads_kN: ['50.05', '50.3', '57.70'] };
    const [group, single] = ['group-first', 'single-first'].map((factorOrder) => compute(change, { factorOrder }));
    expect(group?.outputs).toMatchObject({ rule: 'mean', groupBeforeFactor_MPa: '3.36', groupValue_MPa: '2.86' });
    expect(single?.outputs).toMatchObject({
      singleAfterFactor_MPa: ['2.71', '2.72', '3.13'],
      rule: 'middle',
      groupBeforeFactor_MPa: null,
      groupValue_MPa: '2.72',
    });
    expect(group?.policies).toEqual({ factorOrder: 'group-first' });
    expect(single?.policies).toEqual({ factorOrder: 'single-first' });
    expect(refusalOf(() => compute({}, { factorOrder: 'both' })).code).toBe('METHOD_POLICY_UNKNOWN');
  });
});

describe('what the answer says', () => {
  test('every step with clause, and no verdict of its own', () => {
    const answer = compute({});
    expect(answer.outputs).toMatchObject({ rule: 'mean', groupValue_MPa: '3.05', area_mm2: '22500' });
    expect(answer.trace.map((step) => step.substituted)).toContain('0.637 × 105.0 × 1000 / 22500');
    expect(answer.trace.every((step) => step.clause !== '' && step.rule !== '')).toBe(true);
    expect(answer.verdict).toBe('not-judged');
    expect(answer.result.text).toBe('该组试件劈裂抗拉强度为 3.05 MPa。');
    expect(answer.result.parameters).toEqual([
      {
        parameterCode: 'PL',
        name: '劈裂抗拉强度',
        value: '3.05',
        unit: 'MPa',
        requirement: null,
        verdict: 'not-judged',
      },
    ]);
  });

  test('an invalid group has no number in result, text or paper', () => {
    const answer = compute({
      loads_kN: ['90', '110', '130'],
      judgeAgainstRequirement: 'yes',
      requiredStrength_MPa: '1',
    });
    expect(answer.outputs).toMatchObject({ rule: 'invalid', groupBeforeFactor_MPa: null, groupValue_MPa: null });
    expect(answer.result).toMatchObject({ valid: false, text: '该组试件试验结果无效。' });
    expect(answer.result.parameters[0]).toMatchObject({ value: null, verdict: 'not-judged' });
    expect(answer.verdict).toBe('not-judged');
    expect(answer.trace.at(-1)?.value).toBeNull();
    expect(answer.warnings).toMatchObject([{ code: 'CONCRETE_GROUP_INVALID', notify: 'supervisor' }]);
    expect(JSON.stringify([answer.record[1], answer.report[0]?.rows[0]?.slice(-3)])).toContain('试验结果无效');
  });

  test("judges only the client's requirement, and exactly at it the group qualifies", () => {
    const at = (required: string) => compute({ judgeAgainstRequirement: 'yes', requiredStrength_MPa: required });
    expect(at('3.05').verdict).toBe('qualified');
    expect(at('3.05').result.text).toContain('符合委托约定的要求');
    expect(at('3.06').verdict).toBe('unqualified');
    expect(at('3.06').result.parameters[0]?.requirement).toBe('≥3.06 MPa（委托要求）');
    expect(at('3.06').warnings.map(({ code, notify }) => [code, notify])).toEqual([
      ['CONCRETE_BELOW_REQUIREMENT', 'supervisor'],
    ]);
    const silent = compute({ requiredStrength_MPa: '3.06' });
    expect(silent.verdict).toBe('not-judged');
    expect(silent.warnings.map(({ code }) => code)).toEqual(['CONCRETE_BELOW_REQUIREMENT']);
  });

  test('stops: rate outside the class, load outside the range, a share that can hardly be', () => {
    const stops = (change: Record<string, unknown>) =>
      compute(change).stops.map(({ code, field }) => `${code} ${field}`);
    expect(tensionRateWindow('C30', splittingRatio('22500'), SPLITTING)).toMatchObject({
      min_kN_s: '1.766',
      max_kN_s: '2.826',
    });
    // 0.05 × 22500 / 637 = 1.76609…: shown as 1.766, which is itself outside.
    expect(stops({ loadingRates_kN_s: ['1.767', '2', '2.825'] })).toEqual([]);
    expect(stops({ loadingRates_kN_s: ['1.766', '2', '2.826'] })).toEqual([
      'STOP_LOADING_RATE loadingRates_kN_s.0',
      'STOP_LOADING_RATE loadingRates_kN_s.2',
    ]);
    expect(stops({ loadingRates_kN_s: ['1', '1', '1'], designGrade: undefined })).toEqual([]);
    expect(stops({ machineRange_kN: '525' })).toEqual([]);
    expect(stops({ machineRange_kN: '525.1' })).toEqual(['STOP_MACHINE_RANGE loads_kN.0']);
    // A fifth of C30 is 6 MPa: 211.93 kN is 6.00, 212.2 kN is 6.01; a thirtieth is 1 MPa: 35.3 kN is 1.00, 35 kN 0.99.
    expect(stops({ loads_kN: ['211.93', '211.93', '211.93'] })).toEqual([]);
    expect(stops({ loads_kN: ['211.93', '212.2', '211.93'] })).toEqual(['STOP_TENSION_SHARE loads_kN.1']);
    expect(stops({ loads_kN: ['35.3', '35.3', '35'] })).toEqual(['STOP_TENSION_SHARE loads_kN.2']);
  });

  test('measured sides within 1 mm use the nominal area, beyond are refused', () => {
    const sides = (last: string) =>
      compute({
        measuredSides_mm: [
          ['150', '151'],
          ['149', '150'],
          ['150', last],
        ],
      });
    expect(sides('149.0').outputs.area_mm2).toBe('22500');
    expect(refusalOf(() => sides('148.9'))).toMatchObject({
      code: 'METHOD_SIZE_TOLERANCE',
      field: 'measuredSides_mm.2.1',
    });
  });

  test('tables are of one width, and the bench sees the strength while the load rises', () => {
    const [run] = concreteSplitting.acquisitions;
    expect(run?.preview?.value({ side_mm: '150' }, '150.24')).toBe('4.25');
    expect(run?.preview?.value({}, '150.24')).toBeNull();
    expect(run?.usualLoad_kN?.({ side_mm: '150', designGrade: 'C30' })).toBe('88.3');
    expect(run?.usualLoad_kN?.({ side_mm: '150' })).toBeNull();
    expect(run?.rateWindow?.({ side_mm: '150' })).toBeNull();
    const answer = compute({});
    for (const table of [...answer.record, ...answer.report]) expect(coveredColumns(table)).toEqual(allColumns(table));
    expect(concreteSplitting.describe({ side_mm: '150', designGrade: 'C30' })).toEqual({
      grade: 'C30',
      spec: '150×150×150 mm',
    });
  });
});

describe('recognises', () => {
  test.each([
    ['混凝土 劈裂抗拉强度', true],
    ['混凝土 抗折强度', false],
    ['混凝土 抗压强度', false],
    ['岩石 劈裂', false],
  ])('%s: %s', (names, expected) => {
    expect(concreteSplitting.recognises(names)).toBe(expected);
  });
});

describe('bad readings are refused with field, rule and clause', () => {
  test.each([
    [{ loads_kN: ['105', '108'] }, 'METHOD_WRONG_COUNT', 'loads_kN'],
    [{ loads_kN: undefined }, 'METHOD_MISSING', 'loads_kN'],
    [{ loads_kN: ['105', '108', ''] }, 'METHOD_MISSING', 'loads_kN.2'],
    [{ loads_kN: ['105', '108', '0'] }, 'METHOD_ZERO', 'loads_kN.2'],
    [{ loads_kN: ['105', '108', '-1'] }, 'METHOD_NEGATIVE', 'loads_kN.2'],
    [{ loads_kN: ['105', '108', '1.1e2'] }, 'METHOD_NOT_A_NUMBER', 'loads_kN.2'],
    [{ loads_kN: ['105', '108', 110] }, 'METHOD_NOT_A_NUMBER', 'loads_kN.2'],
    [{ loads_kN: ['105', '108', '1300.1'] }, 'METHOD_OUT_OF_RANGE', 'loads_kN.2'],
    [{ loads_kN: ['105', '108', '708'] }, 'METHOD_OUT_OF_RANGE', 'loads_kN.2'],
    [{ loads_kN: ['105', '108', '0.1'] }, 'METHOD_OUT_OF_RANGE', 'loads_kN.2'],
    [{ machineRange_kN: '109' }, 'METHOD_OVER_RANGE', 'loads_kN.2'],
    [{ side_mm: '120' }, 'METHOD_SIZE_UNKNOWN', 'side_mm'],
    [{ side_mm: undefined }, 'METHOD_MISSING', 'side_mm'],
    [{ designGrade: 'C33' }, 'METHOD_GRADE_UNKNOWN', 'designGrade'],
    [{ testedSizeFactor: '0.9', sizeFactorEvidence: 'x' }, 'METHOD_SIZE_FACTOR_MISMATCH', 'testedSizeFactor'],
    [{ testedSizeFactor: '0.9' }, 'METHOD_MISSING', 'sizeFactorEvidence'],
    [{ judgeAgainstRequirement: 'yes' }, 'METHOD_MISSING', 'requiredStrength_MPa'],
    [{ judgeAgainstRequirement: 'maybe' }, 'METHOD_CHOICE_UNKNOWN', 'judgeAgainstRequirement'],
    [{ area_mm2: '22500' }, 'METHOD_UNKNOWN_FIELD', 'area_mm2'],
  ])('%j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => compute(change))).toMatchObject({ code, field });
  });

  test.each([
    [{ area_mm2: '22500', coefficient: '0.636' }, 'METHOD_COEFFICIENT_MISMATCH', 'coefficient'],
    [{}, 'METHOD_MISSING', 'area_mm2'],
    [{ side_mm: '150', area_mm2: '10000' }, 'METHOD_CONFLICT', 'area_mm2'],
    [{ side_mm: '150', sizeFactor: '0.85' }, 'METHOD_SIZE_FACTOR_MISMATCH', 'sizeFactor'],
    [{ side_mm: '200', sizeFactor: '0.85', grade: 'C30' }, 'METHOD_SIZE_FACTOR_UNKNOWN', 'testedSizeFactor'],
    [{ area_mm2: '22500', force: '1' }, 'METHOD_UNKNOWN_FIELD', 'force'],
    [{ area_mm2: '22500', policies: { factorOrder: 'x' } }, 'METHOD_POLICY_UNKNOWN', 'policies.factorOrder'],
    [{ area_mm2: '22500', loads_kN: ['1', '2'] }, 'METHOD_WRONG_COUNT', 'loads_kN'],
  ])('a vector line with %j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => vector(change))).toMatchObject({ code, field });
  });

  test('a vector line takes side or area, and the factor of the small cube', () => {
    expect(vector({ side_mm: '150' })).toEqual(vector({ area_mm2: '22500', coefficient: '0.637' }));
    const small = { side_mm: '100', loads_kN: ['50', '50', '50'] };
    expect(vector({ ...small, grade: 'C30' })).toMatchObject({ groupValue_MPa: '2.70' });
    expect(vector({ ...small, sizeFactor: '0.85' })).toMatchObject({ groupValue_MPa: '2.70' });
    expect(vector({ ...small, sizeFactor: '0.9', sizeFactorEvidence: 'x' })).toMatchObject({ groupValue_MPa: '2.86' });
  });
});

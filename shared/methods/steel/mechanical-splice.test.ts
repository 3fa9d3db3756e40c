// Mechanical splices as records: vectors, strengths, residual deformation, words, stops, papers and refusals.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import mechanicalSplice from './mechanical-splice.method.ts';
import { nominalArea } from './nominal.ts';
import { allColumns, coveredColumns } from '../testing/papers.ts';
import { add, divide, compare, rational, roundRational } from '../testing/rational.ts';
import { refusalOf } from '../testing/refusals.ts';
import { referenceJointStrength, referenceSpliceMet, referenceSpliceVerdict } from '../testing/steel-joints.ts';
import { CONFIRMED_107, allPulledOut, computeSplice as compute, spliceRetest } from '../testing/steel-splice.ts';
import { codes, times } from '../testing/steel-weld.ts';
import { testVectors } from '../testing/vectors.ts';

const FULL = { ...CONFIRMED_107, spliceComparison: 'full-value' };

testVectors(mechanicalSplice.vectors);

describe('strength', () => {
  test('rounded to 5 MPa and compared with 594, or compared as it is: 592.6 MPa passes or fails', () => {
    // 592.6 MPa on 314.2 mm².
    const change = { loads_kN: times(3, '186.19492'), breaks: allPulledOut };
    const rounded = compute(change);
    expect(rounded.outputs.tension).toMatchObject({ strengths_MPa: times(3, '595'), thresholds_MPa: times(3, '594') });
    expect(rounded.verdict).toBe('qualified');
    const full = compute(change, FULL);
    expect(full.outputs.tension).toMatchObject({ strengths_MPa: times(3, '595'), failed: 3 });
    expect(full.verdict).toBe('unqualified');
    expect(full.policies).toMatchObject({ spliceComparison: 'full-value' });
    expect(full.trace.some(({ rule }) => rule.includes('全数值比较法'))).toBe(true);
  });

  test('exactly at the threshold passes under both comparisons', () => {
    for (const policies of [CONFIRMED_107, FULL]) {
      expect(compute({ loads_kN: times(3, '186.6348'), breaks: allPulledOut }, policies).verdict).toBe('qualified');
      expect(compute({ loads_kN: times(3, '169.668'), breaks: times(3, '断于钢筋母材') }, policies).verdict).toBe(
        'qualified',
      );
    }
    expect(compute({ loads_kN: ['186.6347', '190', '190'], breaks: allPulledOut }, FULL).verdict).toBe('retest');
  });

  test('agrees with an independent implementation from the loads on', () => {
    const breaks = ['断于钢筋母材', '断于钢筋镦粗过渡段', '断于套筒', '套筒纵向开裂', '其他连接组件破坏'] as const;
    const diameters = fc.constantFrom('12', '20', '25', '32', '40');
    const group = fc.array(fc.tuple(fc.integer({ min: 4800, max: 6200 }), fc.constantFrom(...breaks)), {
      minLength: 3,
      maxLength: 3,
    });
    const letters = { Ⅰ: 'I', Ⅱ: 'II', Ⅲ: 'III' } as const;
    fc.assert(
      fc.property(
        diameters,
        group,
        fc.constantFrom('Ⅰ' as const, 'Ⅱ' as const, 'Ⅲ' as const),
        fc.constantFrom('rounded' as const, 'full-value' as const),
        (diameter, specimens, level, comparison) => {
          const area = nominalArea(diameter);
          // The load that means so many tenths of a MPa, to 0.01 kN.
          const loads = specimens.map(([tenths]) =>
            roundRational({ n: BigInt(tenths) * rational(area).n, d: 10_000n * rational(area).d }, '0.01'),
          );
          const change = { nominalDiameter_mm: diameter, spliceLevel: level, loads_kN: loads };
          const answer = compute(
            { ...change, breaks: specimens.map(([, found]) => found) },
            { ...CONFIRMED_107, spliceComparison: comparison },
          );
          expect(answer.outputs.tension?.strengths_MPa).toEqual(
            loads.map((load) => referenceJointStrength(load, area, 'YB/T 081')),
          );
          const met = specimens.map(([, found], index) =>
            referenceSpliceMet(
              { force: `${loads[index]?.replace('.', '')}0`, area, isConnector: !found.startsWith('断于钢筋') },
              letters[level],
              '540',
              '400',
              comparison,
            ),
          );
          expect(answer.verdict).toBe(referenceSpliceVerdict(met, false, false));
        },
      ),
      { numRuns: 1500 },
    );
  });
});

describe('residual deformation', () => {
  const residual = (singles: string[], change: Record<string, unknown> = {}, policies = CONFIRMED_107) =>
    compute({ residualDeformations_mm: singles, ...change }, policies, ['BX']);

  test.each([
    ['Ⅰ', '32', '0.10', '0.11'],
    ['Ⅰ', '36', '0.14', '0.15'],
    ['Ⅱ', '32', '0.14', '0.15'],
    ['Ⅱ', '36', '0.16', '0.17'],
    ['Ⅲ', '32', '0.14', '0.15'],
    ['Ⅲ', '40', '0.16', '0.17'],
  ])('grade %s, %s mm: %s mm passes, %s mm fails', (spliceLevel, nominalDiameter_mm, good, bad) => {
    const change = { spliceLevel, nominalDiameter_mm };
    expect(residual(times(3, good), change).verdict).toBe('qualified');
    expect(residual(times(3, bad), change).verdict).toBe('unqualified');
    expect(residual(times(3, good), change).result.parameters[0]).toMatchObject({
      value: good,
      requirement: `≤${good} mm`,
    });
  });

  test('the mean of three to 0.01 mm decides, or the mean as it is', () => {
    expect(residual(['0.12', '0.10', '0.08']).outputs.residual?.mean_mm).toBe('0.10');
    const edge = ['0.104', '0.104', '0.105'];
    expect(residual(edge)).toMatchObject({ verdict: 'qualified', outputs: { residual: { mean_mm: '0.10' } } });
    expect(residual(edge, {}, FULL).verdict).toBe('unqualified');
    expect(residual(['0.100', '0.099', '0.101'], {}, FULL).verdict).toBe('qualified');
    // 0.105 is a tie: to the even multiple.
    expect(residual(['0.105', '0.105', '0.105']).outputs.residual?.mean_mm).toBe('0.10');
    expect(residual(['0.115', '0.115', '0.115']).outputs.residual?.mean_mm).toBe('0.12');
    const answer = residual(['0.12', '0.13', '0.14']);
    expect(codes(answer.warnings)).toEqual(['SPLICE_RESIDUAL_UNQUALIFIED']);
    expect(answer.warnings[0]?.notify).toBe('supervisor');
  });

  test('agrees with an independent implementation, whatever the order, and never falls when one rises', () => {
    const micro = fc.integer({ min: 0, max: 250 }).map((value) => `0.${String(value).padStart(3, '0')}`);
    fc.assert(
      fc.property(fc.tuple(micro, micro, micro), fc.nat({ max: 2 }), (singles, at) => {
        const sum = singles.map(rational).reduce(add);
        const mean = roundRational(divide(sum, rational('3')), '0.01');
        const answer = residual(singles);
        expect(answer.outputs.residual?.mean_mm).toBe(mean);
        expect(answer.verdict).toBe(compare(rational(mean), rational('0.10')) <= 0 ? 'qualified' : 'unqualified');
        expect(residual(singles.toReversed()).outputs.residual?.mean_mm).toBe(mean);
        const full = compare(sum, rational('0.30')) <= 0 ? 'qualified' : 'unqualified';
        expect(residual(singles, {}, FULL).verdict).toBe(full);
        const raised = singles.map((single, index) => (index === at ? single.replace('0.', '1.') : single));
        const higher = residual(raised).outputs.residual?.mean_mm ?? '';
        expect(compare(rational(higher), rational(mean))).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('compute', () => {
  test('three sound splices: every step explained, one requirement for each kind of failure', () => {
    const answer = compute({});
    expect(answer.verdict).toBe('qualified');
    expect(answer.outputs.tension).toMatchObject({
      strengths_MPa: ['580', '585', '605'],
      thresholds_MPa: ['540', '540', '594'],
      failures: ['钢筋拉断', '钢筋拉断', '连接件破坏'],
    });
    expect(answer.result).toMatchObject({
      valid: true,
      text: '该组接头极限抗拉强度试验结果符合 JGJ 107-2016 Ⅰ级接头的要求。',
      parameters: [{ value: '580/585/605', requirement: '≥540 MPa（钢筋拉断）或 ≥594 MPa（连接件破坏）' }],
    });
    expect(answer.trace.every(({ clause, rule }) => clause !== '' && rule !== '')).toBe(true);
    expect(answer.trace.map(({ substituted }) => substituted)).toEqual(
      expect.arrayContaining(['182.0 × 1000 / 314.2 = 579.25', '580 与 540', '605 与 1.10 × 540 = 594']),
    );
    expect(compute({ spliceLevel: 'Ⅱ' }).result.parameters[0]?.requirement).toBe('≥540 MPa');
    expect(compute({ spliceLevel: 'Ⅲ' }).result.parameters[0]?.requirement).toBe('≥500 MPa');
  });

  test('draft limits do not judge, and the figures still print', () => {
    const answer = compute({ residualDeformations_mm: times(3, '0.05') }, {});
    expect(answer.verdict).toBe('not-judged');
    expect(answer.result.parameters.map(({ verdict }) => verdict)).toEqual(['not-judged', 'not-judged']);
    expect(answer.result.text).toContain('限值未与标准原文核对，需人工判定');
    expect(answer.result.parameters.map(({ value }) => value)).toEqual(['580/585/605', '0.05']);
    expect(answer.warnings).toEqual([]);
    expect(JSON.stringify([answer.record, answer.report])).not.toMatch(/(?<!不)合格|(?<!不)符合/);
    expect(answer.trace.filter(({ value }) => value === '需人工判定')).toHaveLength(1);
    expect(answer.policies).toEqual({ spliceComparison: 'rounded', 'limits JGJ 107-2016': 'draft' });
  });

  test('one of three fails: retest of six; one of six fails: unqualified', () => {
    const first = compute({ loads_kN: ['182', '184', '185'] });
    expect(first.verdict).toBe('retest');
    expect(first.result.text).toContain('应复验，须从同一检验批再取 6 个试件');
    expect(first.warnings).toMatchObject([{ code: 'SPLICE_TENSION_RETEST', notify: 'supervisor' }]);
    const breaks = [...times(5, '断于钢筋母材'), '断于套筒'];
    expect(compute(spliceRetest(times(6, '190'), breaks)).verdict).toBe('qualified');
    const failed = compute(spliceRetest([...times(5, '190'), '185'], breaks));
    expect(failed.verdict).toBe('unqualified');
    expect(failed.warnings).toMatchObject([{ code: 'SPLICE_TENSION_UNQUALIFIED', notify: 'supervisor' }]);
    expect(
      refusalOf(() => compute({ ...spliceRetest(times(6, '190'), breaks), initialRecordNo: undefined })),
    ).toMatchObject({
      code: 'METHOD_MISSING',
      field: 'initialRecordNo',
    });
  });

  test('a process test has no retest', () => {
    const answer = compute({ inspection: '工艺检验', loads_kN: ['182', '184', '185'] });
    expect(answer.verdict).toBe('unqualified');
    expect(answer.warnings).toMatchObject([
      { code: 'SPLICE_TENSION_UNQUALIFIED', meaning: expect.stringContaining('工艺') },
    ]);
    const again = { ...spliceRetest(times(6, '190'), times(6, '断于钢筋母材')), inspection: '工艺检验' };
    expect(refusalOf(() => compute(again))).toMatchObject({ code: 'METHOD_CONFLICT', field: 'round' });
  });

  test('only what is asked for is judged; nothing at all is refused', () => {
    const both = { residualDeformations_mm: times(3, '0.05') };
    expect(compute(both).result.parameters.map(({ parameterCode }) => parameterCode)).toEqual(['KL', 'BX']);
    expect(compute(both, CONFIRMED_107, ['KL']).outputs.residual).toBeNull();
    expect(compute(both, CONFIRMED_107, ['BX']).outputs.tension).toBeNull();
    expect(compute({ ...both, residualDeformations_mm: times(3, '0.11') }).verdict).toBe('unqualified');
    expect(refusalOf(() => compute({}, CONFIRMED_107, ['BX']))).toMatchObject({
      code: 'METHOD_MISSING',
      field: 'residualDeformations_mm',
    });
    expect(refusalOf(() => compute({ loads_kN: undefined, breaks: undefined })).code).toBe('METHOD_MISSING');
  });

  test('stops: strengths that can hardly be, a load below 20 % of the range, a large deformation', () => {
    const inBar = { breaks: times(3, '断于钢筋母材') };
    const stops = (load: string) => codes(compute({ ...inBar, loads_kN: ['182', '182', load] }).stops);
    expect(stops('84.834')).toEqual([]);
    expect(stops('84.833')).toEqual(['STOP_JOINT_STRENGTH']);
    expect(stops('254.502')).toEqual([]);
    expect(stops('254.503')).toEqual(['STOP_JOINT_STRENGTH']);
    expect(codes(compute({ machineRange_kN: '1000' }).stops)).toEqual(times(3, 'STOP_MACHINE_RANGE'));
    const large = compute({ residualDeformations_mm: ['0.05', '1.00', '1.01'] });
    expect(large.stops).toMatchObject([{ code: 'STOP_RESIDUAL_DEFORMATION', field: 'residualDeformations_mm.2' }]);
  });

  test('papers fill their columns', () => {
    const residualDeformations_mm = times(3, '0.05');
    const answers = [
      compute({}),
      compute({ residualDeformations_mm }),
      compute({ residualDeformations_mm }, CONFIRMED_107, ['BX']),
    ];
    for (const answer of answers) {
      for (const table of [...answer.record, ...answer.report])
        expect(coveredColumns(table)).toEqual(allColumns(table));
      expect(answer.report[0]?.joins).toBe(true);
    }
    expect(JSON.stringify(compute({}).report)).toContain('≥594');
  });

  test('the name of a catalogue item and of its parameters', () => {
    expect(mechanicalSplice.recognises('钢筋机械连接接头 极限抗拉强度')).toBe(true);
    expect(mechanicalSplice.recognises('钢筋焊接接头 抗拉强度')).toBe(false);
    const codeOf = (name: string) => mechanicalSplice.parameters.find(({ recognises }) => recognises.test(name))?.code;
    expect(['极限抗拉强度', '拉伸', '单向拉伸残余变形', '伸长率'].map(codeOf)).toEqual(['KL', 'KL', 'BX', undefined]);
    expect(mechanicalSplice.describe({ grade: 'HRB400E', nominalDiameter_mm: '25', spliceLevel: 'Ⅰ' })).toEqual({
      grade: 'HRB400E Ⅰ级',
      spec: '25 mm',
    });
  });
});

describe('bad readings are refused with code, field and rule', () => {
  test.each([
    [{ loads_kN: ['182', '184', ''] }, 'METHOD_MISSING', 'loads_kN.2'],
    [{ loads_kN: ['182', '184', '0'] }, 'METHOD_ZERO', 'loads_kN.2'],
    [{ loads_kN: ['182', '184', '-1'] }, 'METHOD_NEGATIVE', 'loads_kN.2'],
    [{ loads_kN: ['182', '184', '18２'] }, 'METHOD_NOT_A_NUMBER', 'loads_kN.2'],
    [{ loads_kN: ['182', '184', '471.4'] }, 'METHOD_OUT_OF_RANGE', 'loads_kN.2'],
    [{ loads_kN: ['182', '184'] }, 'METHOD_WRONG_COUNT', 'loads_kN'],
    [{ loads_kN: times(4, '190'), breaks: times(4, '断于套筒') }, 'METHOD_WRONG_COUNT', 'loads_kN'],
    [{ ...spliceRetest(times(3, '190'), times(3, '断于套筒')) }, 'METHOD_WRONG_COUNT', 'loads_kN'],
    [{ loads_kN: undefined }, 'METHOD_MISSING', 'loads_kN'],
    [{ breaks: undefined }, 'METHOD_MISSING', 'breaks'],
    [{ breaks: times(3, '钢筋拉断') }, 'METHOD_CHOICE_UNKNOWN', 'breaks.0'],
    [{ spliceLevel: 'I' }, 'METHOD_GRADE_UNKNOWN', 'spliceLevel'],
    [{ spliceLevel: 'Ⅳ' }, 'METHOD_GRADE_UNKNOWN', 'spliceLevel'],
    [{ grade: 'HRB700' }, 'METHOD_GRADE_UNKNOWN', 'grade'],
    [{ nominalDiameter_mm: '21' }, 'METHOD_DIAMETER_UNKNOWN', 'nominalDiameter_mm'],
    [{ spliceType: ' ' }, 'METHOD_MISSING', 'spliceType'],
    [{ residualDeformations_mm: ['0.05', '0.05'] }, 'METHOD_WRONG_COUNT', 'residualDeformations_mm'],
    [{ residualDeformations_mm: ['0.05', '0.05', '-0.01'] }, 'METHOD_NEGATIVE', 'residualDeformations_mm.2'],
    [{ residualDeformations_mm: ['0.05', '0.05', '11'] }, 'METHOD_OUT_OF_RANGE', 'residualDeformations_mm.2'],
    [{ mode: '延性' }, 'METHOD_UNKNOWN_FIELD', 'mode'],
  ])('%j is %s at %s', (change, code, field) => {
    const refused = refusalOf(() => compute(change));
    expect(refused).toMatchObject({ code, field });
    if (code !== 'METHOD_UNKNOWN_FIELD') expect(refused.rule).toMatch(/^JGJ 107-2016/);
  });
});

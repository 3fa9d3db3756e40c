// Welded joints as records: vectors, strengths of JGJ/T 27-2014, verdicts in words, stops and papers.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import weldJoint from './weld-joint.method.ts';
import { nominalArea } from './nominal.ts';
import { allColumns, coveredColumns } from '../testing/papers.ts';
import { refusalOf } from '../testing/refusals.ts';
import { referenceJointStrength } from '../testing/steel-joints.ts';
import { CONFIRMED, bend, codes, compute, inBar, retest, times } from '../testing/steel-weld.ts';
import { testVectors } from '../testing/vectors.ts';

testVectors(weldJoint.vectors);

describe('strengths', () => {
  test.each([
    ['168.8825', '540'],
    ['167.3115', '530'],
    ['168.88', '535'],
    ['169.668', '540'],
    ['182.0', '580'],
  ])('%s kN on 20 mm is %s MPa', (load, expected) => {
    expect(compute({ loads_kN: [load, '182', '182'] }).outputs.tension?.strengths_MPa?.[0]).toBe(expected);
  });

  test('agrees with an independent implementation for every diameter, always to 5 MPa', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('6', '8', '12', '16', '20', '25', '32', '36', '40', '50'),
        fc.integer({ min: 100, max: 900_000 }),
        (diameter, strength) => {
          const load = (BigInt(strength) * BigInt(diameter) * BigInt(diameter)).toString().padStart(7, '0');
          const load_kN = `${BigInt(load.slice(0, -6))}.${load.slice(-6)}`;
          const area = nominalArea(diameter);
          const expected = referenceJointStrength(load_kN, area, 'JGJ/T 27');
          if (expected === '0') return;
          const answer = compute({ nominalDiameter_mm: diameter, loads_kN: times(3, load_kN) });
          expect(answer.outputs.tension?.strengths_MPa).toEqual(times(3, expected));
        },
      ),
      { numRuns: 600 },
    );
  });

  test('the preview says the same, and nothing for an unknown diameter', () => {
    const preview = weldJoint.acquisitions[0]?.preview;
    expect(preview?.value({ nominalDiameter_mm: '20' }, '168.8825')).toBe('540');
    expect(preview?.value({ nominalDiameter_mm: '21' }, '168.8825')).toBeNull();
    expect(preview?.value({}, '168.8825')).toBeNull();
    expect(preview?.value({ nominalDiameter_mm: '20' }, 'OL')).toBeNull();
  });
});

describe('compute', () => {
  test('two in the bar, one brittle at the weld at 1.0 fk: qualified, every step explained', () => {
    const answer = compute({
      ...bend,
      loads_kN: ['182.0', '184.0', '169.668'],
      fractureDistances_mm: ['60', '55', '0'],
    });
    expect(answer.verdict).toBe('qualified');
    expect(answer.outputs).toMatchObject({
      area_mm2: '314.2',
      tension: { tensileStandard_MPa: '540', strengths_MPa: ['580', '585', '540'], void: false },
      bend: { former_mm: '100', failed: 0 },
    });
    expect(answer.result).toMatchObject({
      valid: true,
      text: '该组接头拉伸试验结果符合 JGJ 18-2012 的要求；弯曲试验结果符合 JGJ 18-2012 的要求。',
      parameters: [
        { parameterCode: 'KL', value: '580/585/540', requirement: '≥540 MPa', verdict: 'qualified' },
        { parameterCode: 'WQ', value: '无裂纹/无裂纹/无裂纹', verdict: 'qualified' },
      ],
    });
    expect(answer.trace.every(({ clause, rule }) => clause !== '' && rule !== '')).toBe(true);
    expect(answer.trace.map(({ substituted }) => substituted)).toContain('182.0 × 1000 / 314.2 = 579.25');
    expect([answer.warnings, answer.stops]).toEqual([[], []]);
    expect(answer.edition).toMatchObject({ test: 'JGJ/T 27-2014', judgement: 'JGJ 18-2012' });
  });

  test('draft limits do not judge, and the figures still print', () => {
    const answer = compute(bend, {});
    expect(answer.verdict).toBe('not-judged');
    expect(answer.result.parameters.map(({ verdict }) => verdict)).toEqual(['not-judged', 'not-judged']);
    expect(answer.result.text).toContain('限值未与标准原文核对，需人工判定');
    expect(answer.result.parameters[0]?.value).toBe('580/585/540');
    expect(JSON.stringify([answer.record, answer.report])).not.toMatch(/合格|符合/);
    expect(answer.trace.filter(({ value }) => value === '需人工判定')).toHaveLength(2);
    expect(answer.policies).toEqual({
      threeBrittleBreaks: 'at-least',
      tJointRule: 'manual',
      'limits JGJ 18-2012': 'draft',
    });
  });

  test('a brittle break in the bar: no strength anywhere, test void, supervisor told', () => {
    const change = { fracturePlaces: ['母材', '母材', '母材'], fractureModes: ['延性', '脆性', '延性'] };
    for (const policies of [CONFIRMED, {}]) {
      const answer = compute(change, policies);
      expect(answer.result).toMatchObject({ valid: false, parameters: [{ value: null, verdict: 'not-judged' }] });
      expect(answer.result.text).toContain('试验结果无效');
      expect(answer.verdict).toBe('not-judged');
      expect(answer.outputs.tension).toMatchObject({ strengths_MPa: null, void: true });
      expect(answer.trace.at(-1)?.value).toBeNull();
      for (const strength of ['580', '585', '540', '579.25']) {
        const papers = [answer.outputs.tension?.strengths_MPa, answer.result.parameters[0]?.value, answer.trace];
        expect(JSON.stringify(papers)).not.toContain(strength);
        expect(JSON.stringify([answer.record[1]?.rows, answer.report[0]?.rows])).not.toContain(`"${strength}"`);
      }
      expect(JSON.stringify(answer.report)).toContain('试验结果无效');
      expect(answer.warnings).toMatchObject([{ code: 'WELD_TENSION_VOID', notify: 'supervisor' }]);
    }
  });

  test('a void tension test leaves the bend test of the same record its verdict', () => {
    const change = { ...bend, fracturePlaces: ['母材', '母材', '母材'], fractureModes: ['延性', '脆性', '延性'] };
    const answer = compute(change);
    expect(answer.result.valid).toBe(true);
    expect(answer.result.parameters.map(({ verdict }) => verdict)).toEqual(['not-judged', 'qualified']);
    expect(answer.verdict).toBe('not-judged');
    const failed = { bendFindings: times(3, '断裂') };
    expect(compute({ ...change, ...failed }).verdict).toBe('unqualified');
  });

  test('a retest asks for six more of the batch, and names the first record', () => {
    const first = compute({ loads_kN: ['182.0', '184.0', '168.0'] });
    expect(first.verdict).toBe('retest');
    expect(first.result.text).toBe('该组接头拉伸试验结果按 JGJ 18-2012 应复验，须从同一检验批再取 6 个试件。');
    expect(first.warnings).toMatchObject([{ code: 'WELD_TENSION_RETEST', notify: 'supervisor' }]);
    const second = retest(
      times(6, '182'),
      [...times(4, '母材'), '焊缝', '热影响区'],
      [...times(4, '延性'), '脆性', '脆性'],
    );
    expect(compute(second).verdict).toBe('qualified');
    expect(JSON.stringify(compute(second).record)).toContain('复验（初验记录 JL-1）');
    expect(refusalOf(() => compute({ ...second, initialRecordNo: undefined }))).toMatchObject({
      code: 'METHOD_MISSING',
      field: 'initialRecordNo',
    });
  });

  test('unqualified: a warning to the supervisor', () => {
    const answer = compute({
      loads_kN: ['182.0', '168.0', '182.0'],
      fracturePlaces: times(3, '母材'),
      fractureModes: times(3, '延性'),
    });
    expect(answer.verdict).toBe('unqualified');
    expect(answer.warnings).toMatchObject([{ code: 'WELD_TENSION_UNQUALIFIED', notify: 'supervisor' }]);
    expect(answer.result.text).toContain('拉伸试验结果不符合 JGJ 18-2012 的要求');
  });

  test('the rule of 1.10 fk for brittle breaks of JGJ 18-2003 does not exist', () => {
    const brittle = { fracturePlaces: times(3, '焊缝'), fractureModes: times(3, '脆性'), loads_kN: times(3, '220.0') };
    expect(compute(brittle).verdict).toBe('retest');
    const oneAtFk = { loads_kN: ['182', '182', '169.668'] };
    expect(compute(oneAtFk).verdict).toBe('qualified');
  });

  test.each([
    ['HPB300', '420'],
    ['HRB400E', '540'],
    ['HRBF400', '540'],
    ['HRB500', '630'],
    ['HRBF500E', '630'],
  ])('%s is judged by %s MPa', (grade, standard) => {
    const load = String((Number(standard) * 3142) / 10_000);
    const loads = times(3, load);
    const inBar = { grade, fracturePlaces: times(3, '母材'), fractureModes: times(3, '延性') };
    const answer = compute({ ...inBar, loads_kN: loads });
    expect(answer.outputs.tension).toMatchObject({ tensileStandard_MPa: standard, strengths_MPa: times(3, standard) });
    expect(answer.verdict).toBe('qualified');
    const weaker = String((Number(standard) * 3142) / 10_000 - 1.5);
    expect(compute({ ...inBar, loads_kN: [load, load, weaker] }).verdict).toBe('unqualified');
  });

  test('only what is asked for is judged and printed', () => {
    const answer = compute(bend, CONFIRMED, ['WQ']);
    expect(answer.outputs.tension).toBeNull();
    expect(answer.result.parameters.map(({ parameterCode }) => parameterCode)).toEqual(['WQ']);
    expect(JSON.stringify(answer.report)).not.toContain('抗拉强度');
    expect(compute(bend, CONFIRMED, ['KL']).outputs.bend).toBeNull();
    expect(refusalOf(() => compute({}, CONFIRMED, ['KL', 'WQ'])).code).toBe('METHOD_MISSING');
    expect(
      refusalOf(() => compute({ loads_kN: undefined, fracturePlaces: undefined, fractureModes: undefined })),
    ).toMatchObject({ code: 'METHOD_MISSING', field: 'loads_kN' });
  });

  test('bend: two of three failed is a retest, a former of another size is warned of', () => {
    const cracked = { ...bend, bendFindings: ['有裂纹', '断裂', '无裂纹'], crackWidths_mm: ['0.5', null, null] };
    const answer = compute(cracked);
    expect(answer.verdict).toBe('retest');
    expect(codes(answer.warnings)).toEqual(['WELD_BEND_RETEST']);
    expect(answer.result.parameters[1]?.value).toBe('裂纹 0.5 mm/断裂/无裂纹');
    expect(codes(compute({ ...bend, bendFormer_mm: '120' }).warnings)).toEqual(['WELD_BEND_FORMER']);
    expect(
      compute({ ...bend, nominalDiameter_mm: '28', loads_kN: times(3, '360'), bendFormer_mm: '168' }).warnings,
    ).toEqual([]);
  });

  test('bend is judged for flash-butt and gas-pressure welds only', () => {
    const verdictOf = (weldType: string) => compute({ ...bend, weldType }).result.parameters[1]?.verdict;
    expect(['闪光对焊', '气压焊'].map(verdictOf)).toEqual(['qualified', 'qualified']);
    expect(['电弧焊', '电渣压力焊', '预埋件钢筋T形'].map(verdictOf)).toEqual(times(3, 'not-judged'));
  });

  test('T joints wait for a person unless the lab has said that the same rule holds', () => {
    const answer = compute({ weldType: '预埋件钢筋T形' });
    expect(answer.verdict).toBe('not-judged');
    expect(answer.result.text).toContain('需人工判定');
    const same = { ...CONFIRMED, tJointRule: 'same-rule' };
    expect(compute({ weldType: '预埋件钢筋T形' }, same).verdict).toBe('qualified');
    expect(compute({ weldType: '电弧焊' }).verdict).toBe('qualified');
  });
});

describe('stops', () => {
  test('a strength below 0.5 or above 1.5 of the standard value; the edges are inside', () => {
    const stops = (load: string) => codes(compute({ ...inBar, loads_kN: ['182', '182', load] }).stops);
    expect(stops('84.834')).toEqual([]);
    expect(stops('84.833')).toEqual(['STOP_JOINT_STRENGTH']);
    expect(stops('254.502')).toEqual([]);
    expect(stops('254.503')).toEqual(['STOP_JOINT_STRENGTH']);
  });

  test('20 % of the range, and a load above the range is refused', () => {
    const change = { ...inBar, loads_kN: times(3, '182') };
    expect(compute({ ...change, machineRange_kN: '910' }).stops).toEqual([]);
    expect(codes(compute({ ...change, machineRange_kN: '911' }).stops)).toEqual(times(3, 'STOP_MACHINE_RANGE'));
    expect(refusalOf(() => compute({ ...change, machineRange_kN: '181' })).code).toBe('METHOD_OVER_RANGE');
  });

  test('a break that contradicts its distance, and a ductile break of the weld', () => {
    const stops = (distances: (string | null)[]) => codes(compute({ fractureDistances_mm: distances }).stops);
    expect(stops(['60', '50', '0'])).toEqual([]);
    expect(stops(['60', null, null])).toEqual([]);
    expect(stops(['0.0', '50', '0'])).toEqual(['STOP_FRACTURE_PLACE']);
    expect(stops(['60', '50', '5'])).toEqual(['STOP_FRACTURE_PLACE']);
    const ductile = compute({ fractureModes: times(3, '延性') });
    expect(codes(ductile.stops)).toEqual(['STOP_WELD_DUCTILE']);
    expect(ductile.verdict).toBe('unqualified');
  });
});

describe('papers', () => {
  test('every row fills every column, spans included', () => {
    for (const answer of [compute(bend), compute({}), compute(bend, CONFIRMED, ['WQ'])]) {
      for (const table of [...answer.record, ...answer.report])
        expect(coveredColumns(table)).toEqual(allColumns(table));
    }
    expect(compute(bend).report[0]?.joins).toBe(true);
  });

  test('the name of a catalogue item', () => {
    expect(weldJoint.recognises('钢筋焊接接头 抗拉强度 弯曲')).toBe(true);
    expect(weldJoint.recognises('钢筋机械连接接头 抗拉强度')).toBe(false);
    expect(weldJoint.recognises('钢筋焊接网 抗拉强度')).toBe(false);
    expect(weldJoint.recognises('钢筋 抗拉强度')).toBe(false);
    expect(weldJoint.describe({ grade: 'HRB400E', nominalDiameter_mm: '25', weldType: '电渣压力焊' })).toEqual({
      grade: 'HRB400E',
      spec: '电渣压力焊 25 mm',
    });
  });
});

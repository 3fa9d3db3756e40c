// 水泥胶砂强度 as a method: ages, commissions, runs, findings, papers, and what it refuses.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageTolerance } from '../../method.ts';
import { base, compute, evenCompression, evenFlexure } from '../../testing/cement-strength.ts';
import { refusalOf } from '../../testing/refusals.ts';
import cementStrength from '../cement-strength.method.ts';

const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code);

describe('ages and commissions', () => {
  test('each age is judged by its own limits only, and the words say which report it is', () => {
    const early = compute({});
    expect(early.verdict).toBe('qualified');
    expect(early.result.parameters.map(({ requirement }) => requirement)).toEqual(['≥4.0 MPa', '≥17.0 MPa']);
    expect(early.result.text).toContain('28 d 强度另出补充报告');
    const late = compute({ age_d: '28' });
    expect(late.verdict).toBe('unqualified');
    expect(late.result.parameters.map(({ requirement }) => requirement)).toEqual(['≥6.5 MPa', '≥42.5 MPa']);
    expect(late.result.text).toContain('28 d 补充报告');
  });

  test('windows of age in hours', () => {
    const hours = (days: number) => ageTolerance(cementStrength, days)?.toleranceHours ?? null;
    expect([1, 2, 3, 7, 28, 90].map(hours)).toEqual([0.25, 0.5, 0.75, 2, 8, 8]);
    expect([4, 14, 27].map(hours)).toEqual([null, null, null]);
    expect(cementStrength.timing).toMatchObject({ kind: 'stages', ageDays: [3, 28] });
  });

  test('one parameter alone', () => {
    const { compressionLoads_kN: _none, ...flexureOnly } = base;
    const settings = { policies: {}, parameters: ['KZ'] };
    const answer = cementStrength.compute(flexureOnly, settings);
    expect(answer.result.parameters.map(({ parameterCode }) => parameterCode)).toEqual(['KZ']);
    expect(answer.outputs.compression).toBeNull();
    expect(cementStrength.compute(flexureOnly).outputs.flexure?.result_MPa).toBe('5.5');
    expect(refusalOf(() => cementStrength.compute(flexureOnly, { parameters: ['KZ', 'KY'] }))).toMatchObject({
      code: 'METHOD_MISSING',
      field: 'compressionLoads_kN',
    });
    expect(refusalOf(() => compute({ flexureLoads_N: undefined, compressionLoads_kN: undefined }))).toMatchObject({
      code: 'METHOD_MISSING',
      field: 'flexureLoads_N',
    });
  });

  test('runs: flexure in N first, then compression in kN, with rate and live strength', () => {
    const { acquisitions, fields } = cementStrength;
    expect(acquisitions.map(({ field }) => field)).toEqual(['flexureLoads_N', 'compressionLoads_kN']);
    expect(acquisitions.map(({ rateWindow }) => rateWindow?.({}))).toMatchObject([
      { min_kN_s: '0.04', max_kN_s: '0.06' },
      { min_kN_s: '2.2', max_kN_s: '2.6' },
    ]);
    expect(acquisitions[0]?.preview?.value({}, '2368')).toBe('5.6');
    expect(acquisitions[1]?.preview?.value({}, '90')).toBe('56.2');
    const peaks = fields.filter((field) => field.source === 'peak');
    expect(peaks.map((field) => (field.kind === 'decimal' ? field.unit : ''))).toEqual(['N', 'kN']);
    expect(cementStrength.describe({ kind: 'P·O', grade: '42.5R' })).toEqual({
      grade: 'P·O 42.5R',
      spec: '普通硅酸盐水泥',
    });
  });

  test('the training machine breaks a specimen a fifth above its grade at the age of the task', () => {
    const [flexure, compression] = cementStrength.acquisitions.map(({ usualLoad_kN: usual }) => usual);
    // 17.0·1.2·1600 N and 42.5·1.2·1600 N; 4.0·1.2·64000/150 N and 6.5·1.2·64000/150 N.
    expect([3, 28].map((days) => compression?.({ grade: '42.5' }, days))).toEqual(['32.64', '81.60']);
    expect([3, 28].map((days) => flexure?.({ grade: '42.5' }, days))).toEqual(['2.05', '3.33']);
    expect([compression?.({ grade: '42.5' }, 7), flexure?.({}, 3), compression?.({ grade: '42.5' })]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test('recognises the item and its parameters', () => {
    expect(cementStrength.recognises('水泥胶砂强度 抗折强度 抗压强度')).toBe(true);
    expect(cementStrength.recognises('水泥 凝结时间 安定性')).toBe(false);
    expect(cementStrength.recognises('水泥混凝土抗折强度')).toBe(false);
  });
});

describe('findings', () => {
  const stops = (change: Record<string, unknown>) => codes(compute(change).stops);

  test('loading rates: the edges are inside', () => {
    const bend = (rate: string) => stops({ flexureRates_kN_s: [rate, '0.050', '0.050'] });
    expect(['0.04', '0.06'].flatMap(bend)).toEqual([]);
    expect(['0.039', '0.061'].flatMap(bend)).toEqual(['STOP_LOADING_RATE', 'STOP_LOADING_RATE']);
    const press = (rate: string) => stops({ compressionRates_kN_s: [rate, '2.4', '2.4', '2.4', '2.4', '2.4'] });
    expect(['2.20', '2.60'].flatMap(press)).toEqual([]);
    expect(['2.19', '2.61'].flatMap(press)).toEqual(['STOP_LOADING_RATE', 'STOP_LOADING_RATE']);
  });

  test('machine range, strength far from the grade, and a ratio that mortar does not have', () => {
    expect(stops({ compressionRange_kN: '220' })).toEqual([]);
    expect(stops({ compressionRange_kN: '300' })).toEqual(Array(6).fill('STOP_MACHINE_RANGE'));
    expect(refusalOf(() => compute({ compressionRange_kN: '40' })).code).toBe('METHOD_OVER_RANGE');
    const strengths = (flexure: string, compression: string) =>
      stops({ flexureLoads_N: evenFlexure(flexure), compressionLoads_kN: evenCompression(compression) });
    expect(strengths('2.0', '8.5')).toEqual([]);
    expect(strengths('2.0', '8.4')).toEqual(['STOP_CEMENT_GRADE']);
    expect(strengths('10.0', '42.5')).toEqual([]);
    expect(strengths('10.0', '42.6')).toEqual(['STOP_CEMENT_GRADE']);
    expect(strengths('7.0', '21.0')).toEqual([]);
    expect(strengths('7.0', '20.9')).toEqual(['STOP_CEMENT_RATIO']);
    expect(strengths('3.0', '36.0')).toEqual([]);
    expect(strengths('3.0', '36.1')).toEqual(['STOP_CEMENT_RATIO']);
  });

  test('papers carry every load, every single value, the mix, and why a value was dropped', () => {
    const answer = compute({
      compressionLoads_kN: ['41.1', '45.3', '45.1', '44.2', '45.8', '36'],
      cement_g: '450',
      water_mL: '225',
      brokenAt: '2026-03-04 09:12',
    });
    const { rule, single_MPa } = answer.outputs.compression ?? { rule: '', single_MPa: [] };
    expect(rule).toBe('mean5');
    const record = JSON.stringify(answer.record);
    for (const text of [...single_MPa, '41.1', '45.8', '450', '225', '2026-03-04 09:12', '剔除', '取用']) {
      expect(record).toContain(`"${text}"`);
    }
    const report = JSON.stringify(answer.report);
    for (const text of [single_MPa.join('、'), '{sampleNo}', 'P·O 42.5', '≥17.0 MPa', '试体 6']) {
      expect(report).toContain(text);
    }
  });
});

describe('bad readings are refused with field, rule and clause', () => {
  const FLEXURE_CLAUSE = 'GB/T 17671-2021 抗折强度的结果和表示';
  const third = (load: unknown) => () => compute({ flexureLoads_N: ['2300', '2310', load] });

  test.each([
    [undefined, 'METHOD_MISSING'],
    [null, 'METHOD_MISSING'],
    ['', 'METHOD_MISSING'],
    ['0', 'METHOD_ZERO'],
    ['-2300', 'METHOD_NEGATIVE'],
    ['2.3e3', 'METHOD_NOT_A_NUMBER'],
    ['2300N', 'METHOD_NOT_A_NUMBER'],
    [2300, 'METHOD_NOT_A_NUMBER'],
    ['2.3', 'METHOD_OUT_OF_RANGE'],
    ['8000.1', 'METHOD_OUT_OF_RANGE'],
  ])('a flexural load of %j is %s', (load, code) => {
    expect(refusalOf(third(load))).toEqual({ code, field: 'flexureLoads_N.2', rule: FLEXURE_CLAUSE });
  });

  test.each([
    [{ flexureLoads_N: ['2300', '2310'] }, 'METHOD_WRONG_COUNT', 'flexureLoads_N'],
    [{ compressionLoads_kN: ['44', '44', '44'] }, 'METHOD_WRONG_COUNT', 'compressionLoads_kN'],
    [{ compressionLoads_kN: ['44', '44', '44', '44', '44', '44000'] }, 'METHOD_OUT_OF_RANGE', 'compressionLoads_kN.5'],
    [{ grade: '42.5r' }, 'METHOD_GRADE_UNKNOWN', 'grade'],
    [{ grade: 'P·O 42.5' }, 'METHOD_GRADE_UNKNOWN', 'grade'],
    [{ kind: 'P.O' }, 'METHOD_KIND_UNKNOWN', 'kind'],
    [{ kind: 'M' }, 'METHOD_KIND_UNKNOWN', 'kind'],
    [{ age_d: '7' }, 'METHOD_AGE_UNKNOWN', 'age_d'],
    [{ roomTemperature_C: '200' }, 'METHOD_OUT_OF_RANGE', 'roomTemperature_C'],
    [{ loads: '1' }, 'METHOD_UNKNOWN_FIELD', 'loads'],
  ])('%j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => compute(change))).toMatchObject({ code, field });
  });

  test.each(['kind', 'grade', 'age_d'])('without %s nothing is computed', (name) => {
    const rest = Object.fromEntries(Object.entries(base).filter(([key]) => key !== name));
    expect(refusalOf(() => cementStrength.compute(rest))).toMatchObject({ code: 'METHOD_MISSING', field: name });
  });

  test('an unknown edition or policy is refused', () => {
    expect(refusalOf(() => compute({}, { edition: 'GB 175-1999' })).code).toBe('METHOD_EDITION_UNKNOWN');
    expect(refusalOf(() => compute({}, { policies: { meanForOutliers: 'mean' } })).code).toBe('METHOD_POLICY_UNKNOWN');
  });

  test('no string whatever makes it throw anything but a refusal, or print a number for nonsense', () => {
    const nonsense = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789.-+e ,'.split('')) }));
    fc.assert(
      fc.property(nonsense, (load) => {
        try {
          expect(third(load)().outputs.flexure?.single_MPa[2]).toMatch(/^\d+\.\d$/);
          expect(load).toMatch(/^(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/);
        } catch (error) {
          expect(error).toHaveProperty('info.code');
        }
      }),
      { numRuns: 1000 },
    );
  });
});

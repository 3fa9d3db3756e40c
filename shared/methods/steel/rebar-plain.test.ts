import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Exact } from '../foundation/decimal.ts';
import { item, plainBase, plainDraft, plainJudged, verdicts } from '../testing/rebar.ts';
import { refusalOf } from '../testing/refusals.ts';
import { refElongation, refMass, refStrength } from '../testing/steel-rebar.ts';
import { nominalMass } from './nominal.ts';
import plain from './rebar-plain.method.ts';

const lengths = ['500', '500', '500', '500', '500'];
/** Total mass of 2.5 m of φ8 (0.395 kg/m) at a deviation in %. */
const massAt = (percent: string): string => new Exact('987.5').times(new Exact(percent).plus(100)).div(100).toFixed();
const mass = (percent: string, edition?: string) =>
  item(
    plainJudged(
      { lengths_mm: lengths, totalMass_g: massAt(percent) },
      { parameters: ['ZLPC'], ...(edition === undefined ? {} : { edition }) },
    ),
    'ZLPC',
  );
const OLD = 'GB/T 1499.1-2017';

describe('HPB300', () => {
  test('passes, needs a person under drafts, and is bent round its own diameter', () => {
    const answer = plainJudged();
    expect(answer.result.text).toBe('所检项目符合 GB 1499.1-2024 中 HPB300 的要求。');
    expect(answer.outputs).toMatchObject({ ReL_MPa: ['370', '375'], Rm_MPa: ['565', '570'], bendFormer_mm: '8' });
    expect(plainDraft().verdict).toBe('not-judged');
    expect(Object.keys(verdicts(answer))).toEqual(['QF', 'KL', 'SC', 'ZL', 'WQ', 'ZLPC']);
  });

  test('the lengths of the real record: 53.50 on 40 mm is 34, or 34.0 by 0.5 %', () => {
    expect(plainJudged().outputs.A_percent).toEqual(['34', '32']);
    const half = { policies: { elongationStep: 'GB/T 228.1-2021' } };
    expect(plainJudged({}, half).outputs.A_percent).toEqual(['34.0', '32.5']);
  });

  test('ties at the limits: 297.5 and 417.5 MPa pass, A 24.5 is 24 and fails, Agt 9.95 is 10.0 and passes', () => {
    const force = (stress: string): string => new Exact(stress).times('50.27').div(1000).toFixed();
    const at = (low: string, high: string) =>
      verdicts(plainJudged({ FeL_kN: [force(low), '18.5'], Fm_kN: [force(high), '28.3'] }));
    expect(at('297.5', '417.5')).toMatchObject({ QF: 'qualified', KL: 'qualified' });
    expect(at('297.499', '417.499')).toMatchObject({ QF: 'retest', KL: 'retest' });
    const final = (length: string) => item(plainJudged({ Lu_mm: [length, '53.00'] }), 'SC').verdict;
    expect([final('49.80'), final('49.81')]).toEqual(['retest', 'qualified']);
    const tensile = { FeL_kN: ['20', '20'], Fm_kN: [force('600'), force('600')] };
    const agt = (length: string) => item(plainJudged({ ...tensile, agtFinal_mm: [length, '115'] }), 'ZL').verdict;
    expect([agt('109.65'), agt('109.649')]).toEqual(['qualified', 'retest']);
  });

  test('mass deviation: ±5.5 to 0.1 % today, ±6 to whole percent before', () => {
    expect(mass('-5.5')).toMatchObject({ value: '-5.5', requirement: '±5.5 %', verdict: 'qualified' });
    expect(mass('-5.55')).toMatchObject({ value: '-5.6', verdict: 'unqualified' });
    expect(mass('-6.5', OLD)).toMatchObject({ value: '-6', requirement: '±6 %', verdict: 'qualified' });
    expect(mass('-6.501', OLD)).toMatchObject({ value: '-7', verdict: 'unqualified' });
    expect(mass('5.6', OLD).verdict).toBe('qualified');
    expect(mass('5.6').verdict).toBe('unqualified');
  });

  test('the bands of diameters in both editions', () => {
    const limits = (sizes: readonly string[], edition: string) =>
      sizes.map((size) => {
        const totalMass_g = new Exact(nominalMass(size)).times(2500).toFixed();
        const inputs = {
          grade: 'HPB300',
          nominalDiameter_mm: size,
          round: 'initial',
          lengths_mm: lengths,
          totalMass_g,
        };
        return item(plain.compute(inputs, { edition }), 'ZLPC').requirement;
      });
    const [thin, thick] = [
      ['6', '8', '10', '12'],
      ['14', '16', '18', '20', '22'],
    ];
    expect(new Set(limits(thin, 'GB 1499.1-2024'))).toEqual(new Set(['±5.5 %']));
    expect(new Set(limits([...thick, '25'], 'GB 1499.1-2024'))).toEqual(new Set(['±4.5 %']));
    expect(new Set(limits(thin, OLD))).toEqual(new Set(['±6 %']));
    expect(new Set(limits(thick, OLD))).toEqual(new Set(['±5 %']));
  });

  test('25 mm has a mass limit today and none in the standard of 2017', () => {
    const inputs = {
      grade: 'HPB300',
      nominalDiameter_mm: '25',
      round: 'initial',
      lengths_mm: lengths,
      totalMass_g: '9600',
    };
    expect(plain.compute(inputs).outputs.massDeviation_percent).toBe('-0.3');
    expect(refusalOf(() => plain.compute(inputs, { edition: OLD }))).toMatchObject({
      code: 'METHOD_LIMIT_UNKNOWN',
      field: 'nominalDiameter_mm',
    });
  });

  test('re-test with double the number; a failure there is final; mass has none', () => {
    const four = (values: readonly string[]) => [...values, ...values];
    const retest = {
      round: 'retest',
      initialRecordNo: 'YS-1',
      ...Object.fromEntries(
        (['FeL_kN', 'Fm_kN', 'Lu_mm', 'fractureDistance_mm', 'agtFinal_mm', 'bendFindings'] as const).map((name) => [
          name,
          four(plainBase[name]),
        ]),
      ),
      lengths_mm: undefined,
      totalMass_g: undefined,
    };
    expect(plainJudged(retest).verdict).toBe('qualified');
    const failing = plainJudged({ ...retest, FeL_kN: ['18.5', '18.8', '18.5', '14.9'] });
    expect(failing.verdict).toBe('unqualified');
    expect(plainJudged({ FeL_kN: ['18.5', '14.9'] }).verdict).toBe('retest');
    expect(plainJudged({ totalMass_g: '900' }).verdict).toBe('unqualified');
    expect(refusalOf(() => plainJudged({ ...retest, totalMass_g: '980' })).code).toBe('METHOD_NO_RETEST');
  });

  test.each([
    [{ grade: 'HRB400' }, 'METHOD_GRADE_UNKNOWN'],
    [{ grade: 'HPB235' }, 'METHOD_GRADE_UNKNOWN'],
    [{ nominalDiameter_mm: '28' }, 'METHOD_DIAMETER_UNKNOWN'],
    [{ reverseBendFindings: ['no-crack'] }, 'METHOD_UNKNOWN_FIELD'],
    [{ seismicByDesign: 'yes' }, 'METHOD_UNKNOWN_FIELD'],
  ])('%o is refused: %s', (change, code) => {
    expect(refusalOf(() => plainJudged(change)).code).toBe(code);
  });

  test('agrees with an independent implementation', () => {
    const tenths = (from: number, to: number) =>
      fc.integer({ min: from, max: to }).map((value) => new Exact(value).div(10).toFixed());
    fc.assert(
      fc.property(
        fc.record({
          yields: fc.tuple(tenths(145, 200), tenths(145, 200)),
          peaks: fc.tuple(tenths(205, 290), tenths(205, 290)),
          finals: fc.tuple(tenths(490, 530), tenths(490, 530)),
          total: tenths(9200, 10_500),
        }),
        ({ yields, peaks, finals, total }) => {
          const change = { FeL_kN: yields, Fm_kN: peaks, Lu_mm: finals, lengths_mm: lengths, totalMass_g: total };
          const answer = plainJudged(change);
          const strengths = yields.map((force) => refStrength(force, '8'));
          const elongations = finals.map((final) => refElongation(final, '8'));
          const [now, then] = ['0.1', '1'].map((step) => refMass(lengths, total, '8', step));
          expect(answer.outputs).toMatchObject({
            ReL_MPa: strengths,
            Rm_MPa: peaks.map((force) => refStrength(force, '8')),
            A_percent: elongations,
            massDeviation_percent: now,
          });
          expect(plainJudged(change, { edition: OLD }).outputs.massDeviation_percent).toBe(then);
          const passes = (ok: boolean) => (ok ? 'qualified' : 'retest');
          expect(verdicts(answer)).toMatchObject({
            QF: passes(strengths.every((value) => Number(value) >= 300)),
            SC: passes(elongations.every((value) => Number(value) >= 25)),
            ZLPC: Math.abs(Number(now)) <= 5.5 ? 'qualified' : 'unqualified',
          });
        },
      ),
      { numRuns: 600 },
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Exact } from '../foundation/decimal.ts';
import { item, straightenedBase, straightenedDraft, straightenedJudged, verdicts } from '../testing/rebar.ts';
import { refusalOf } from '../testing/refusals.ts';
import { MASSES, refElongation, refMass, refStrength } from '../testing/steel-rebar.ts';
import straightened from './rebar-straightened.method.ts';

const OLD = 'GB 50204-2015（GB/T 1499.1-2017、GB/T 1499.2-2018）';
const lengths_mm = ['500', '500', '500'];
const confirmed = { 'limits GB 50204-2015': 'confirmed' };

/** Mass item at a deviation in %, of three pieces of 0.5 m. */
function mass(grade: string, size: string, percent: string, massComparison = 'full-value') {
  const due = new Exact(MASSES[size] ?? '0').times(1500);
  const totalMass_g = due.times(new Exact(percent).plus(100)).div(100).toFixed();
  const inputs = { grade, nominalDiameter_mm: size, lengths_mm, totalMass_g };
  return item(straightened.compute(inputs, { policies: { ...confirmed, massComparison } }), 'ZLPC');
}

describe('straightened bars', () => {
  test('strengths by the product standard, A and mass by GB 50204', () => {
    const answer = straightenedJudged();
    expect(answer.verdict).toBe('qualified');
    expect(answer.result.text).toBe('所检项目符合 GB 1499.2-2024、GB 50204-2015 中 HRB400 的要求。');
    expect(item(answer, 'SC').requirement).toBe('≥15 %');
    expect(item(answer, 'ZLPC')).toMatchObject({ value: '-3.80', requirement: '≥-8 %' });
    expect(straightenedDraft().verdict).toBe('not-judged');
  });

  test('each standard is confirmed by itself', () => {
    const answer = straightenedDraft({}, { policies: confirmed });
    expect(verdicts(answer)).toEqual({ QF: 'not-judged', KL: 'not-judged', SC: 'qualified', ZLPC: 'qualified' });
    expect(answer.result.text).toContain('断后伸长率、重量偏差符合 GB 50204-2015 中 HRB400 的要求。');
    expect(answer.result.text).toContain('需人工判定');
  });

  test('under the former edition the strengths are those of the former standards', () => {
    const answer = straightenedJudged({}, { edition: OLD });
    expect(answer.result.text).toBe('所检项目符合 GB/T 1499.2-2018、GB 50204-2015 中 HRB400 的要求。');
    const plain = { grade: 'HPB300', FeL_kN: ['18.5', '18.6'], Fm_kN: ['28.3', '28.6'], Lu_mm: ['52', '52'] };
    expect(straightenedJudged(plain, { edition: OLD }).result.text).toContain('GB/T 1499.1-2017');
    expect(straightenedJudged(plain).result.text).toContain('GB 1499.1-2024');
  });

  test.each([
    ['HPB300', '21'],
    ['HRB400', '15'],
    ['HRB400E', '15'],
    ['HRBF400', '15'],
    ['HRBF400E', '15'],
    ['HRB500', '14'],
    ['HRB500E', '14'],
  ])('A of %s is at least %s %%', (grade, limit) => {
    const at = (percent: string) => {
      const final = new Exact('0.4').times(new Exact(percent).plus(100)).toFixed();
      const inputs = { grade, nominalDiameter_mm: '8', Lu_mm: [final, '50'], fractureDistance_mm: ['20', '20'] };
      return item(straightened.compute(inputs, { policies: confirmed }), 'SC');
    };
    expect(at(limit)).toMatchObject({ requirement: `≥${limit} %`, verdict: 'qualified' });
    const tie = new Exact(limit).minus('0.25');
    expect(at(tie.plus('0.001').toFixed()).verdict).toBe('qualified');
    expect(at(tie.minus('0.001').toFixed())).toMatchObject({ verdict: 'unqualified' });
  });

  test.each([
    ['HPB300', '6', '-10'],
    ['HPB300', '12', '-10'],
    ['HRB400', '6', '-8'],
    ['HRB400E', '12', '-8'],
    ['HRB500', '14', '-6'],
    ['HRBF400', '16', '-6'],
  ])('mass of %s φ%s is at least %s %%, as calculated or to whole percent (massComparison)', (grade, size, limit) => {
    expect(mass(grade, size, limit)).toMatchObject({ requirement: `≥${limit} %`, verdict: 'qualified' });
    expect(mass(grade, size, `${limit}.0001`).verdict).toBe('unqualified');
    // A tie goes to the even percent: all three limits are even.
    expect(mass(grade, size, `${limit}.5`, 'rounded-value')).toMatchObject({ value: limit, verdict: 'qualified' });
    expect(mass(grade, size, `${limit}.5001`, 'rounded-value').verdict).toBe('unqualified');
    expect(mass(grade, size, '9').verdict).toBe('qualified');
  });

  test('a deviation compared as calculated is printed with as many digits as its verdict needs', () => {
    const shown = (percent: string) => {
      const { value, verdict } = mass('HRB400', '6', percent);
      return [value, verdict];
    };
    expect(shown('-8')).toEqual(['-8.00', 'qualified']);
    expect(shown('-7.996')).toEqual(['-8.00', 'qualified']);
    expect(shown('-8.0040')).toEqual(['-8.004', 'unqualified']);
    expect(shown('-8.00004')).toEqual(['-8.00004', 'unqualified']);
    expect(shown('-8.006')).toEqual(['-8.01', 'unqualified']);
  });

  test('HPB300 above 12 mm has no limit and is refused', () => {
    expect(refusalOf(() => mass('HPB300', '14', '-1'))).toMatchObject({
      code: 'METHOD_LIMIT_UNKNOWN',
      field: 'nominalDiameter_mm',
    });
  });

  test('there is no re-test: a failing bar fails', () => {
    const answer = straightenedJudged({ FeL_kN: ['22.5', '19.9'] });
    expect(answer.verdict).toBe('unqualified');
    expect(answer.result.text).toContain('所检项目不符合 GB 1499.2-2024 中 HRB400 的要求（不符合项：下屈服强度）。');
    expect(answer.result.text).not.toContain('复验');
    expect(JSON.stringify(answer.report)).not.toContain('初验');
    expect(refusalOf(() => straightenedJudged({ round: 'initial' })).code).toBe('METHOD_UNKNOWN_FIELD');
  });

  test('two of the three pieces are pulled, or all three (tensionPieces)', () => {
    const three = {
      FeL_kN: ['22.5', '22.8', '22.6'],
      Fm_kN: ['30.1', '30.5', '30.2'],
      Lu_mm: ['47.00', '47.50', '46.75'],
      fractureDistance_mm: ['18', '20', '15'],
    };
    const policies = { tensionPieces: '3' };
    expect(straightenedJudged(three, { policies }).verdict).toBe('qualified');
    for (const run of [() => straightenedJudged(three), () => straightenedJudged({}, { policies })])
      expect(refusalOf(run)).toMatchObject({ code: 'METHOD_WRONG_COUNT', field: 'FeL_kN' });
  });

  test('A: 0.5 % by GB/T 228.1, or 1 % by YB/T 081 (elongationStep)', () => {
    const change = { Lu_mm: ['45.80', '47.50'] };
    expect(item(straightenedJudged(change), 'SC')).toMatchObject({ value: '14.5/19.0', verdict: 'unqualified' });
    const one = straightenedJudged({ Lu_mm: ['45.81', '47.50'] }, { policies: { elongationStep: 'YB/T 081-2013' } });
    expect(item(one, 'SC')).toMatchObject({ value: '15/19', verdict: 'qualified' });
  });

  test.each([
    [{ lengths_mm: ['500', '500'] }, 'METHOD_WRONG_COUNT'],
    [{ lengths_mm: ['500', '500', '500', '500'] }, 'METHOD_WRONG_COUNT'],
    [{ lengths_mm: ['500', '499', '500'] }, 'METHOD_OUT_OF_RANGE'],
    [{ grade: 'HRB600' }, 'METHOD_GRADE_UNKNOWN'],
    [{ nominalDiameter_mm: '18' }, 'METHOD_DIAMETER_UNKNOWN'],
    [{ bendFindings: ['no-crack', 'no-crack'] }, 'METHOD_UNKNOWN_FIELD'],
  ])('%o is refused: %s', (change, code) => {
    expect(refusalOf(() => straightenedJudged(change)).code).toBe(code);
  });

  test('agrees with an independent implementation, whatever the order of the pieces', () => {
    const tenths = (from: number, to: number) =>
      fc.integer({ min: from, max: to }).map((value) => new Exact(value).div(10).toFixed());
    const length = tenths(5000, 5200);
    fc.assert(
      fc.property(
        fc.tuple(tenths(195, 240), tenths(195, 240)),
        fc.tuple(tenths(455, 480), tenths(455, 480)),
        fc.tuple(length, length, length),
        tenths(5200, 6200),
        (yields, finals, lengths, total) => {
          const change = { FeL_kN: yields, Lu_mm: finals, lengths_mm: lengths, totalMass_g: total };
          const answer = straightenedJudged(change);
          const exact = refMass(lengths, total, '8', '0.0000000000000001');
          const elongations = finals.map((final) => refElongation(final, '8', true));
          const reaches = (value: string) => new Exact(value).greaterThanOrEqualTo(-8);
          const shown = ['0.01', '0.001', '0.0001', '0.00001', '0.000001', '0.0000001']
            .map((step) => refMass(lengths, total, '8', step))
            .find((value) => reaches(value) === reaches(exact));
          expect(answer.outputs.massDeviation_percent).toBe(shown);
          expect(answer.outputs.A_percent).toEqual(elongations);
          const strengths = yields.map((force) => refStrength(force, '8'));
          expect(answer.outputs.ReL_MPa).toEqual(strengths);
          const passes = (ok: boolean) => (ok ? 'qualified' : 'unqualified');
          expect(verdicts(answer)).toMatchObject({
            QF: passes(strengths.every((value) => Number(value) >= 400)),
            SC: passes(elongations.every((value) => Number(value) >= 15)),
            ZLPC: passes(new Exact(exact).greaterThanOrEqualTo(-8)),
          });
          const turned = straightenedJudged({
            ...change,
            FeL_kN: yields.toReversed(),
            Fm_kN: straightenedBase.Fm_kN.toReversed(),
            Lu_mm: finals.toReversed(),
            lengths_mm: lengths.toReversed(),
          });
          expect(verdicts(turned)).toEqual(verdicts(answer));
        },
      ),
      { numRuns: 600 },
    );
  });
});

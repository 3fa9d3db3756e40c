import { describe, expect, test } from 'vitest';
import { Exact } from '../foundation/decimal.ts';
import { item, ribbedBase, ribbedJudged, ribbedOnly, verdicts, warningCodes } from '../testing/rebar.ts';
import { refusalOf } from '../testing/refusals.ts';
import { DIAMETERS, nominalMass } from './nominal.ts';
import ribbed from './rebar-ribbed.method.ts';

const seismic = { grade: 'HRB400E', Lu_mm: undefined, fractureDistance_mm: undefined };
/** Force of an exact stress on φ20, kN. */
const force = (stress: string): string => new Exact(stress).times('314.2').div(1000).toFixed();

describe('grades with E', () => {
  test('need Agt 9.0 and both ratios, and no A', () => {
    const answer = ribbedJudged(seismic);
    expect(verdicts(answer)).toMatchObject({ ZL: 'qualified', QQB: 'qualified', QBB: 'qualified' });
    expect(item(answer, 'ZL').requirement).toBe('≥9.0 %');
    expect(item(answer, 'QQB')).toMatchObject({ value: '1.34/1.34', requirement: '≥1.25' });
    expect(item(answer, 'QBB')).toMatchObject({ value: '1.10/1.11', requirement: '≤1.30' });
    expect(answer.verdict).toBe('qualified');
  });

  test('A of an E grade is printed and not judged', () => {
    const answer = ribbedJudged({ grade: 'HRB400E' });
    expect(item(answer, 'SC')).toMatchObject({ value: '25/26', requirement: null, verdict: 'not-judged' });
    expect(warningCodes(answer)).toContain('STEEL_NO_REQUIREMENT');
    expect(answer.verdict).toBe('qualified');
    expect(answer.result.text).toBe(
      '所检项目符合 GB 1499.2-2024 中 HRB400E 的要求。断后伸长率标准对该牌号无规定要求，只报实测值。',
    );
  });

  test('but a test that is invalid leaves the record open', () => {
    const answer = ribbedJudged({ grade: 'HRB400E', fractureDistance_mm: ['10', '50'] });
    expect(item(answer, 'SC')).toMatchObject({ value: '无效/26', verdict: 'not-judged' });
    expect(answer.verdict).toBe('not-judged');
    expect(answer.result.text).toContain('断后伸长率试验结果无效，应另取试件重做。');
    expect(answer.result.text).not.toContain('所检项目');
  });

  test('other grades are not judged by the ratios unless the design asks', () => {
    const change = { FeL_kN: ['145.0', '146.0'], Fm_kN: ['178.0', '179.0'] };
    expect(Object.keys(verdicts(ribbedJudged(change)))).not.toContain('QQB');
    expect(ribbedJudged(change).verdict).toBe('qualified');
    const asked = ribbedJudged(change, { parameters: ['QQB', 'QBB'] });
    expect(item(asked, 'QQB')).toMatchObject({ value: '1.23/1.23', requirement: null, verdict: 'not-judged' });
    const designed = ribbedJudged({ ...change, seismicByDesign: 'yes' });
    expect(item(designed, 'QQB').verdict).toBe('retest');
    expect(item(designed, 'ZL').requirement).toBe('≥9.0 %');
    expect(refusalOf(() => ribbedJudged({ grade: 'HRB600', seismicByDesign: 'yes' })).code).toBe(
      'METHOD_LIMIT_UNKNOWN',
    );
  });

  test('exactly 1.25 and exactly 1.30 pass; 1.245 is 1.24, 1.305 is 1.30', () => {
    const ratio = (yielding: string, tensile: string) => {
      const both = [force(yielding), force(yielding)];
      return verdicts(ribbedJudged({ ...seismic, FeL_kN: both, Fm_kN: [force(tensile), force(tensile)] }));
    };
    expect(ratio('520', '650')).toMatchObject({ QQB: 'qualified', QBB: 'qualified' });
    expect(ratio('440', '547.8')).toMatchObject({ QQB: 'retest' });
    expect(ratio('440', '547.801')).toMatchObject({ QQB: 'qualified' });
    expect(ratio('522', '660')).toMatchObject({ QBB: 'qualified' });
    expect(ratio('522.001', '660')).toMatchObject({ QBB: 'retest' });
  });
});

describe('readings that standards leave open', () => {
  test('A: 15.5 % is 16 and passes, or 15.5 and fails (elongationStep)', () => {
    const change = { Lu_mm: ['115.5', '126.00'] };
    expect(item(ribbedJudged(change), 'SC')).toMatchObject({ value: '16/26', verdict: 'qualified' });
    const half = ribbedJudged(change, { policies: { elongationStep: 'GB/T 228.1-2021' } });
    expect(item(half, 'SC')).toMatchObject({ value: '15.5/26.0', verdict: 'retest' });
  });

  test('the case of 152.14 on 125 mm is 22 or 21.5 (elongationStep)', () => {
    const change = {
      nominalDiameter_mm: '25',
      FeL_kN: ['279.7', '282.4'],
      Fm_kN: ['342.6', '342.8'],
      Lu_mm: ['152.14', '152.96'],
      totalMass_g: '9700',
    };
    expect(ribbedJudged(change).outputs).toMatchObject({
      ReL_MPa: ['570', '575'],
      Rm_MPa: ['700', '700'],
      A_percent: ['22', '22'],
    });
    const half = ribbedJudged(change, {
      policies: { elongationStep: 'GB/T 228.1-2021', strengthRounding: 'GB/T 228.1-2021' },
    });
    expect(half.outputs).toMatchObject({
      ReL_MPa: ['570', '575'],
      Rm_MPa: ['698', '698'],
      A_percent: ['21.5', '22.5'],
    });
  });

  test('125.7 / 156.4 kN on φ20: 1.24 fails, from reported strengths 1.25 passes (ratioBasis)', () => {
    const change = { ...seismic, FeL_kN: ['125.7', '139.0'], Fm_kN: ['156.4', '186.1'] };
    expect(item(ribbedJudged(change), 'QQB')).toMatchObject({ value: '1.24/1.34', verdict: 'retest' });
    const rounded = ribbedJudged(change, { policies: { ratioBasis: 'rounded' } });
    expect(item(rounded, 'QQB')).toMatchObject({ value: '1.25/1.34', verdict: 'qualified' });
    expect(rounded.policies['ratioBasis']).toBe('rounded');
  });

  test('80.0 kN on φ16: 400 passes, 398 fails (strengthRounding)', () => {
    const change = {
      nominalDiameter_mm: '16',
      FeL_kN: ['80.0', '82.0'],
      Fm_kN: ['115.0', '116.0'],
      Lu_mm: ['100.0', '101.0'],
      fractureDistance_mm: ['40', '40'],
      totalMass_g: '3970',
    };
    expect(item(ribbedJudged(change), 'QF')).toMatchObject({ value: '400/410', verdict: 'qualified' });
    const single = ribbedJudged(change, { policies: { strengthRounding: 'GB/T 228.1-2021' } });
    expect(item(single, 'QF')).toMatchObject({ value: '398/408', verdict: 'retest' });
  });

  test('Agt: to 0.1 or 0.5 % (agtStep), with the unrounded or the reported strength (agtStrengthBasis)', () => {
    const change = {
      ...seismic,
      FeL_kN: ['138.2', '139.0'],
      Fm_kN: [force('602'), force('602')],
      agtFinal_mm: ['108.649', '111.3'],
    };
    // 8.649 + 0.301 = 8.950 → 9.0; with 600 MPa 8.949 → 8.9.
    expect(item(ribbedJudged(change), 'ZL')).toMatchObject({ value: '9.0/11.6', verdict: 'qualified' });
    const rounded = ribbedJudged(change, { policies: { agtStrengthBasis: 'rounded' } });
    expect(item(rounded, 'ZL')).toMatchObject({ value: '8.9/11.6', verdict: 'retest' });
    const coarse = ribbedJudged({ ...change, agtFinal_mm: ['108.5', '111.3'] }, { policies: { agtStep: '0.5' } });
    expect(item(coarse, 'ZL')).toMatchObject({ value: '9.0/11.5', verdict: 'qualified' });
    expect(item(ribbedJudged({ ...change, agtFinal_mm: ['108.5', '111.3'] }), 'ZL').verdict).toBe('retest');
  });
});

describe('editions', () => {
  const light = {
    nominalDiameter_mm: '12',
    FeL_kN: ['50.0', '50.5'],
    Fm_kN: ['68.0', '68.5'],
    Lu_mm: ['75.0', '75.5'],
    fractureDistance_mm: ['30', '30'],
    totalMass_g: '2135',
  };

  test('−5.7 % fails today and passes under the standard of 2018', () => {
    const now = ribbedJudged(light);
    expect(item(now, 'ZLPC')).toMatchObject({ value: '-5.7', requirement: '±5.5 %', verdict: 'unqualified' });
    const then = ribbedJudged(light, { edition: 'GB/T 1499.2-2018' });
    expect(item(then, 'ZLPC')).toMatchObject({ value: '-5.7', requirement: '±6.0 %', verdict: 'qualified' });
    expect(then.result.text).toContain('GB/T 1499.2-2018');
    expect(then.edition.inForceUntil).toBe('2024-09-24');
    expect(now.edition).toMatchObject({
      test: 'GB/T 28900-2022',
      rounding: 'YB/T 081-2013',
      inForceFrom: '2024-09-25',
    });
  });

  test('the bands of diameters in both editions', () => {
    const limits = (edition: string) =>
      DIAMETERS.map((size) => {
        const lengths_mm = ['500', '500', '500', '500', '500'];
        const totalMass_g = new Exact(nominalMass(size)).times(2500).toFixed();
        const answer = ribbedOnly({ nominalDiameter_mm: size, lengths_mm, totalMass_g }, { edition });
        return item(answer, 'ZLPC').requirement;
      });
    const bands = (values: readonly string[]) =>
      DIAMETERS.map((size) => `±${values[Number(size) <= 12 ? 0 : Number(size) <= 20 ? 1 : 2]} %`);
    expect(limits('GB 1499.2-2024')).toEqual(bands(['5.5', '4.5', '3.5']));
    expect(limits('GB/T 1499.2-2018')).toEqual(bands(['6.0', '5.0', '4.0']));
  });

  test('confirming one standard does not confirm the other', () => {
    const policies = { 'limits GB 1499.2-2024': 'confirmed' };
    const run = (edition: string) => ribbed.compute({ ...ribbedBase }, { policies, edition }).verdict;
    expect(run('GB 1499.2-2024')).toBe('qualified');
    expect(run('GB/T 1499.2-2018')).toBe('not-judged');
    expect(refusalOf(() => run('GB 1499.2-2007')).code).toBe('METHOD_EDITION_UNKNOWN');
  });
});

import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../testing/refusals.ts';
import { testVectors } from '../../testing/vectors.ts';
import { rebarVectors } from './vectors.ts';

testVectors(rebarVectors);

const answer = (method: string, inputs: Record<string, unknown>) => {
  const run = rebarVectors[method];
  if (run === undefined) throw new Error(`no vector ${method}`);
  return run(inputs);
};
const change = (base: Record<string, unknown>, by: Record<string, unknown>) =>
  Object.fromEntries(Object.entries({ ...base, ...by }).filter(([, value]) => value !== undefined));

const tensile = { nominalDiameter_mm: '16', FeL_kN: '80.0', Fm_kN: '110.0' };
const elongation = { L0_mm: '100', Lu_mm: '115.5' };
const agt = { L0_mm: '100', L_after_mm: '108.65', Rm_MPa: '600', E_MPa: '200000' };
const ratios = { ReL_measured: '430', Rm_measured: '540', ReL_characteristic: '400' };
const forces = { nominalDiameter_mm: '20', FeL_kN: '125.7', Fm_kN: '156.4' };
const mass = {
  nominalDiameter_mm: '12',
  theoreticalMass_kg_m: '0.888',
  lengths_mm: ['510', '512', '508', '511', '509'],
  totalMass_g: '2135',
};

describe('figures of the source', () => {
  test('φ16 at 80.0 kN: 400 by YB/T 081, 398 to 1 MPa', () => {
    expect(answer('rebar-tensile', tensile)).toMatchObject({ ReL_YBT081: '400', ReL_1MPa: '398' });
  });

  test.each([
    ['402.5', '400'],
    ['407.5', '410'],
  ])('a tie at %s MPa is %s', (stress, rounded) => {
    const force = stress === '402.5' ? '20.233675' : '20.485025';
    const line = { nominalDiameter_mm: '8', FeL_kN: force, Fm_kN: '28.0' };
    expect(answer('rebar-tensile', line)).toMatchObject({ ReL_YBT081: rounded });
  });

  test('15.5 % is 16 by 1 % and 15.5 by 0.5 %; at most 10 % the step is 0.5 % either way', () => {
    expect(answer('rebar-elongation-A', elongation)).toEqual({ 'A_step0.5': '15.5', A_step1: '16' });
    expect(answer('rebar-elongation-A', { L0_mm: '100', Lu_mm: '109.8' })).toEqual({
      'A_step0.5': '10.0',
      A_step1: '10.0',
    });
  });

  test('ratios exactly at 1.25 and 1.30 pass', () => {
    const line = { ReL_measured: '520', Rm_measured: '650', ReL_characteristic: '400' };
    expect(answer('rebar-E-ratios', line)).toEqual({ Rm0_ReL0: '1.25', ReL0_ReL: '1.30', bothOk: true });
    expect(answer('rebar-E-ratios', { ...line, ReL_measured: '523' })).toMatchObject({
      ReL0_ReL: '1.31',
      bothOk: false,
    });
  });
});

describe('policies', () => {
  test('Agt to 0.1 or 0.5 %', () => {
    expect(answer('rebar-Agt-manual', agt)).toEqual({ Agt_percent: '9.0' });
    const coarse = { ...agt, L_after_mm: '108.40', agtStep: '0.5' };
    expect(answer('rebar-Agt-manual', coarse)).toEqual({ Agt_percent: '8.5' });
    expect(answer('rebar-Agt-manual', { ...coarse, agtStep: '0.1' })).toEqual({ Agt_percent: '8.7' });
  });

  test.each([
    ['rebar-tensile', tensile, 'strengthRounding', 'GB/T 228.1-2021'],
    ['rebar-elongation-A', elongation, 'elongationStep', 'GB/T 228.1-2021'],
    ['rebar-E-ratios', forces, 'ratioBasis', 'rounded'],
  ])('%s shows both readings whatever the policy, and refuses an unknown one', (method, base, name, option) => {
    expect(answer(method, { ...base, policies: { [name]: option } })).toEqual(answer(method, base));
    expect(refusalOf(() => answer(method, { ...base, [name]: 'other' })).code).toBe('METHOD_POLICY_UNKNOWN');
    expect(refusalOf(() => answer(method, { ...base, policies: { other: 'x' } })).code).toBe('METHOD_POLICY_UNKNOWN');
  });
});

describe('what is refused', () => {
  test.each([
    ['rebar-tensile', tensile, { nominalDiameter_mm: '17' }, 'METHOD_DIAMETER_UNKNOWN', 'nominalDiameter_mm'],
    ['rebar-tensile', tensile, { nominalDiameter_mm: '16.0' }, 'METHOD_DIAMETER_UNKNOWN', 'nominalDiameter_mm'],
    ['rebar-tensile', tensile, { FeL_kN: '-1' }, 'METHOD_NEGATIVE', 'FeL_kN'],
    ['rebar-tensile', tensile, { FeL_kN: '0' }, 'METHOD_ZERO', 'FeL_kN'],
    ['rebar-tensile', tensile, { FeL_kN: undefined }, 'METHOD_MISSING', 'FeL_kN'],
    ['rebar-tensile', tensile, { FeL_kN: ['80', '81'] }, 'METHOD_WRONG_COUNT', 'Fm_kN'],
    ['rebar-tensile', tensile, { FeL_kN: ['80'] }, 'METHOD_WRONG_COUNT', 'Fm_kN'],
    ['rebar-tensile', tensile, { FeL_kN: [], Fm_kN: [] }, 'METHOD_WRONG_COUNT', 'FeL_kN'],
    ['rebar-tensile', tensile, { Fm_kN: '3000.1' }, 'METHOD_OUT_OF_RANGE', 'Fm_kN'],
    ['rebar-tensile', tensile, { Fm_kN: 110 }, 'METHOD_NOT_A_NUMBER', 'Fm_kN'],
    ['rebar-tensile', tensile, { Fm_kN: '1e2' }, 'METHOD_NOT_A_NUMBER', 'Fm_kN'],
    ['rebar-tensile', tensile, { force: '1' }, 'METHOD_UNKNOWN_FIELD', 'force'],
    ['rebar-elongation-A', elongation, { Lu_mm: '99.9' }, 'METHOD_OUT_OF_RANGE', 'Lu_mm'],
    ['rebar-elongation-A', elongation, { Lu_mm: '200.1' }, 'METHOD_OUT_OF_RANGE', 'Lu_mm'],
    ['rebar-elongation-A', elongation, { L0_mm: '0' }, 'METHOD_ZERO', 'L0_mm'],
    ['rebar-elongation-A', elongation, { gauge: '5' }, 'METHOD_UNKNOWN_FIELD', 'gauge'],
    ['rebar-Agt-manual', agt, { E_MPa: '200' }, 'METHOD_OUT_OF_RANGE', 'E_MPa'],
    ['rebar-Agt-manual', agt, { L_after_mm: '98' }, 'METHOD_OUT_OF_RANGE', 'L_after_mm'],
    ['rebar-Agt-manual', agt, { Rm_MPa: undefined }, 'METHOD_MISSING', 'Rm_MPa'],
    ['rebar-E-ratios', ratios, { ReL_measured: '0' }, 'METHOD_ZERO', 'ReL_measured'],
    ['rebar-E-ratios', ratios, { grade: 'HRB400E' }, 'METHOD_UNKNOWN_FIELD', 'grade'],
    ['rebar-E-ratios', forces, { FeL_kN: '0.01' }, 'METHOD_OUT_OF_RANGE', 'FeL_kN'],
    ['rebar-E-ratios', forces, { ReL_measured: '400' }, 'METHOD_UNKNOWN_FIELD', 'ReL_measured'],
    ['rebar-mass-deviation', mass, { theoreticalMass_kg_m: '0.89' }, 'METHOD_CONFLICT', 'theoreticalMass_kg_m'],
    ['rebar-mass-deviation', mass, { lengths_mm: ['500', '500', '500', '500'] }, 'METHOD_WRONG_COUNT', 'lengths_mm'],
    ['rebar-mass-deviation', mass, { lengths_mm: undefined }, 'METHOD_MISSING', 'lengths_mm'],
    ['rebar-mass-deviation', mass, { totalMass_g: undefined }, 'METHOD_MISSING', 'totalMass_g'],
    [
      'rebar-mass-deviation',
      mass,
      { lengths_mm: ['499.9', '500', '500', '500', '500'] },
      'METHOD_OUT_OF_RANGE',
      'lengths_mm.0',
    ],
    ['rebar-mass-deviation', mass, { totalMass_g: '2,135' }, 'METHOD_NOT_A_NUMBER', 'totalMass_g'],
  ])('%s %o with %o', (method, base, by, code, field) => {
    expect(refusalOf(() => answer(method, change(base, by)))).toMatchObject({ code, field });
  });
});

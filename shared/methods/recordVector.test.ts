// Vector lines that are whole forms: the answer is that of `compute` under the edition, settings and parameters of the line,
// and nothing in a line is passed over.
import { describe, expect, test } from 'vitest';
import { computeVector } from './compute.ts';
import { methodById } from './index.ts';

const BARS = {
  edition: 'GB/T 1499.1-2017',
  grade: 'HPB300',
  nominalDiameter_mm: '8',
  round: 'initial',
  lengths_mm: ['500', '500', '500', '500', '500'],
  // −5.9 %: −6 % in whole per cent.
  totalMass_g: '929.2375',
  FeL_kN: ['16', '16'],
  Fm_kN: ['23', '23'],
  policies: { 'limits GB/T 1499.1-2017': 'confirmed', 'limits GB 1499.1-2024': 'confirmed' },
};
const answer = (changes: Record<string, unknown>) =>
  computeVector({ id: 'x', method: 'rebar-plain-record', inputs: { ...BARS, ...changes } });

describe('a whole form', () => {
  test('is answered under the edition, the settings and the parameters that the line names', () => {
    expect(answer({}).outputs).toMatchObject({
      massDeviation_percent: '-6',
      valid: true,
      overallVerdict: 'qualified',
      verdicts: { QF: 'qualified', KL: 'qualified', ZLPC: 'qualified' },
    });
    expect(answer({ edition: 'GB 1499.1-2024' }).outputs).toMatchObject({
      massDeviation_percent: '-5.9',
      overallVerdict: 'unqualified',
      verdicts: { ZLPC: 'unqualified' },
    });
    expect(answer({ policies: undefined }).outputs).toMatchObject({ overallVerdict: 'not-judged' });
    expect(answer({ parameters: ['KL'] }).outputs).toMatchObject({
      ReL_MPa: null,
      massDeviation_percent: null,
      verdicts: { KL: 'qualified' },
    });
  });

  test('without an edition is one of the newest', () => {
    const { outputs } = answer({ edition: undefined });
    expect(outputs).toEqual(answer({ edition: methodById('rebar-plain').editions[0]?.id }).outputs);
  });

  test('whose edition is no name is told what was received', () => {
    expect(answer({ edition: 2024 }).error?.message).toBe('“edition”应是版本的名称，收到 2024。');
  });

  test.each([
    [{ edition: 'GB 1499.1-2008' }, 'METHOD_EDITION_UNKNOWN', 'edition'],
    [{ edition: 2024 }, 'METHOD_EDITION_UNKNOWN', 'edition'],
    [{ edition: null }, 'METHOD_EDITION_UNKNOWN', 'edition'],
    [{ parameters: [] }, 'METHOD_PARAMETER_UNKNOWN', 'parameters'],
    [{ parameters: 'KL' }, 'METHOD_PARAMETER_UNKNOWN', 'parameters'],
    [{ parameters: ['KL', 'QQB'] }, 'METHOD_PARAMETER_UNKNOWN', 'parameters'],
    [{ parameters: ['KL', 1] }, 'METHOD_PARAMETER_UNKNOWN', 'parameters'],
    [{ parameters: ['SC'] }, 'METHOD_MISSING', 'Lu_mm'],
    [{ policies: { strengthRounding: '1' } }, 'METHOD_POLICY_UNKNOWN', 'policies.strengthRounding'],
    [{ policies: { ratioBasis: 'rounded' } }, 'METHOD_POLICY_UNKNOWN', 'policies.ratioBasis'],
    [{ policies: 5 }, 'METHOD_POLICY_UNKNOWN', 'policies'],
    [{ FeL_KN: ['16', '16'] }, 'METHOD_UNKNOWN_FIELD', 'FeL_KN'],
    [{ nominalDiameter_mm: '9' }, 'METHOD_DIAMETER_UNKNOWN', 'nominalDiameter_mm'],
    [{ FeL_kN: ['16', 16] }, 'METHOD_NOT_A_NUMBER', 'FeL_kN.1'],
  ])('%j is %s at %s', (changes, code, field) => {
    expect(answer(changes).error).toMatchObject({ code, details: [{ field }] });
  });
});

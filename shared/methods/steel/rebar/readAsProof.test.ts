// Faults that stood here: a bar without a yield was spoken of as if it had one, its steps did not name the setting that rounded
// them, and an A without a value in one bar of an E grade had a dash for its verdict.
import { describe, expect, test } from 'vitest';
import { methodById } from '../../index.ts';
import { ribbedJudged } from '../../testing/rebar.ts';
import { AppError } from '../../../errors/appError.ts';

const method = methodById('rebar-ribbed');
const CONFIRMED = { 'limits GB 1499.2-2024': 'confirmed', 'tables GB/T 28900-2022': 'confirmed' };
const smooth = {
  grade: 'HRB400E',
  nominalDiameter_mm: '20',
  round: 'initial',
  Fp02_kN: ['140.300', '141.750'],
  Fm_kN: ['186.1', '187.2'],
  agtExtension_percent: ['9.0512', '11.2499'],
  extensometerGauge_mm: ['100', '100'],
  extensometerClass: ['1', '1'],
};
const answer = (change: Record<string, unknown> = {}, policies: Record<string, string> = {}) =>
  method.compute({ ...smooth, ...change }, { policies: { ...CONFIRMED, ...policies } });
const stop = (code: string, change: Record<string, unknown>) =>
  answer(change).stops.find((found) => found.code === code);

describe('a stop names what was read', () => {
  const spread = (change: Record<string, unknown>) => stop('STOP_PAIR_DIFFERENCE', change);

  test('Fp0.2 where no bar had a yield, both where some had, FeL where all had', () => {
    const all = spread({ Fp02_kN: ['141.750', '120.000'] });
    expect(all).toMatchObject({ field: 'Fp02_kN.1' });
    expect(all?.message).toMatch(/^同批拉伸试件的规定塑性延伸力相差过大/);
    const some = spread({ FeL_kN: ['118.0', null], Fp02_kN: [null, '141.750'] });
    expect(some).toMatchObject({ field: 'FeL_kN.0' });
    expect(some?.message).toMatch(/^同批拉伸试件的下屈服力（或规定塑性延伸力）相差过大/);
    const weakProof = spread({ FeL_kN: ['141.7', null], Fp02_kN: [null, '118.000'] });
    expect(weakProof).toMatchObject({ field: 'Fp02_kN.1' });
    const none = spread({ FeL_kN: ['118.0', '141.7'], Fp02_kN: [null, null] });
    expect(none).toMatchObject({ field: 'FeL_kN.0' });
    expect(none?.message).toMatch(/^同批拉伸试件的下屈服力相差过大/);
  });

  test('the extensometer where it gave an Agt that no bar has, the marks where they did', () => {
    const gauge = stop('STOP_ELONGATION', { agtExtension_percent: ['9.0512', '31.0000'] });
    expect(gauge).toMatchObject({ field: 'agtExtension_percent.1', clause: 'GB/T 228.1-2021 最大力总延伸率的测定' });
    expect(gauge?.meaning).toContain('引伸计');
    const hand = stop('STOP_ELONGATION', { agtGauge_mm: '100', agtFinal_mm: ['113', '131'] });
    expect(hand).toMatchObject({ field: 'agtFinal_mm.1', clause: 'GB/T 28900-2022 最大力总延伸率：手工测定' });
    expect(hand?.meaning).toContain('断后长度');
  });
});

describe('a step of a proof strength names the setting that it follows', () => {
  const rules = (name: string, policies: Record<string, string> = {}) =>
    answer({}, policies)
      .trace.filter((step) => step.name === `拉伸试件 1 ${name}`)
      .map(({ rule }) => rule);

  test('the rounding of strengths', () => {
    expect(rules('下屈服强度')[0]).toMatch(/^修约间隔 5 MPa（YB\/T 081-2013）；没有明显屈服/);
    expect(rules('下屈服强度', { strengthRounding: 'GB/T 228.1-2021' })[0]).toContain('1 MPa（GB/T 228.1-2021）；');
  });

  test('whether ratios are formed of rounded strengths', () => {
    for (const name of ['强屈比', '屈标比']) {
      expect(rules(name)[0]).toContain('（用未修约的强度）；没有明显屈服，R°eL 用 Rp0.2');
      expect(rules(name, { ratioBasis: 'rounded' })[0]).toContain('（用修约后的强度）；没有明显屈服');
    }
  });

  test('Agt of the extensometer rests on no strength', () => {
    expect(rules('最大力总延伸率')).toEqual(['修约间隔 0.1 %；由曲线和引伸计取得']);
  });
});

test('an E bar whose A is void in one specimen is left to a person, not given a dash', () => {
  const verdict = (change: Record<string, unknown>) =>
    ribbedJudged({ grade: 'HRB400E', ...change })
      .record.at(-1)
      ?.rows.find(([name]) => name === '断后伸长率')
      ?.at(-1);
  expect(verdict({})).toBe('—');
  expect(verdict({ fractureDistance_mm: ['10', '50'] })).toBe('需人工判定');
  expect(verdict({ fractureDistance_mm: ['10', '10'] })).toBe('试验结果无效');
});

test('a refusal of two forces, or of none, sets the number of the specimen apart', () => {
  const words = (change: Record<string, unknown>): string => {
    try {
      answer(change);
    } catch (error) {
      if (error instanceof AppError) return error.info.message;
      throw error;
    }
    return '';
  };
  expect(words({ FeL_kN: ['138.0', null] })).toMatch(/^拉伸试件 1 既有下屈服力/);
  expect(words({ Fp02_kN: ['140.300', null] })).toMatch(/^缺少拉伸试件 2 的下屈服力/);
});

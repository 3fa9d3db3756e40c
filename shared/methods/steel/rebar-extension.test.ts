// A bar without a yield: Rp0.2 in the place of ReL, Agt of the extensometer in the place of the marks. One of two, never
// both; what the rules rest on is a draft that does not judge; what the extensometer is too coarse for is said or refused.
import { describe, expect, test } from 'vitest';
import { methodById } from '../index.ts';
import { refusalOf } from '../testing/refusals.ts';

const method = methodById('rebar-ribbed');
const RULES = 'tables GB/T 28900-2022';
const LIMITS = { 'limits GB 1499.2-2024': 'confirmed' };
const TENSION = ['QF', 'KL', 'ZL', 'QQB', 'QBB'];
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
const judge = (change: Record<string, unknown> = {}, rules: 'draft' | 'confirmed' = 'confirmed') =>
  method.compute({ ...smooth, ...change }, { policies: { ...LIMITS, [RULES]: rules }, parameters: TENSION });
const verdicts = (answer: ReturnType<typeof judge>) =>
  Object.fromEntries(answer.result.parameters.map(({ parameterCode, verdict }) => [parameterCode, verdict]));

describe('one of two, never both', () => {
  test('a specimen with a yield force and a proof force is refused, and one with neither', () => {
    const both = refusalOf(() => judge({ FeL_kN: ['138.0', null] }));
    expect(both).toMatchObject({ code: 'METHOD_CONFLICT', field: 'FeL_kN.0' });
    const neither = refusalOf(() => judge({ Fp02_kN: ['140.300', null] }));
    expect(neither).toMatchObject({ code: 'METHOD_MISSING', field: 'FeL_kN.1' });
    expect(refusalOf(() => judge({ agtExtension_percent: ['9.1', null] }))).toMatchObject({ code: 'METHOD_MISSING', field: 'agtFinal_mm.1' }); // prettier-ignore
  });

  test('a proof force above the maximum is refused; one far below the grade stops the record', () => {
    expect(refusalOf(() => judge({ Fp02_kN: ['190', '141.75'] }))).toMatchObject({ code: 'METHOD_CONFLICT', field: 'Fp02_kN.0' }); // prettier-ignore
    const { stops } = judge({ Fp02_kN: ['60.000', '141.750'] });
    expect(stops.map(({ code, field }) => [code, field])).toEqual(
      expect.arrayContaining([['STOP_YIELD_FAR_BELOW_GRADE', 'Fp02_kN.0']]),
    );
    expect(stops[0]?.message).toContain('规定塑性延伸强度');
  });

  test('what is said of a specimen says which it was, and by which extensometer', () => {
    const answer = judge({
      FeL_kN: ['136.4', null],
      Fp02_kN: [null, '141.750'],
      extensometerGauge_mm: [null, '100'],
      extensometerClass: [null, '0.5'],
      agtGauge_mm: '100',
      agtFinal_mm: ['113.5', null],
      agtExtension_percent: [null, '11.2499'],
    });
    const printed = JSON.stringify([answer.record, answer.report]);
    expect(printed).toContain(
      '拉伸试件 2 没有明显屈服，下屈服强度采用规定塑性延伸强度 R_{p0.2}，由引伸计（标距 100 mm、0.5 级）测定',
    );
    expect(printed).toContain('拉伸试件 2 的最大力总延伸率 A_{gt} 由引伸计（标距 100 mm、0.5 级）测定');
    expect(JSON.stringify(answer.report)).toContain('下屈服强度 R_{eL}（或 R_{p0.2}）');
    const symbols = answer.trace.filter(({ name }) => /试件 \d 下屈服强度/.test(name)).map(({ symbol }) => symbol);
    expect(symbols).toEqual(['ReL', 'Rp0.2']);
    expect(JSON.stringify(judge().report)).toContain('下屈服强度（以 R_{p0.2} 计）');
  });

  test('marks by hand stand before the extensometer, which then need not be good enough', () => {
    const answer = judge({
      Fp02_kN: undefined,
      FeL_kN: ['140.3', '141.7'],
      agtGauge_mm: '100',
      agtFinal_mm: ['113.5', '113.1'],
      extensometerGauge_mm: ['50', '50'],
    });
    expect(answer.outputs).not.toHaveProperty('agtByExtensometer');
    expect(answer.warnings.map(({ code }) => code)).not.toContain('STEEL_EXTENSOMETER');
  });
});

describe('rules that nobody has compared with the print', () => {
  test('do not judge: what rests on them waits for a person, the tensile strength does not', () => {
    expect(verdicts(judge({}, 'draft'))).toEqual({ QF: 'not-judged', KL: 'qualified', ZL: 'not-judged', QQB: 'not-judged', QBB: 'not-judged' }); // prettier-ignore
    const text = judge({}, 'draft').result.text;
    expect(text).toContain('下屈服强度、强屈比、屈标比：以 Rp0.2 代替 ReL 的规定未与标准原文核对，需人工判定。');
    expect(text).toContain('最大力总延伸率：引伸计法的规定未与标准原文核对，需人工判定。');
    expect(new Set(Object.values(verdicts(judge())))).toEqual(new Set(['qualified']));
  });

  test('a bar with a yield and marks by hand is judged as before, whatever they say', () => {
    const plain = { Fp02_kN: undefined, FeL_kN: ['140.3', '141.7'], agtExtension_percent: undefined };
    const byHand = { ...plain, agtGauge_mm: '100', agtFinal_mm: ['113.5', '113.1'] };
    expect(judge(byHand, 'draft').result).toEqual(judge(byHand, 'confirmed').result);
    expect(judge(byHand, 'draft').verdict).toBe('qualified');
  });

  test.each([
    ['class 2 for Rp0.2', { extensometerClass: ['2', '1'] }, 'Fp02_kN.0', '不低于 1 级'],
    ['50 mm for Agt', { extensometerGauge_mm: ['100', '50'] }, 'agtExtension_percent.1', '标距不小于 100 mm'],
    ['99.9 mm for Agt', { extensometerGauge_mm: ['99.9', '100'] }, 'agtExtension_percent.0', '99.9 mm'],
  ])('%s: refused where confirmed, else said', (_name, change, field, words) => {
    const refused = refusalOf(() => judge(change));
    expect(refused).toMatchObject({ code: 'METHOD_EXTENSOMETER', field });
    const { warnings } = judge(change, 'draft');
    const warning = warnings.find(({ code }) => code === 'STEEL_EXTENSOMETER');
    expect(warning).toMatchObject({ field });
    expect(warning?.message).toContain(words);
  });

  test('exactly the limits are enough; without gauge length or class nothing is computed', () => {
    expect(judge({ extensometerClass: ['1', '0.5'] }).verdict).toBe('qualified');
    const missing = refusalOf(() => judge({ extensometerClass: undefined }));
    expect(missing).toMatchObject({ code: 'METHOD_MISSING', field: 'Fp02_kN.0' });
  });

  test('they stand in the library as a table, in every bar method alike', () => {
    const tables = ['rebar-ribbed', 'rebar-plain', 'rebar-straightened'].map(
      (id) => methodById(id).references?.[RULES],
    );
    expect(tables[0]?.[0]?.rows.length).toBe(4);
    expect(tables[1]).toEqual(tables[0]);
    expect(tables[2]).toEqual(tables[0]);
  });
});

test('Agt of the extensometer is rounded once, half to even', () => {
  const of = (percent: string) => (judge({ agtExtension_percent: [percent, '11.2499'] }).outputs as { Agt_percent: string[] }).Agt_percent[0]; // prettier-ignore
  expect(['9.0500', '9.0501', '9.1500', '9.1499'].map(of)).toEqual(['9.0', '9.1', '9.2', '9.1']);
});

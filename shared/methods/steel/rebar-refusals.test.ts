import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainJudged, ribbedJudged, straightenedJudged } from '../testing/rebar.ts';
import { refusalOf } from '../testing/refusals.ts';
import plain from './rebar-plain.method.ts';
import ribbed from './rebar-ribbed.method.ts';
import straightened from './rebar-straightened.method.ts';

const withPeak = (second: unknown) => () => ribbedJudged({ Fm_kN: ['185.3', second] });

describe('a bad reading is refused with code, field and clause', () => {
  test.each([
    [undefined, 'METHOD_MISSING'],
    [null, 'METHOD_MISSING'],
    ['', 'METHOD_MISSING'],
    ['0', 'METHOD_ZERO'],
    ['-0.0', 'METHOD_ZERO'],
    ['-186', 'METHOD_NEGATIVE'],
    ['1.8e2', 'METHOD_NOT_A_NUMBER'],
    ['186,1', 'METHOD_NOT_A_NUMBER'],
    [' 186', 'METHOD_NOT_A_NUMBER'],
    ['１８６', 'METHOD_NOT_A_NUMBER'],
    ['186kN', 'METHOD_NOT_A_NUMBER'],
    [186, 'METHOD_NOT_A_NUMBER'],
    ['3000.1', 'METHOD_OUT_OF_RANGE'],
    ['628.5', 'METHOD_OUT_OF_RANGE'],
    ['0.15', 'METHOD_OUT_OF_RANGE'],
    ['138.9', 'METHOD_CONFLICT'],
  ])('a maximum force of %j: %s', (reading, code) => {
    const refused = refusalOf(withPeak(reading));
    expect(refused).toMatchObject({ code, field: code === 'METHOD_CONFLICT' ? 'FeL_kN.1' : 'Fm_kN.1' });
    expect(refused.rule).toBe('GB/T 28900-2022 拉伸试验：强度');
  });

  test.each([
    [{ grade: undefined }, 'METHOD_MISSING', 'grade'],
    [{ grade: 'HRB335' }, 'METHOD_GRADE_UNKNOWN', 'grade'],
    [{ grade: 'hrb400' }, 'METHOD_GRADE_UNKNOWN', 'grade'],
    [{ grade: 'HRB600E' }, 'METHOD_GRADE_UNKNOWN', 'grade'],
    [{ nominalDiameter_mm: undefined }, 'METHOD_MISSING', 'nominalDiameter_mm'],
    [{ nominalDiameter_mm: '24' }, 'METHOD_DIAMETER_UNKNOWN', 'nominalDiameter_mm'],
    [{ nominalDiameter_mm: '6.5' }, 'METHOD_DIAMETER_UNKNOWN', 'nominalDiameter_mm'],
    [{ nominalDiameter_mm: '20.0' }, 'METHOD_DIAMETER_UNKNOWN', 'nominalDiameter_mm'],
    [{ nominalDiameter_mm: 20 }, 'METHOD_DIAMETER_UNKNOWN', 'nominalDiameter_mm'],
    [{ round: 'second' }, 'METHOD_CHOICE_UNKNOWN', 'round'],
    [{ FeL_kN: ['138.2'] }, 'METHOD_WRONG_COUNT', 'FeL_kN'],
    [{ FeL_kN: '138.2' }, 'METHOD_WRONG_COUNT', 'FeL_kN'],
    [{ FeL_kN: ['1', '1', '1', '1', '1'] }, 'METHOD_WRONG_COUNT', 'FeL_kN'],
    [{ Lu_mm: ['99.75', '126'] }, 'METHOD_OUT_OF_RANGE', 'Lu_mm.0'],
    [{ Lu_mm: ['125', '200.25'] }, 'METHOD_OUT_OF_RANGE', 'Lu_mm.1'],
    [{ Lu_mm: undefined }, 'METHOD_MISSING', 'Lu_mm'],
    [{ fractureDistance_mm: undefined }, 'METHOD_MISSING', 'fractureDistance_mm'],
    [{ fractureDistance_mm: ['-1', '50'] }, 'METHOD_NEGATIVE', 'fractureDistance_mm.0'],
    [{ fractureTypes: ['ductile', 'torn'] }, 'METHOD_CHOICE_UNKNOWN', 'fractureTypes.1'],
    [{ agtGauge_mm: undefined }, 'METHOD_MISSING', 'agtGauge_mm'],
    [{ agtGauge_mm: '49' }, 'METHOD_OUT_OF_RANGE', 'agtGauge_mm'],
    [{ agtFinal_mm: ['99.9', '111'] }, 'METHOD_OUT_OF_RANGE', 'agtFinal_mm.0'],
    [{ agtToFracture_mm: ['50', '49'] }, 'METHOD_AGT_POSITION', 'agtToFracture_mm.1'],
    [{ agtToGrip_mm: ['19', '20'] }, 'METHOD_AGT_POSITION', 'agtToGrip_mm.0'],
    [{ Fm_kN: undefined }, 'METHOD_MISSING', 'Fm_kN'],
    [{ bendFindings: ['ok', 'no-crack'] }, 'METHOD_CHOICE_UNKNOWN', 'bendFindings.0'],
    [{ bendFindings: ['no-crack', null] }, 'METHOD_MISSING', 'bendFindings.1'],
    [{ lengths_mm: ['500', '500', '500', '500'] }, 'METHOD_WRONG_COUNT', 'lengths_mm'],
    [{ lengths_mm: ['499', '500', '500', '500', '500'] }, 'METHOD_OUT_OF_RANGE', 'lengths_mm.0'],
    [{ lengths_mm: ['2001', '500', '500', '500', '500'] }, 'METHOD_OUT_OF_RANGE', 'lengths_mm.0'],
    [{ lengths_mm: undefined }, 'METHOD_MISSING', 'lengths_mm'],
    [{ totalMass_g: undefined }, 'METHOD_MISSING', 'totalMass_g'],
    [{ totalMass_g: '6.2' }, 'METHOD_OUT_OF_RANGE', 'totalMass_g'],
    [{ totalMass_g: '9600' }, 'METHOD_OUT_OF_RANGE', 'totalMass_g'],
    [{ machineRange_kN: '5001' }, 'METHOD_OUT_OF_RANGE', 'machineRange_kN'],
    [{ load: '1' }, 'METHOD_UNKNOWN_FIELD', 'load'],
  ])('%o: %s at %s', (change, code, field) => {
    const refused = refusalOf(() => ribbedJudged(change));
    expect(refused).toMatchObject({ code, field });
    if (code !== 'METHOD_UNKNOWN_FIELD') expect(refused.rule).toBeTruthy();
  });

  test('marks for Agt lie 2d from the fracture and d from the grip on thick bars', () => {
    const thick = {
      nominalDiameter_mm: '32',
      FeL_kN: ['350', '351'],
      Fm_kN: ['470', '471'],
      Lu_mm: undefined,
      fractureDistance_mm: undefined,
      lengths_mm: undefined,
      totalMass_g: undefined,
    };
    expect(ribbedJudged({ ...thick, agtToFracture_mm: ['64', '64'], agtToGrip_mm: ['32', '32'] }).stops).toEqual([]);
    for (const change of [{ agtToFracture_mm: ['63', '64'] }, { agtToGrip_mm: ['32', '31'] }])
      expect(refusalOf(() => ribbedJudged({ ...thick, ...change })).code).toBe('METHOD_AGT_POSITION');
  });

  test('every fault of a form is listed at once', () => {
    const run = () => ribbedJudged({ FeL_kN: ['x', '-1'], grade: 'HRB335' });
    expect(run).toThrow(/拉伸试件 1 下屈服力.*拉伸试件 2 下屈服力/u);
    expect(run).toThrow(/牌号/u);
  });

  test('an edition or a policy that does not exist', () => {
    expect(refusalOf(() => ribbedJudged({}, { edition: 'GB 1499.1-2024' })).code).toBe('METHOD_EDITION_UNKNOWN');
    for (const [name, option] of [
      ['elongationStep', '1'],
      ['step', '1'],
      ['limits GB 50204-2015', 'confirmed'],
    ] as const)
      expect(refusalOf(() => ribbed.compute({}, { policies: { [name]: option } })).code).toBe('METHOD_POLICY_UNKNOWN');
  });

  test('no string whatever makes it throw anything but a refusal, or print a number for nonsense', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789.-+e ,'.split('')) })),
        (text) => {
          try {
            expect(withPeak(text)().outputs.Rm_MPa?.[1]).toMatch(/^\d+$/);
            expect(text).toMatch(/^(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/);
          } catch (error) {
            expect(error).toHaveProperty('info.code');
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('declarations', () => {
  test.each([
    ['rebar-ribbed', ribbed],
    ['rebar-plain', plain],
    ['rebar-straightened', straightened],
  ])('%s: sets and parameters of fields exist, all limits are drafts, Fm comes from the machine', (id, method) => {
    const codes = method.parameters.map(({ code }) => code);
    const sets = method.sets.map((one) => one.id);
    expect(method.id).toBe(id);
    for (const field of method.fields) {
      for (const code of field.parameters ?? []) expect(codes).toContain(code);
      if (field.set !== undefined) expect(sets).toContain(field.set);
      expect(field.clause).not.toBe('');
    }
    for (const { parameters = [] } of method.sets) for (const code of parameters) expect(codes).toContain(code);
    expect(method.limits.every(({ status }) => status === 'draft')).toBe(true);
    for (const { rows } of method.limits) {
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(`${row.min ?? ''}${row.max ?? ''}`).toMatch(/^[-\d.]+$/);
      const keys = rows.map((row) => `${row.parameterCode} ${row.appliesTo}`);
      expect(new Set(keys).size).toBe(keys.length);
    }
    const peaks = method.fields.filter(({ source }) => source === 'peak').map(({ name }) => name);
    expect(method.acquisitions.map(({ field }) => field)).toEqual(peaks);
    expect(method.describe({ grade: 'HRB400', nominalDiameter_mm: '8' })).toEqual({ grade: 'HRB400', spec: 'φ8 mm' });
    expect(method.describe({})).toEqual({ grade: '', spec: '' });
  });

  test('the strength stands on the screen while the load rises', () => {
    const value = ribbed.acquisitions[0]?.preview?.value;
    expect(value?.({ nominalDiameter_mm: '16' }, '80.0')).toBe('400');
    expect(value?.({}, '80.0')).toBeNull();
  });

  test('the usual case goes through each of the three methods', () => {
    for (const run of [ribbedJudged, plainJudged, straightenedJudged]) expect(run().verdict).toBe('qualified');
  });

  test.each([
    ['热轧带肋钢筋 下屈服强度 抗拉强度', [true, false, false]],
    ['钢筋混凝土用热轧带肋钢筋（HRB400E）', [true, false, false]],
    ['热轧光圆钢筋 断后伸长率', [false, true, false]],
    ['HPB300 重量偏差', [false, true, false]],
    ['调直后钢筋 断后伸长率 重量偏差', [false, false, true]],
    ['钢筋焊接接头 抗拉强度 HRB400', [false, false, false]],
    ['钢筋机械连接 HRB400', [false, false, false]],
    ['冷轧带肋钢筋', [false, false, false]],
    ['混凝土抗压强度', [false, false, false]],
  ])('“%s” means %j', (names, expected) => {
    expect([ribbed, plain, straightened].map((method) => method.recognises(names))).toEqual(expected);
  });

  test.each([
    ['下屈服强度', 'QF'],
    ['屈服强度', 'QF'],
    ['抗拉强度', 'KL'],
    ['断后伸长率', 'SC'],
    ['最大力总延伸率', 'ZL'],
    ['最大力总伸长率', 'ZL'],
    ['最大力下总伸长率', 'ZL'],
    ['强屈比', 'QQB'],
    ['实测抗拉强度与实测下屈服强度之比', 'QQB'],
    ['屈标比', 'QBB'],
    ['实测下屈服强度与下屈服强度特征值之比', 'QBB'],
    ['弯曲性能', 'WQ'],
    ['反向弯曲', 'FW'],
    ['重量偏差', 'ZLPC'],
    ['质量偏差', 'ZLPC'],
  ])('a parameter called %s is %s, and nothing else', (name, code) => {
    const found = ribbed.parameters.filter(({ recognises }) => recognises.test(name));
    expect(found.map((parameter) => parameter.code)).toEqual([code]);
  });
});

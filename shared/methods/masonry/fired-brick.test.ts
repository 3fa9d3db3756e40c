import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import firedBrick from './fired-brick.method.ts';
import { OLD } from './brick/data.ts';
import { areRectangles, wordsOf } from '../testing/paperTables.ts';
import { referenceArea, referenceSingle } from '../testing/masonry-reference.ts';
import { refusalOf } from '../testing/refusals.ts';
import { testVectors } from '../testing/vectors.ts';

const CLAUSE = 'GB/T 2542-2012 抗压强度试验';
const CONFIRMED = { policies: { 'limits GB/T 5101-2017': 'confirmed' } };
const ten = <T>(value: T): T[] => Array.from({ length: 10 }, () => value);
/** The published group: 120 × 115 mm is 13 800 mm². */
const LOADS = ['254', '270', '218', '183', '238', '259', '151', '280', '220', '254'];
const SINGLES = ['18.41', '19.57', '15.80', '13.26', '17.25', '18.77', '10.94', '20.29', '15.94', '18.41'];
const base = {
  designGrade: 'MU15',
  preparation: '二次成型',
  length_mm: ten(['120', '120']),
  width_mm: ten(['115', '115']),
  loads_kN: LOADS,
};
const compute = (change: Record<string, unknown> = {}, settings = {}) =>
  firedBrick.compute({ ...base, ...change }, settings);
const judged = (change: Record<string, unknown> = {}) => compute(change, CONFIRMED);
const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code);
const withFirst = <T>(list: readonly T[], first: unknown): unknown[] => [first, ...list.slice(1)];
/** Ten bricks on 100 × 100 mm: 10 kN is 1 MPa, so loads are strengths. */
const square = (loads: readonly string[]) => ({
  length_mm: ten(['100', '100']),
  width_mm: ten(['100', '100']),
  loads_kN: loads,
});
const tenths = (value: number): string => `${Math.floor(value / 10)}.${value % 10}`;

describe('vectors', () => {
  testVectors(firedBrick.vectors);
});

describe('compute', () => {
  test('under draft limits the figures stand and nothing is judged', () => {
    const answer = compute();
    expect(answer.outputs).toMatchObject({
      single_MPa: SINGLES,
      mean_MPa: '16.9',
      S_MPa: '2.94',
      variation: null,
      fk_MPa: '11.5',
      least_MPa: '10.94',
      grade: null,
    });
    expect(answer.outputs.faces[0]).toEqual({ length_mm: '120', width_mm: '115', area_mm2: '13800' });
    expect(answer.verdict).toBe('not-judged');
    expect(answer.result).toEqual({
      valid: true,
      text: '该组砖样抗压强度平均值为 16.9 MPa，强度标准值为 11.5 MPa（强度等级的限值未与标准原文核对，需人工判定）。',
      parameters: [
        {
          parameterCode: 'QY',
          name: '抗压强度（平均值/标准值）',
          value: '16.9/11.5',
          unit: 'MPa',
          requirement: 'MU15：平均值 ≥15.0 MPa，强度标准值 ≥10.0 MPa',
          verdict: 'not-judged',
        },
      ],
    });
    expect(answer.trace.every((step) => step.clause !== '' && step.rule !== '')).toBe(true);
    expect(answer.trace.map(({ value }) => value)).not.toContain('符合');
    expect(answer.trace.map(({ substituted }) => substituted)).toEqual(
      expect.arrayContaining([
        '(120 + 120) / 2',
        '120 × 115',
        '151 × 1000 / 13800',
        '16.9 − 1.83 × 2.94',
        '√((2921.6354 − 168.64² / 10) / 9)',
      ]),
    );
    expect(answer.warnings).toEqual([]);
    expect(answer.stops).toEqual([]);
  });

  test('with confirmed limits the grade is found and judged', () => {
    const same = judged();
    expect(same.outputs.grade).toBe('MU15');
    expect(same.verdict).toBe('qualified');
    expect(same.result.text).toContain('，符合 MU15 强度等级的要求');
    const more = judged({ designGrade: 'MU20' });
    expect(more.verdict).toBe('unqualified');
    expect(more.result.text).toContain('，不符合 MU20 强度等级的要求（达到 MU15）');
    expect(more.warnings).toMatchObject([{ code: 'MASONRY_UNQUALIFIED', notify: 'supervisor' }]);
    expect(judged({ designGrade: 'MU10' }).verdict).toBe('qualified');
    const weak = judged(square(ten('80')));
    expect(weak.outputs.grade).toBeNull();
    expect(weak.result.text).toContain('（低于 MU10）');
  });

  test('exactly at both limits is qualified, a hundredth of a mean below is not', () => {
    const at = (loads: readonly string[]) => judged(square(loads)).verdict;
    expect(at(ten('150'))).toBe('qualified');
    expect(at(ten('149.4'))).toBe('unqualified');
    // Mean exactly 15.0; S 2.73 gives fk 10.0, S 2.77 gives 9.9.
    const spread = (by: number) =>
      Array.from({ length: 10 }, (_, index) => tenths(1500 + (index % 2 === 0 ? by : -by)));
    const fk = (by: number) => judged(square(spread(by))).outputs.fk_MPa;
    expect([fk(259), at(spread(259))]).toEqual(['10.0', 'qualified']);
    expect([fk(263), at(spread(263))]).toEqual(['9.9', 'unqualified']);
  });

  test('without a grade the figures and what they reach are named, but nothing is judged', () => {
    const rest = Object.fromEntries(Object.entries(base).filter(([key]) => key !== 'designGrade'));
    const answer = firedBrick.compute(rest, CONFIRMED);
    expect(answer.verdict).toBe('not-judged');
    expect(answer.outputs.grade).toBe('MU15');
    expect(answer.result.text).toContain('，达到 MU15 强度等级的要求');
    expect(answer.result.parameters[0]?.requirement).toBeNull();
    const weak = firedBrick.compute({ ...rest, ...square(ten('80')) }, CONFIRMED);
    expect(weak.result.text).toContain('，低于 MU10 强度等级');
  });

  test('the edition of 2003 has its own factor and branch, and is left to a person', () => {
    const old = compute({}, { ...CONFIRMED, edition: OLD });
    expect(old.outputs).toMatchObject({
      mean_MPa: '16.9',
      S_MPa: '2.94',
      variation: '0.17',
      fk_MPa: '11.6',
      least_MPa: '10.9',
      grade: null,
    });
    expect(old.verdict).toBe('not-judged');
    expect(old.result.text).toBe(
      '该组砖样抗压强度平均值为 16.9 MPa，强度标准值为 11.6 MPa（GB/T 5101-2003 的强度等级限值未收录，需人工判定）。',
    );
    expect(wordsOf(old.report)).toContain('需人工判定');
    expect(compute({}, CONFIRMED).outputs.fk_MPa).toBe('11.5');
    expect(old.edition).toMatchObject({ inForceUntil: '2018-10-31', judgement: 'GB/T 5101-2003' });
  });

  test('2003: a variation of 0.21 still uses fk, 0.22 the least single', () => {
    const spread = (by: number) =>
      compute(square(Array.from({ length: 10 }, (_, index) => tenths(2000 + (index % 2 === 0 ? by : -by)))), {
        edition: OLD,
      });
    expect(spread(408).outputs).toMatchObject({ variation: '0.22', fk_MPa: null });
    expect(spread(407).outputs).toMatchObject({ variation: '0.21', fk_MPa: '12.3' });
    const wide = spread(408);
    expect(wide.result.text).toContain('单块最小值为 15.9 MPa');
    expect(wide.result.parameters[0]).toMatchObject({ name: '抗压强度（平均值/单块最小值）', value: '20.0/15.9' });
    expect(wide.trace.map(({ rule }) => rule)).toContain('大于 0.21，按平均值和单块最小值评定');
    expect(areRectangles([...wide.record, ...wide.report])).toBe(true);
  });

  test('sizes: two readings each, means to 1 mm (half to even), then the area', () => {
    const edge = fc.integer({ min: 1000, max: 1250 }).map(tenths);
    fc.assert(
      fc.property(edge, edge, edge, edge, fc.integer({ min: 1500, max: 4000 }), (l1, l2, b1, b2, load) => {
        const answer = compute({
          length_mm: withFirst(base.length_mm, [l1, l2]),
          width_mm: withFirst(base.width_mm, [b1, b2]),
          loads_kN: withFirst(LOADS, tenths(load)),
        });
        const area = referenceArea([l1, l2], [b1, b2]);
        expect(answer.outputs.faces[0]?.area_mm2).toBe(area);
        expect(answer.outputs.single_MPa[0]).toBe(referenceSingle(tenths(load), area, '0.01'));
      }),
      { numRuns: 1000 },
    );
    const of = (readings: string[]) =>
      compute({ length_mm: withFirst(base.length_mm, readings) }).outputs.faces[0]?.length_mm;
    expect([of(['119', '120']), of(['120', '121'])]).toEqual(['120', '120']);
  });

  test('record and report are rectangles and show every reading', () => {
    const answer = judged();
    expect(areRectangles([...answer.record, ...answer.report])).toBe(true);
    expect(wordsOf(answer.record)).toEqual(
      expect.arrayContaining([
        ...LOADS,
        ...SINGLES,
        '120、120',
        '115、115',
        '二次成型',
        '2.94',
        '16.9',
        '11.5',
        '10.94',
        'MU15',
      ]),
    );
    expect(wordsOf(answer.report)).toEqual(
      expect.arrayContaining([
        '{sampleNo}',
        'MU15',
        '平均值',
        '强度标准值',
        '单块最小值',
        '≥15.0 MPa',
        '≥10.0 MPa',
        '合格',
      ]),
    );
    expect(wordsOf(compute().report)).toContain('需人工判定');
  });
});

describe('figures that can hardly be', () => {
  test('range of the machine, loading rate', () => {
    const range = (change: object) => compute({ machineRange_kN: '600', ...change });
    expect(codes(range({ loads_kN: ten('120') }).stops)).toEqual([]);
    expect(codes(range({ loads_kN: withFirst(ten('120'), '119.9') }).stops)).toEqual(['STOP_MACHINE_RANGE']);
    expect(codes(range({ loads_kN: withFirst(ten('300'), '480.1') }).warnings)).toEqual(['MACHINE_RANGE_HIGH']);
    expect(refusalOf(() => range({ loads_kN: withFirst(ten('300'), '600.1') }))).toMatchObject({
      code: 'METHOD_OVER_RANGE',
      field: 'loads_kN.0',
    });
    expect(codes(compute({ loadingRates_kN_s: withFirst(ten('4'), '6') }).warnings)).toEqual([]);
    expect(codes(compute({ loadingRates_kN_s: withFirst(ten('3.99'), '6.01') }).warnings)).toEqual(
      ten('BRICK_LOADING_RATE'),
    );
    expect(compute({ loadingRates_kN_s: ten('10') }).stops).toEqual([]);
  });

  test('readings of one edge, a single far from its group, a group far below its grade', () => {
    expect(codes(compute({ length_mm: withFirst(base.length_mm, ['120', '130']) }).stops)).toEqual([]);
    expect(codes(compute({ length_mm: withFirst(base.length_mm, ['120', '131']) }).stops)).toEqual([
      'STOP_MASONRY_SIZE',
    ]);
    expect(codes(compute({ width_mm: withFirst(base.width_mm, ['115', '151']) }).stops)).toEqual(['STOP_MASONRY_SIZE']);
    expect(codes(compute(square(withFirst(ten('200'), '50') as string[])).stops)).toEqual(['STOP_MASONRY_SINGLE']);
    expect(codes(compute(square(withFirst(ten('200'), '500') as string[])).stops)).toEqual(['STOP_MASONRY_SINGLE']);
    expect(codes(compute({ designGrade: 'MU30', ...square(ten('150')) }).stops)).toEqual([]);
    expect(codes(compute({ designGrade: 'MU30', ...square(ten('149')) }).stops)).toEqual(['STOP_MASONRY_GRADE']);
  });
});

describe('bad readings are refused with field, rule and clause', () => {
  test.each([
    [null, 'METHOD_MISSING'],
    ['', 'METHOD_MISSING'],
    ['0', 'METHOD_ZERO'],
    ['-254', 'METHOD_NEGATIVE'],
    ['1e3', 'METHOD_NOT_A_NUMBER'],
    ['２５４', 'METHOD_NOT_A_NUMBER'],
    [254, 'METHOD_NOT_A_NUMBER'],
    ['3000.1', 'METHOD_OUT_OF_RANGE'],
    ['2540', 'METHOD_OUT_OF_RANGE'],
    ['0.254', 'METHOD_OUT_OF_RANGE'],
  ])('a load of %j is %s', (load, code) => {
    expect(refusalOf(() => compute({ loads_kN: withFirst(LOADS, load) }))).toEqual({
      code,
      field: 'loads_kN.0',
      rule: CLAUSE,
    });
  });

  test.each([
    [{ loads_kN: LOADS.slice(1) }, 'METHOD_WRONG_COUNT', 'loads_kN'],
    [{ length_mm: ten(['120', '120']).slice(1) }, 'METHOD_WRONG_COUNT', 'length_mm'],
    [{ length_mm: ten(['120']) }, 'METHOD_WRONG_COUNT', 'length_mm.0'],
    [{ length_mm: ten(['12', '120']) }, 'METHOD_OUT_OF_RANGE', 'length_mm.0.0'],
    [{ width_mm: ten(['115', '215']) }, 'METHOD_OUT_OF_RANGE', 'width_mm.0.1'],
    [{ designGrade: 'MU12' }, 'METHOD_GRADE_UNKNOWN', 'designGrade'],
    [{ designGrade: '15' }, 'METHOD_GRADE_UNKNOWN', 'designGrade'],
    [{ preparation: '找平' }, 'METHOD_CHOICE_UNKNOWN', 'preparation'],
    [{ preparation: null }, 'METHOD_MISSING', 'preparation'],
    [{ area_mm2: '13800' }, 'METHOD_UNKNOWN_FIELD', 'area_mm2'],
  ])('%j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => compute(change))).toMatchObject({ code, field });
  });

  test('policies and editions that are not there', () => {
    expect(refusalOf(() => compute({}, { policies: { factor: '1.8' } })).code).toBe('METHOD_POLICY_UNKNOWN');
    expect(refusalOf(() => compute({}, { edition: 'GB 5101-1998' })).code).toBe('METHOD_EDITION_UNKNOWN');
  });
});

test('names of a catalogue item', () => {
  expect(firedBrick.recognises('烧结普通砖 抗压强度')).toBe(true);
  expect(firedBrick.recognises('烧结多孔砖 抗压强度')).toBe(false);
  expect(firedBrick.recognises('混凝土普通砖 抗压强度')).toBe(false);
  expect(firedBrick.describe({ designGrade: 'MU15' })).toEqual({ grade: 'MU15', spec: '' });
});

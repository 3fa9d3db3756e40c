import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import concreteBlock from './concrete-block.method.ts';
import { BLOCK_GRADES } from './block/data.ts';
import { gradeOf } from './grade.ts';
import { areRectangles, wordsOf } from '../testing/paperTables.ts';
import {
  REFERENCE_BLOCKS,
  referenceArea,
  referenceAverage,
  referenceGrade,
  referenceSingle,
} from '../testing/masonry-reference.ts';
import { refusalOf } from '../testing/refusals.ts';

const CLAUSE = 'GB/T 4111-2013 抗压强度试验';
const CONFIRMED = { policies: { 'limits GB/T 8239-2014': 'confirmed' } };
const five = <T>(value: T): T[] => Array.from({ length: 5 }, () => value);
const LOADS = ['780.0', '815.5', '802.0', '760.0', '795.0'];
const base = {
  designGrade: 'MU10',
  nominalSize: '390×190×190 mm',
  length_mm: five(['390', '390']),
  width_mm: five(['190', '190']),
  loads_kN: LOADS,
};
const compute = (change: Record<string, unknown> = {}, settings = {}) =>
  concreteBlock.compute({ ...base, ...change }, settings);
const judged = (change: Record<string, unknown> = {}) => compute(change, CONFIRMED);
const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code);
const withFirst = <T>(list: readonly T[], first: unknown): unknown[] => [first, ...list.slice(1)];
const tenths = (value: number): string => `${Math.floor(value / 10)}.${value % 10}`;
/** On 200 × 100 mm, 20 kN is 1 MPa. */
const strengths = (values: readonly number[]) => ({
  length_mm: five(['200', '200']),
  width_mm: five(['100', '100']),
  loads_kN: values.map((value) => String(Math.round(value * 20))),
});

describe('compute', () => {
  test('under draft limits the figures stand and nothing is judged', () => {
    const answer = compute();
    expect(answer.outputs).toMatchObject({
      single_MPa: ['10.5', '11.0', '10.8', '10.3', '10.7'],
      mean_MPa: '10.7',
      least_MPa: '10.3',
      grade: null,
    });
    expect(answer.outputs.faces[4]).toEqual({ length_mm: '390', width_mm: '190', area_mm2: '74100' });
    expect(answer.verdict).toBe('not-judged');
    expect(answer.result).toEqual({
      valid: true,
      text: '该组砌块抗压强度平均值为 10.7 MPa，单块最小值为 10.3 MPa（强度等级的限值未与标准原文核对，需人工判定）。',
      parameters: [
        {
          parameterCode: 'QY',
          name: '抗压强度（平均值/单块最小值）',
          value: '10.7/10.3',
          unit: 'MPa',
          requirement: 'MU10：平均值 ≥10.0 MPa，单块最小值 ≥8.0 MPa',
          verdict: 'not-judged',
        },
      ],
    });
    expect(answer.trace.every((step) => step.clause !== '' && step.rule !== '')).toBe(true);
    expect(answer.trace.map(({ value }) => value)).not.toContain('符合');
    expect(answer.trace.map(({ substituted }) => substituted)).toEqual(
      expect.arrayContaining(['390 × 190', '780.0 × 1000 / 74100', '(10.5 + 11.0 + 10.8 + 10.3 + 10.7) / 5']),
    );
    expect([...answer.warnings, ...answer.stops]).toEqual([]);
  });

  test('with confirmed limits the grade is found and judged', () => {
    expect(judged()).toMatchObject({ verdict: 'qualified', outputs: { grade: 'MU10' } });
    const more = judged({ designGrade: 'MU15' });
    expect(more.verdict).toBe('unqualified');
    expect(more.result.text).toContain('，不符合 MU15 强度等级的要求（达到 MU10）');
    expect(more.warnings).toMatchObject([{ code: 'MASONRY_UNQUALIFIED', notify: 'supervisor' }]);
    const rest = Object.fromEntries(Object.entries(base).filter(([key]) => key !== 'designGrade'));
    const plain = concreteBlock.compute(rest, CONFIRMED);
    expect([plain.verdict, plain.outputs.grade]).toEqual(['not-judged', 'MU10']);
    expect(plain.result.text).toContain('，达到 MU10 强度等级的要求');
  });

  test.each([
    ['20.0', '16.0', 'MU20'],
    ['19.9', '16.0', 'MU15'],
    ['20.0', '15.9', 'MU15'],
    ['15.0', '12.0', 'MU15'],
    ['14.9', '12.0', 'MU10'],
    ['15.0', '11.9', 'MU10'],
    ['10.0', '8.0', 'MU10'],
    ['9.9', '8.0', 'MU7.5'],
    ['10.0', '7.9', 'MU7.5'],
    ['7.5', '6.0', 'MU7.5'],
    ['7.4', '6.0', null],
    ['7.5', '5.9', null],
  ])('mean %s and least %s is %s', (mean, second, grade) => {
    expect(gradeOf(BLOCK_GRADES, { mean, second })).toBe(grade);
  });

  test('exactly at both limits is qualified, one tenth less in either is not', () => {
    const at = (values: readonly number[]) => judged(strengths(values)).verdict;
    expect(at([8, 10.5, 10.5, 10.5, 10.5])).toBe('qualified');
    expect(at([7.9, 10.5, 10.5, 10.5, 10.6])).toBe('unqualified');
    expect(at([9.9, 9.9, 9.9, 9.9, 9.9])).toBe('unqualified');
    expect(judged({ designGrade: 'MU7.5', ...strengths([6, 7.9, 7.9, 7.9, 7.8]) }).verdict).toBe('qualified');
  });

  test('agrees with an independent implementation, in every order of the blocks', () => {
    const edge = (least: number) =>
      fc.tuple(fc.integer({ min: least, max: least + 40 }), fc.integer({ min: least, max: least + 40 }));
    const block = fc.tuple(edge(3700), edge(1800), fc.integer({ min: 4000, max: 16_000 }));
    fc.assert(
      fc.property(
        fc.array(block, { minLength: 5, maxLength: 5 }),
        fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
        (blocks, order) => {
          const of = (list: typeof blocks) =>
            judged({
              length_mm: list.map(([length]) => length.map(tenths)),
              width_mm: list.map(([, width]) => width.map(tenths)),
              loads_kN: list.map(([, , load]) => tenths(load)),
            });
          const answer = of(blocks);
          const singles = blocks.map(([[l1, l2], [b1, b2], load]) =>
            referenceSingle(tenths(load), referenceArea([tenths(l1), tenths(l2)], [tenths(b1), tenths(b2)]), '0.1'),
          );
          const mean = referenceAverage(singles);
          const least = [...singles].sort((a, b) => Number(a) - Number(b))[0] ?? '';
          const grade = referenceGrade(REFERENCE_BLOCKS, mean, least);
          expect(answer.outputs).toMatchObject({ single_MPa: singles, mean_MPa: mean, least_MPa: least, grade });
          const turned = of(order.map((place) => blocks[place] as (typeof blocks)[number]));
          expect(turned.result).toEqual(answer.result);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('more load never means less strength or a lower verdict', () => {
    const rank = { unqualified: 0, qualified: 1, retest: -1, 'not-judged': -1 } as const;
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 5000, max: 9000 }), { minLength: 5, maxLength: 5 }),
        fc.integer({ min: 0, max: 2000 }),
        (loads, more) => {
          const [before, after] = [
            judged({ loads_kN: loads.map(tenths) }),
            judged({ loads_kN: loads.map((load) => tenths(load + more)) }),
          ];
          expect(Number(after.outputs.mean_MPa)).toBeGreaterThanOrEqual(Number(before.outputs.mean_MPa));
          expect(Number(after.outputs.least_MPa)).toBeGreaterThanOrEqual(Number(before.outputs.least_MPa));
          expect(rank[after.verdict]).toBeGreaterThanOrEqual(rank[before.verdict]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('load and area scaled together change nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 2000, max: 8000 }), { minLength: 5, maxLength: 5 }), (loads) => {
        const of = (times: number) =>
          compute({
            length_mm: five([String(150 * times), String(150 * times)]),
            width_mm: five(['190', '190']),
            loads_kN: loads.map((load) => tenths(load * times)),
          }).outputs.single_MPa;
        expect(of(2)).toEqual(of(1));
      }),
      { numRuns: 500 },
    );
  });

  test('record and report are rectangles and show every reading', () => {
    const answer = judged();
    expect(areRectangles([...answer.record, ...answer.report])).toBe(true);
    expect(wordsOf(answer.record)).toEqual(
      expect.arrayContaining([...LOADS, '390、390', '74100', '10.5', '10.7', '10.3', 'MU10']),
    );
    expect(wordsOf(answer.report)).toEqual(
      expect.arrayContaining(['{sampleNo}', 'MU10', '平均值', '单块最小值', '≥10.0 MPa', '≥8.0 MPa', '合格']),
    );
    expect(wordsOf(compute().report)).toContain('需人工判定');
  });

  test('figures that can hardly be stop the record', () => {
    expect(codes(compute({ machineRange_kN: '2000' }).stops)).toEqual([]);
    expect(codes(compute({ machineRange_kN: '4000' }).stops)).toEqual([
      'STOP_MACHINE_RANGE',
      'STOP_MACHINE_RANGE',
      'STOP_MACHINE_RANGE',
    ]);
    expect(codes(compute({ width_mm: withFirst(base.width_mm, ['190', '210']) }).stops)).toEqual(['STOP_MASONRY_SIZE']);
    expect(codes(compute(strengths([2, 10, 10, 10, 10])).stops)).toEqual(['STOP_MASONRY_SINGLE']);
    expect(codes(compute({ designGrade: 'MU20', ...strengths([9.9, 9.9, 9.9, 9.9, 9.9]) }).stops)).toEqual([
      'STOP_MASONRY_GRADE',
    ]);
  });
});

describe('bad readings are refused with field, rule and clause', () => {
  test.each([
    [null, 'METHOD_MISSING'],
    ['', 'METHOD_MISSING'],
    ['0', 'METHOD_ZERO'],
    ['-780', 'METHOD_NEGATIVE'],
    ['780kN', 'METHOD_NOT_A_NUMBER'],
    ['10000.1', 'METHOD_OUT_OF_RANGE'],
    ['9000', 'METHOD_OUT_OF_RANGE'],
    ['0.78', 'METHOD_OUT_OF_RANGE'],
  ])('a load of %j is %s', (load, code) => {
    expect(refusalOf(() => compute({ loads_kN: withFirst(LOADS, load) }))).toEqual({
      code,
      field: 'loads_kN.0',
      rule: CLAUSE,
    });
  });

  test.each([
    [{ loads_kN: LOADS.slice(1) }, 'METHOD_WRONG_COUNT', 'loads_kN'],
    [{ loads_kN: [...LOADS, '780'] }, 'METHOD_WRONG_COUNT', 'loads_kN'],
    [{ length_mm: five(['390', '3900']) }, 'METHOD_OUT_OF_RANGE', 'length_mm.0.1'],
    [{ width_mm: five(['19.0', '190']) }, 'METHOD_OUT_OF_RANGE', 'width_mm.0.0'],
    [{ width_mm: five(['190', '190', '190']) }, 'METHOD_WRONG_COUNT', 'width_mm.0'],
    [{ designGrade: 'MU12' }, 'METHOD_GRADE_UNKNOWN', 'designGrade'],
    [{ designGrade: 'MU5.0' }, 'METHOD_GRADE_UNKNOWN', 'designGrade'],
    [{ height_mm: '190' }, 'METHOD_UNKNOWN_FIELD', 'height_mm'],
  ])('%j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => compute(change))).toMatchObject({ code, field });
  });
});

test('names of a catalogue item', () => {
  expect(concreteBlock.recognises('普通混凝土小型砌块 抗压强度')).toBe(true);
  expect(concreteBlock.recognises('蒸压加气混凝土砌块 抗压强度')).toBe(false);
  expect(concreteBlock.recognises('混凝土立方体抗压强度')).toBe(false);
  expect(concreteBlock.describe({ designGrade: 'MU10', nominalSize: '390×190×190' })).toEqual({
    grade: 'MU10',
    spec: '390×190×190',
  });
});

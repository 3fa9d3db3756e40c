import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import stoneCrushing from './stone-crushing.method.ts';
import { CLASSES, ROCKS } from './crushing/data.ts';
import { referenceCrushing } from '../testing/aggregate-crushing.ts';
import { areRectangles, wordsOf } from '../testing/paperTables.ts';
import { refusalOf } from '../testing/refusals.ts';
import { testVectors } from '../testing/vectors.ts';

testVectors(stoneCrushing.vectors);

const CONFIRMED = { policies: { 'limits JGJ 52-2006': 'confirmed' } };
const base = {
  rock: '沉积岩',
  nominalSize: '5～25 mm',
  crushingGradeClass: 'C60～C40',
  crushedBefore_g: ['3000', '3000', '3000'],
  crushedRetained_g: ['2730', '2718', '2742'],
  loadingTime_s: ['200', '160', '300'],
};
const compute = (change: Record<string, unknown> = {}, settings = {}) =>
  stoneCrushing.compute({ ...base, ...change }, settings);
const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code);
/** Three portions that lose so many tenths of a per cent each. */
const retained = (tenths: number): string[] => [0, 1, 2].map(() => String(3000 - 3 * tenths));

describe('compute', () => {
  test('mean of three, with its papers; a draft limit does not judge', () => {
    const answer = compute();
    expect(answer.outputs).toEqual({ single_percent: ['9.0', '9.4', '8.6'], result_percent: '9.0' });
    expect(answer.result).toMatchObject({
      valid: true,
      text: '该石样压碎值指标为 9.0%（限值未与标准原文核对，需人工判定）。',
      parameters: [{ parameterCode: 'YS', value: '9.0', requirement: '≤10 %', verdict: 'not-judged' }],
    });
    expect([answer.verdict, answer.warnings, answer.stops]).toEqual(['not-judged', [], []]);
    expect(answer.trace.map(({ value }) => value)).toEqual(['9.0', '9.4', '8.6', '9.0']);
    expect(areRectangles([...answer.record, ...answer.report])).toBe(true);
    expect(wordsOf(answer.record)).toEqual(expect.arrayContaining(['3000', '2718', '160', '8.6']));
    expect(wordsOf(answer.report)).toEqual(expect.arrayContaining(['沉积岩', '≤10 %', '9.0', '9.0 / 9.4 / 8.6']));
  });

  test('once the lab has confirmed the limits, they judge', () => {
    const answer = compute({}, CONFIRMED);
    expect(answer.verdict).toBe('qualified');
    expect(answer.result.text).toBe('该石样压碎值指标为 9.0%，符合 C60～C40 混凝土用沉积岩的要求。');
    expect(answer.trace.at(-1)).toMatchObject({ value: '符合', rule: '全数值比较法' });
    const failing = compute({ crushedRetained_g: retained(101) }, CONFIRMED);
    expect(failing.verdict).toBe('unqualified');
    expect(failing.warnings).toMatchObject([{ code: 'AGGREGATE_CRUSHING_UNQUALIFIED', notify: 'supervisor' }]);
  });

  test.each([
    ['沉积岩', 10, 16],
    ['变质岩或深成的火成岩', 12, 20],
    ['喷出的火成岩', 13, 30],
    ['卵石', 12, 16],
  ])('%s: exactly at the limits it is qualified, one tenth more is not', (rock, strong, weak) => {
    for (const [index, limit] of [strong, weak].entries()) {
      const at = (tenths: number) =>
        compute({ rock, crushingGradeClass: CLASSES[index], crushedRetained_g: retained(tenths) }, CONFIRMED).verdict;
      expect([at(limit * 10 - 1), at(limit * 10), at(limit * 10 + 1)]).toEqual([
        'qualified',
        'qualified',
        'unqualified',
      ]);
    }
  });

  test('the step of the mean is a setting, and it can decide', () => {
    const change = { crushedRetained_g: ['2700', '2697', '2697'] };
    expect(compute(change, CONFIRMED)).toMatchObject({ outputs: { result_percent: '10.1' }, verdict: 'unqualified' });
    const whole = compute(change, { policies: { ...CONFIRMED.policies, crushingMeanStep: '1' } });
    expect(whole).toMatchObject({ outputs: { result_percent: '10' }, verdict: 'qualified' });
    expect(whole.policies['crushingMeanStep']).toBe('1');
  });

  test('without a class of concrete there is a number and no verdict', () => {
    const answer = compute({ crushingGradeClass: undefined }, CONFIRMED);
    expect(answer.result.parameters).toMatchObject([{ value: '9.0', requirement: null, verdict: 'not-judged' }]);
    expect(answer.result.text).toBe('该石样压碎值指标为 9.0%（未给出混凝土强度等级，不作判定）。');
  });

  test('agrees with an independent implementation, in every order of the portions, under both steps', () => {
    const pair = fc
      .tuple(fc.integer({ min: 5000, max: 50_000 }), fc.integer({ min: 0, max: 5000 }))
      .map(([before, lost]): [string, string] => [String(before / 10), String((before - lost) / 10)]);
    const cases = fc.record({
      pairs: fc.tuple(pair, pair, pair),
      rock: fc.constantFrom(...ROCKS),
      step: fc.constantFrom('0.1', '1'),
    });
    fc.assert(
      fc.property(cases, ({ pairs, rock, step }) => {
        const of = (order: readonly [string, string][]) =>
          compute(
            {
              rock,
              crushedBefore_g: order.map(([before]) => before),
              crushedRetained_g: order.map(([, kept]) => kept),
            },
            { policies: { crushingMeanStep: step } },
          ).outputs;
        const found = of(pairs);
        expect(found).toEqual(referenceCrushing(pairs, step));
        expect(of(pairs.toReversed()).result_percent).toBe(found.result_percent);
        const doubled = pairs.map((own): [string, string] => own.map((mass) => String(Number(mass) / 2)) as never);
        if (doubled.every(([before]) => Number(before) >= 500)) expect(of(doubled)).toEqual(found);
      }),
      { numRuns: 3000, seed: 52_2006 },
    );
  });

  test('more crushed is never a smaller index', () => {
    const values = Array.from({ length: 300 }, (_, lost) =>
      Number(compute({ crushedRetained_g: ['2730', '2718', String(3000 - lost)] }).outputs.result_percent),
    );
    expect(values.every((value, index) => index === 0 || value >= (values[index - 1] ?? 0))).toBe(true);
    expect(values.at(-1)).toBeGreaterThan(values[0] ?? 0);
  });

  test('figures that can hardly be stop the record; portions and times off the standard are said', () => {
    expect(codes(compute({ crushedRetained_g: ['1500', '2718', '2742'] }).stops)).toEqual([]);
    expect(compute({ crushedRetained_g: ['1490', '2718', '3000'] }).stops).toMatchObject([
      { code: 'STOP_CRUSHING_INDEX', field: 'crushedRetained_g.0' },
      { code: 'STOP_CRUSHING_INDEX', field: 'crushedRetained_g.2' },
    ]);
    expect(compute({ crushedBefore_g: ['3030', '2970', '3031'] }).warnings).toMatchObject([
      { code: 'AGGREGATE_PORTION_MASS', field: 'crushedBefore_g.2' },
    ]);
    expect(compute({ loadingTime_s: ['159', '300', '301'] }).warnings).toMatchObject([
      { code: 'AGGREGATE_LOADING_TIME', field: 'loadingTime_s.0' },
      { code: 'AGGREGATE_LOADING_TIME', field: 'loadingTime_s.2' },
    ]);
    expect(compute({ loadingTime_s: undefined }).warnings).toEqual([]);
  });
});

describe('bad readings are refused', () => {
  test.each([
    [{ crushedBefore_g: ['3', '3', '3'] }, 'METHOD_OUT_OF_RANGE', 'crushedBefore_g.0'],
    [{ crushedBefore_g: ['3000', '3000', '5001'] }, 'METHOD_OUT_OF_RANGE', 'crushedBefore_g.2'],
    [{ crushedBefore_g: ['3000', '3000'] }, 'METHOD_WRONG_COUNT', 'crushedBefore_g'],
    [{ crushedRetained_g: ['2730', '3001', '2742'] }, 'METHOD_CONFLICT', 'crushedRetained_g.1'],
    [{ crushedRetained_g: ['2730', '-1', '2742'] }, 'METHOD_NEGATIVE', 'crushedRetained_g.1'],
    [{ crushedRetained_g: ['2730', '2 718', '2742'] }, 'METHOD_NOT_A_NUMBER', 'crushedRetained_g.1'],
    [{ loadingTime_s: ['0', '200', '200'] }, 'METHOD_ZERO', 'loadingTime_s.0'],
    [{ rock: '石灰岩' }, 'METHOD_KIND_UNKNOWN', 'rock'],
    [{ rock: undefined }, 'METHOD_MISSING', 'rock'],
    [{ crushingGradeClass: 'C30' }, 'METHOD_GRADE_UNKNOWN', 'crushingGradeClass'],
    [{ stoneKind: '碎石' }, 'METHOD_UNKNOWN_FIELD', 'stoneKind'],
  ])('%j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => compute(change))).toMatchObject({ code, field });
  });

  test.each([
    [[['0', '0']], 'METHOD_WRONG_COUNT', 'before_g_retained_g'],
    [
      [
        ['0', '0'],
        ['3000', '2700'],
        ['3000', '2700'],
      ],
      'METHOD_ZERO',
      'before_g_retained_g.0',
    ],
    [
      [
        ['3000', '2700'],
        ['3000', '3001'],
        ['3000', '2700'],
      ],
      'METHOD_CONFLICT',
      'before_g_retained_g.1',
    ],
    [[['3000', '2700'], ['3000'], ['3000', '2700']], 'METHOD_WRONG_COUNT', 'before_g_retained_g.1'],
  ])('a vector line of %j is %s at %s', (pairs, code, field) => {
    expect(refusalOf(() => stoneCrushing.vectors['stone-crushing']?.({ before_g_retained_g: pairs }))).toMatchObject({
      code,
      field,
    });
  });
});

test('names of a catalogue item', () => {
  expect(stoneCrushing.recognises('碎石 压碎值指标')).toBe(true);
  expect(stoneCrushing.recognises('碎石 含泥量')).toBe(false);
  expect(stoneCrushing.recognises('人工砂 总压碎值')).toBe(false);
  expect(stoneCrushing.describe({ crushingGradeClass: '≤C35', rock: '卵石', nominalSize: '5～20' })).toEqual({
    grade: '≤C35',
    spec: '卵石 5～20',
  });
});

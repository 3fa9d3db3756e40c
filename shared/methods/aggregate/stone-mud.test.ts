import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import stoneMud from './stone-mud.method.ts';
import { areRectangles, wordsOf } from '../testing/paperTables.ts';
import { referenceContent, referenceMean } from '../testing/aggregate-reference.ts';
import { refusalOf } from '../testing/refusals.ts';

const CONFIRMED = { policies: { 'limits JGJ 52-2006': 'confirmed' } };
const base = {
  stoneKind: '碎石',
  nominalSize: '5～31.5 mm',
  gradeClass: 'C55～C30',
  mudBefore_g: ['10000', '10000'],
  mudAfter_g: ['9940', '9920'],
  clumpBefore_g: ['8000', '8000'],
  clumpAfter_g: ['7976', '7968'],
};
const compute = (change: Record<string, unknown> = {}, settings = {}) =>
  stoneMud.compute({ ...base, ...change }, settings);
const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code);
const left = (tenthsOfPercent: number, of: number) => String((of * (1000 - tenthsOfPercent)) / 1000);
const verdictAt = (mud: number, clumps: number, gradeClass: string, change: Record<string, unknown> = {}) =>
  compute(
    {
      gradeClass,
      mudAfter_g: [left(mud, 10_000), left(mud, 10_000)],
      clumpAfter_g: [left(clumps, 8000), left(clumps, 8000)],
      ...change,
    },
    CONFIRMED,
  ).result.parameters.map(({ verdict }) => verdict);

describe('compute', () => {
  test('0.6 and 0.8 differ by exactly 0.2: allowed', () => {
    const answer = compute();
    expect(answer.outputs).toEqual({
      mud: { single_percent: ['0.6', '0.8'], difference_percent: '0.2', status: 'ok', result_percent: '0.7' },
      clumps: { single_percent: ['0.3', '0.4'], difference_percent: '0.1', status: 'ok', result_percent: '0.4' },
    });
    expect(answer.verdict).toBe('not-judged');
    expect(answer.result.text).toBe(
      '该石样含泥量为 0.7%（限值未与标准原文核对，需人工判定）；泥块含量为 0.4%（限值未与标准原文核对，需人工判定）。',
    );
    expect(answer.trace.map(({ value }) => value)).not.toContain('符合');
    expect(areRectangles([...answer.record, ...answer.report])).toBe(true);
    expect(wordsOf(answer.report)).toEqual(
      expect.arrayContaining(['≤0.5 %', '≤1.0 %', '≤0.2 %', '≤0.7 %', '0.7', '0.4']),
    );
  });

  test('0.3 apart is void and has no number', () => {
    const answer = compute({ mudAfter_g: ['9940', '9910'] }, { ...CONFIRMED, parameters: ['HN'] });
    expect(answer.result).toMatchObject({ valid: false, parameters: [{ value: null, verdict: 'not-judged' }] });
    expect(answer.result.text).toBe('该石样含泥量试验结果无效，应重新取样试验。');
    expect(answer.verdict).toBe('not-judged');
    expect(answer.warnings).toMatchObject([{ code: 'AGGREGATE_MUD_INVALID', notify: 'supervisor' }]);
  });

  test('clumps have no repeat rule', () => {
    const answer = compute({ clumpAfter_g: ['8000', '7920'] }, { ...CONFIRMED, parameters: ['NK'] });
    expect(answer.outputs.clumps).toMatchObject({ single_percent: ['0.0', '1.0'], result_percent: '0.5' });
    expect(answer.verdict).toBe('qualified');
  });

  test.each([
    ['≥C60', 5, 2],
    ['C55～C30', 10, 5],
    ['≤C25', 20, 7],
  ])('%s: exactly at the limits it is qualified, one tenth more is not', (grade, mud, clumps) => {
    expect(verdictAt(mud, clumps, grade)).toEqual(['qualified', 'qualified']);
    expect(verdictAt(mud + 1, clumps, grade)).toEqual(['unqualified', 'qualified']);
    expect(verdictAt(mud, clumps + 1, grade)).toEqual(['qualified', 'unqualified']);
  });

  test('special concrete of the lowest class is left to a person', () => {
    const special = { specialRequirement: 'yes' };
    expect(verdictAt(1, 1, '≤C25', special)).toEqual(['not-judged', 'not-judged']);
    expect(verdictAt(10, 5, 'C55～C30', special)).toEqual(['qualified', 'qualified']);
  });

  test('agrees with an independent implementation in both orders of the portions', () => {
    const pair = fc
      .tuple(fc.integer({ min: 2000, max: 20_000 }), fc.integer({ min: 0, max: 200 }))
      .map(([before, lost]): [string, string] => [String(before), String(before - lost)]);
    fc.assert(
      fc.property(pair, pair, (one, two) => {
        const of = (pairs: [string, string][]) =>
          compute(
            { mudBefore_g: pairs.map(([before]) => before), mudAfter_g: pairs.map(([, after]) => after) },
            { ...CONFIRMED, parameters: ['HN'] },
          );
        const singles = [one, two].map(([before, after]) => referenceContent(before, after)) as [string, string];
        const expected = referenceMean(...singles, '0.2', '0.1');
        const answer = of([one, two]);
        expect(answer.outputs.mud).toMatchObject({ single_percent: singles, result_percent: expected });
        expect(answer.verdict).toBe(
          expected === null ? 'not-judged' : Number(expected) * 10 <= 10 ? 'qualified' : 'unqualified',
        );
        expect(of([two, one]).result).toEqual(answer.result);
      }),
      { numRuns: 1000 },
    );
  });

  test('figures that can hardly be stop the record', () => {
    expect(codes(compute({ mudAfter_g: ['9000', '9000'] }).stops)).toEqual([]);
    expect(codes(compute({ mudAfter_g: ['8980', '9000'] }).stops)).toEqual(['STOP_MUD_CONTENT']);
    expect(compute().warnings).toEqual([]);
  });
});

describe('bad readings are refused', () => {
  test.each([
    [{ mudBefore_g: ['10', '10'] }, 'METHOD_OUT_OF_RANGE', 'mudBefore_g.0'],
    [{ mudBefore_g: ['10000', '60000'] }, 'METHOD_OUT_OF_RANGE', 'mudBefore_g.1'],
    [{ mudAfter_g: ['10001', '9900'] }, 'METHOD_CONFLICT', 'mudAfter_g.0'],
    [{ mudAfter_g: ['9900', '-1'] }, 'METHOD_NEGATIVE', 'mudAfter_g.1'],
    [{ mudAfter_g: ['9900', '0'] }, 'METHOD_ZERO', 'mudAfter_g.1'],
    [{ mudAfter_g: ['9900', '9 900'] }, 'METHOD_NOT_A_NUMBER', 'mudAfter_g.1'],
    [{ mudAfter_g: ['9900'] }, 'METHOD_WRONG_COUNT', 'mudAfter_g'],
    [{ clumpAfter_g: ['7976', '8001'] }, 'METHOD_CONFLICT', 'clumpAfter_g.1'],
    [{ stoneKind: '石子' }, 'METHOD_CHOICE_UNKNOWN', 'stoneKind'],
    [{ gradeClass: 'C40' }, 'METHOD_GRADE_UNKNOWN', 'gradeClass'],
    [{ nominalSize: ' ' }, 'METHOD_MISSING', 'nominalSize'],
    [{ sandKind: '天然砂' }, 'METHOD_UNKNOWN_FIELD', 'sandKind'],
  ])('%j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => compute(change))).toMatchObject({ code, field });
  });
});

test('names of a catalogue item', () => {
  expect(stoneMud.recognises('碎石 含泥量 泥块含量')).toBe(true);
  expect(stoneMud.recognises('砂 含泥量')).toBe(false);
  expect(stoneMud.describe({ gradeClass: '≥C60', stoneKind: '卵石', nominalSize: '5～20' })).toEqual({
    grade: '≥C60',
    spec: '卵石 5～20',
  });
});

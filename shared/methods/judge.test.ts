// Judging by a limit: requirement in words, both ways of comparing, what may judge, and the step that the record shows.
import { describe, expect, test } from 'vitest';
import { comparisonStep, limitOf, meets, requirementText, requireLimit, verdictOf, type BoundLimit } from './judge.ts';
import { ageTolerance, type AgeTolerance, type LimitTable, type Timing } from './method.ts';
import { refusalOf } from './testing/refusals.ts';

const limit = (change: Partial<BoundLimit>): BoundLimit => ({
  parameterCode: 'KL',
  appliesTo: 'HRB400',
  unit: 'MPa',
  compareMode: 'full-value',
  standard: 'GB 1499.2-2024',
  clause: '力学性能',
  ...change,
});

describe('a requirement in words', () => {
  test.each([
    [{ min: '400', unit: 'MPa' }, '≥400 MPa'],
    [{ max: '5.0', unit: '%' }, '≤5.0 %'],
    [{ min: '-5.5', max: '5.5', unit: '%' }, '±5.5 %'],
    [{ min: '-7', max: '10', unit: 'mm' }, '-7～10 mm'],
    [{ min: '1.25', unit: '' }, '≥1.25'],
  ])('%j is %s', (bounds, words) => {
    expect(requirementText(bounds)).toBe(words);
  });
});

test("a limit is that of its standard, parameter and grade; another one's is never taken", () => {
  const { standard, clause, ...row } = limit({ min: '540' });
  const table = (of: string, rows: LimitTable['rows']): LimitTable => ({
    standard: of,
    clause,
    title: '',
    status: 'draft',
    rows,
  });
  const tables = [
    table('GB 1499.2-2018', [{ ...row, min: '1' }]),
    table(standard, [{ ...row, parameterCode: 'QF' }]),
    table(standard, [{ ...row, appliesTo: 'HRB500' }, row]),
  ];
  expect(limitOf(tables, standard, 'KL', 'HRB400')).toEqual(limit({ min: '540' }));
  expect(limitOf(tables, standard, 'KL', 'HRB600')).toBeNull();
  expect(requireLimit(tables, standard, 'KL', 'HRB400', 'grade').min).toBe('540');
  expect(refusalOf(() => requireLimit(tables, standard, 'KL', 'HRB600', 'grade'))).toEqual({
    code: 'METHOD_LIMIT_UNKNOWN',
    field: 'grade',
    rule: standard,
  });
});

describe('a comparison', () => {
  const full = limit({ min: '540' });
  const rounded = limit({ min: '540', compareMode: 'rounded-value', step: '5' });

  test('takes the whole value or rounds it to the written digits first', () => {
    expect([meets('537.5', full), meets('540', full), meets('539.9', full)]).toEqual([false, true, false]);
    expect([meets('537.5', rounded), meets('537.4', rounded)]).toEqual([true, false]);
    expect(() => meets('540', limit({ min: '540', compareMode: 'rounded-value' }))).toThrow(
      'limit GB 1499.2-2024 KL has no step',
    );
  });

  test('judges only where the limits may', () => {
    expect([verdictOf(true, true), verdictOf(false, true)]).toEqual(['qualified', 'unqualified']);
    expect([verdictOf(true, false), verdictOf(false, false)]).toEqual(['not-judged', 'not-judged']);
  });

  test('is shown with its way of comparing', () => {
    expect(comparisonStep('抗拉强度', '537.5', full)).toMatchObject({
      name: '抗拉强度 判定',
      formula: '抗拉强度 ≥540 MPa',
      substituted: '537.5',
      value: '不符合',
      rule: '全数值比较法',
      clause: 'GB 1499.2-2024 力学性能',
    });
    expect(comparisonStep('抗拉强度', '537.5', rounded)).toMatchObject({
      value: '符合',
      rule: '修约值比较法（修约间隔 5）',
    });
  });
});

describe('the tolerance of an age', () => {
  const row = (days: number, toleranceHours: number, openEnded: boolean): AgeTolerance => ({
    days,
    toleranceHours,
    openEnded,
    clause: '',
    status: 'draft',
  });
  const timing: Timing = {
    kind: 'age',
    usualDays: [28],
    tolerances: [row(3, 2, false), row(28, 20, false), row(28, 48, true)],
  };
  const hours = (days: number, of: Timing = timing) => ageTolerance({ timing: of }, days)?.toleranceHours ?? null;

  test('is that of the very age, else of the last one that is open upwards, else a person decides', () => {
    expect([3, 28, 29, 60].map((days) => hours(days))).toEqual([2, 20, 48, 48]);
    expect([1, 4, 27].map((days) => hours(days))).toEqual([null, null, null]);
    expect(hours(28, { ...timing, tolerances: [row(28, 8, true)] })).toBe(8);
    expect(hours(3, { kind: 'prompt', turnaroundDays: 3 })).toBeNull();
  });
});

// What a confirmation covers: the very figures, and the other methods in which the same ones stand.
import { expect, test } from 'vitest';
import { confirmedText, coveredElsewhere, isConfirmation, referencesOf, tablesOf } from './confirmations.ts';
import { familyOf } from './families.ts';
import { listMethods, methodById } from './index.ts';
import type { LimitRow, TestMethod } from './method.ts';
import { limitPolicyName } from './policies.ts';

const ribbed = methodById('rebar-ribbed');
const standard = limitPolicyName('GB 1499.2-2024');
const names = (method: TestMethod, policy: string, all: readonly TestMethod[] = listMethods()): string[] =>
  coveredElsewhere(all, method, policy).map((other) => other.method.id);
const withRow = (method: TestMethod, change: (row: LimitRow) => LimitRow): TestMethod => ({
  ...method,
  limits: method.limits.map((table) => ({ ...table, rows: table.rows.map(change) })),
});

test('every setting for draft limits is a confirmation, and one that confirms tables', () => {
  for (const method of listMethods()) {
    for (const policy of method.policies.filter(({ name }) => name.startsWith('limits '))) {
      expect(isConfirmation(policy)).toBe(true);
      expect(tablesOf(method, policy.name).length).toBeGreaterThan(0);
    }
  }
  expect(isConfirmation(methodById('concrete-cube').policies[0]!)).toBe(false);
  expect(isConfirmation(methodById('rebound').policies.find(({ name }) => name.startsWith('tables '))!)).toBe(true);
});

test('every figure, unit, grade and way of comparing is part of what is confirmed', () => {
  const text = confirmedText(ribbed, standard);
  const changes: ((row: LimitRow) => LimitRow)[] = [
    (row) => ({ ...row, ...(row.min === undefined ? {} : { min: `${row.min}1` }) }),
    (row) => ({ ...row, ...(row.max === undefined ? {} : { max: `${row.max}1` }) }),
    (row) => ({ ...row, unit: `${row.unit}x` }),
    (row) => ({ ...row, appliesTo: `${row.appliesTo}E` }),
    (row) => ({ ...row, compareMode: 'full-value' }),
    (row) => ({ ...row, ...(row.step === undefined ? {} : { step: `${row.step}0` }) }),
  ];
  for (const change of changes) expect(confirmedText(withRow(ribbed, change), standard)).not.toBe(text);
  expect(confirmedText({ ...ribbed, limits: ribbed.limits.slice(1) }, standard)).not.toBe(text);
  expect(confirmedText({ ...ribbed }, standard)).toBe(text);
  expect(text).not.toContain('GB/T 1499.2-2018');
});

test('data that are no limits are shown and confirmed as well', () => {
  const rebound = methodById('rebound');
  const policy = 'tables JGJ/T 23-2011';
  const [angle, face, curve] = referencesOf(rebound, policy);
  expect([angle, face, curve].map((table) => table?.rows.length)).toEqual([31, 31, 1]);
  const heads = ['向上 90°', '向上 60°', '向上 45°', '向上 30°', '向下 30°', '向下 45°', '向下 60°', '向下 90°'];
  expect(angle?.columns.map(({ head }) => head).slice(1)).toEqual(heads);
  expect(face?.columns).toHaveLength(3);
  expect(angle?.rows[0]).toEqual(['20', '-6.0', '-5.0', '-4.0', '-3.0', '2.5', '3.0', '3.5', '4.0']);
  expect(curve?.rows[0]).toContain('0.034488');
  const other = { ...angle!, rows: [['20', '-6.1'], ...angle!.rows.slice(1)] };
  const changed = { ...rebound, references: { [policy]: [other, face!, curve!] } };
  expect(confirmedText(changed, policy)).not.toBe(confirmedText(rebound, policy));
});

test('every confirmation has something to be compared with the print', () => {
  for (const method of listMethods())
    for (const { name } of method.policies.filter(isConfirmation)) expect(confirmedText(method, name)).not.toBe('');
});

test('rows that stand in another method in the same clause are compared with these, not the other way round', () => {
  expect(names(ribbed, standard)).toEqual(['rebar-straightened']);
  // The straightened bar has the strengths alone; whoever compared those has not compared the rest.
  expect(names(methodById('rebar-straightened'), standard)).toEqual([]);
  // The same standard, other tables.
  expect(names(methodById('sand-mud'), limitPolicyName('JGJ 52-2006'))).toEqual([]);
  expect(names(methodById('rebound'), 'tables JGJ/T 23-2011')).toEqual([]);
});

test('a copy that differs in one figure is not covered', () => {
  const copy = withRow(methodById('rebar-straightened'), (row) => (row.min === '540' ? { ...row, min: '545' } : row));
  expect(names(ribbed, standard, [ribbed, copy])).toEqual([]);
  const twin = { ...ribbed, id: 'twin' };
  expect(names(ribbed, standard, [ribbed, twin])).toEqual(['twin']);
});

test('only the two words draft and confirmed make a confirmation, and only drafts are confirmed', () => {
  const options = (...values: string[]) => ({ options: values.map((value) => ({ value, label: value })) });
  const sets = [['draft', 'confirmed'], ['draft', 'confirmed', 'both'], ['draft', 'none'], ['draft']];
  expect(sets.map((values) => isConfirmation(options(...values)))).toEqual([true, false, false, false]);
  const verified = ribbed.limits.map((table) => ({ ...table, status: 'verified' as const }));
  expect(tablesOf({ limits: verified }, standard)).toEqual([]);
});

test('a single row that was compared is covered; data that are no limits never are', () => {
  const [first] = tablesOf(ribbed, standard);
  const single = { ...ribbed, id: 'single', limits: [{ ...first!, rows: first!.rows.slice(0, 1) }] };
  const found = coveredElsewhere([ribbed, single], ribbed, standard);
  expect(found.map(({ method, policy }) => [method.id, policy.name])).toEqual([['single', standard]]);
  const rebound = methodById('rebound');
  expect(names(rebound, 'tables JGJ/T 23-2011', [rebound, { ...rebound, id: 'twin' }])).toEqual([]);
});

test('every family has a Chinese name', () => {
  for (const method of listMethods()) expect(familyOf(method)).toMatch(/^\p{Script=Han}+$/u);
});

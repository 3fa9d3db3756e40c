// Whatever the layout, every limit of every table stands once, under its own property, in words that say the same.
import { expect, test } from 'vitest';
import { listMethods, methodById } from '../../shared/methods/index.ts';
import type { LimitRow, LimitTable } from '../../shared/methods/index.ts';
import { compareWords, limitGrid, limitWords } from './limitGrid.ts';

const tables = listMethods().flatMap((method) => method.limits.map((table) => ({ method, table })));

test('no limit of any table is lost or stands twice', () => {
  expect(tables.length).toBeGreaterThan(20);
  for (const { method, table } of tables) {
    const { columns, lines } = limitGrid(table, method);
    const shown = lines.flatMap(({ cells }) => cells.flatMap((cell) => cell ?? []));
    expect(shown).toHaveLength(table.rows.length);
    expect(new Set(shown)).toEqual(new Set(table.rows));
    for (const { cells } of lines) expect(cells).toHaveLength(columns.length);
    expect(new Set(lines.map(({ appliesTo }) => appliesTo)).size).toBe(lines.length);
  }
});

test('a limit stands under the name of its property', () => {
  for (const { method, table } of tables) {
    const { columns, lines } = limitGrid(table, method);
    for (const { cells } of lines)
      for (const [index, cell] of cells.entries()) {
        if (cell === null) continue;
        const name = method.parameters.find(({ code }) => code === cell.parameterCode)?.name ?? cell.parameterCode;
        expect(columns[index]!.parameter).toBe(name);
      }
  }
});

test('ages and sizes become columns, as in print', () => {
  const cement = methodById('cement-strength');
  const { columns, lines } = limitGrid(cement.limits[0]!, cement);
  expect(columns.map(({ parameter, part }) => `${parameter} ${part}`)).toEqual([
    '抗压强度 3d',
    '抗压强度 28d',
    '抗折强度 3d',
    '抗折强度 28d',
  ]);
  expect(lines[0]!.appliesTo).toBe('32.5');
  expect(lines[0]!.cells.map((cell) => limitWords(cell!))).toEqual(['≥12.0 MPa', '≥32.5 MPa', '≥3.0 MPa', '≥5.5 MPa']);
});

const row = (more: Partial<LimitRow>): LimitRow => ({
  parameterCode: 'A',
  appliesTo: '甲',
  unit: 'MPa',
  compareMode: 'full-value',
  ...more,
});
const tableOf = (rows: LimitRow[]): LimitTable => ({
  standard: 'S',
  clause: '1',
  title: 'T',
  status: 'draft',
  rows,
});
const bare = { parameters: [], fields: [] };

test('two limits for the same thing both stand', () => {
  const rows = [row({ min: '1' }), row({ min: '2' })];
  const { lines } = limitGrid(tableOf(rows), bare);
  expect(lines.flatMap(({ cells }) => cells)).toEqual(rows);
});

test('limits in words', () => {
  expect(limitWords(row({ min: '400' }))).toBe('≥400 MPa');
  expect(limitWords(row({ max: '5.0', unit: '%' }))).toBe('≤5.0 %');
  expect(limitWords(row({ min: '-5.5', max: '5.5', unit: '%' }))).toBe('±5.5 %');
  expect(limitWords(row({ min: '-7', max: '10', unit: 'mm' }))).toBe('-7～10 mm');
  expect(limitWords(row({ min: '4', max: '4', unit: 'd' }))).toBe('4 d');
  expect(limitWords(row({ min: '3.1', max: '3.7', unit: '' }))).toBe('3.1～3.7');
});

test('the way of comparing is said once, or for each property', () => {
  const rounded = row({ parameterCode: 'B', min: '1', compareMode: 'rounded-value', step: '0.1' });
  expect(compareWords(tableOf([row({ min: '1' })]), bare)).toBe('全数值比较法');
  expect(compareWords(tableOf([row({ min: '1' }), rounded]), bare)).toBe(
    'A：全数值比较法；B：修约值比较法，修约间隔 0.1 MPa',
  );
});

// Finding a method, and which edition is in force on a day.
import { expect, test } from 'vitest';
import { listMethods, methodById } from '../../shared/methods/index.ts';
import { editionInForce, editionState, findMethods, methodRows } from './methodList.ts';

const rows = methodRows('2026-11-23');
const found = (typed: string): string[] => findMethods(rows, typed).map(({ method }) => method.id);

test('every method is in the list, and nothing typed means all', () => {
  expect(rows).toHaveLength(listMethods().length);
  expect(found('  ')).toHaveLength(rows.length);
});

test('found by name, standard however written, parameter, family and item code', () => {
  expect(found('立方体')).toEqual(expect.arrayContaining(['concrete-cube', 'mortar-cube']));
  expect(found('立方体')).not.toContain('rebar-ribbed');
  for (const typed of ['GB/T 50081', 'gbt50081', 'gb/t50081', '50081'])
    expect(found(typed)).toEqual(expect.arrayContaining(['concrete-cube', 'concrete-flexural', 'concrete-splitting']));
  expect(found('屈标比')).toContain('rebar-ribbed');
  expect(found('砂浆')).toEqual(expect.arrayContaining(['mortar-batch', 'mortar-cube']));
  expect(found('hnt-ky')).toContain('concrete-cube');
  expect(found('钢筋 评定')).toEqual([]);
  expect(found('没有这个')).toEqual([]);
});

test('all words must match', () => {
  expect(found('混凝土 抗折')).toContain('concrete-flexural');
  expect(found('混凝土 抗折')).not.toContain('concrete-cube');
  expect(found('混凝土 抗折')).not.toContain('cement-strength');
});

test('an edition is in force from its first to its last day', () => {
  const [now, before] = methodById('rebar-ribbed').editions;
  expect(editionState(now!, '2024-09-24')).toBe('future');
  expect(editionState(now!, '2024-09-25')).toBe('current');
  expect(editionState(before!, '2024-09-24')).toBe('current');
  expect(editionState(before!, '2024-09-25')).toBe('past');
  expect(editionInForce(methodById('rebar-ribbed'), '2024-09-24').id).toBe('GB/T 1499.2-2018');
  expect(editionInForce(methodById('rebar-ribbed'), '2026-01-01').id).toBe('GB 1499.2-2024');
});

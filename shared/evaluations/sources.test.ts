// Which groups may be counted, in the words that stand beside those that may not.
import { describe, expect, test } from 'vitest';
import { listMethods, methodById } from '../methods/index.ts';
import { cellsOf, testsOf } from './sources.ts';

const barred = (evaluation: string, methodId: string, properties: Record<string, string>, ageDays: number | null) =>
  testsOf(evaluation)
    .find((one) => one.methodId === methodId)
    ?.barred({ properties, ageDays });

test('every evaluation of the library has its tests, and each delivers what is asked of it', () => {
  const evaluations = listMethods().filter(({ purpose }) => purpose === 'evaluation');
  expect(evaluations.length).toBeGreaterThan(1);
  for (const { id } of evaluations) {
    expect(testsOf(id).length, id).toBeGreaterThan(0);
    for (const { methodId } of testsOf(id)) expect(methodById(methodId).purpose).toBe('sample');
  }
  expect(testsOf('concrete-cube')).toEqual([]);
});

describe('what cannot be counted', () => {
  test.each([
    ['standard, 28 d', { curing: '标准养护' }, 28, null],
    ['standard, design age of 60 d', { curing: '标准养护' }, 60, null],
    ['standard, 7 d', { curing: '标准养护' }, 7, '龄期 7 d，不足 28 d'],
    ['same condition by the test of cubes', { curing: '同条件养护' }, 28, /没有除以 0\.88/],
    ['no curing said', {}, 28, '委托时没有写明养护条件'],
  ])('concrete cubes: %s', (_, properties, age, words) => {
    const found = barred('concrete-batch-evaluation', 'concrete-cube', properties, age);
    if (words instanceof RegExp) expect(found).toMatch(words);
    else expect(found).toBe(words);
  });

  test.each([
    ['standard, 28 d', { curing: '标准养护' }, 28, false],
    ['standard, 7 d', { curing: '标准养护' }, 7, true],
    ['standard, no age', { curing: '标准养护' }, null, true],
    ['same condition', { curing: '同条件养护' }, 28, true],
    ['no curing said', {}, 28, true],
  ])('mortar cubes: %s', (_, properties, age, isBarred) => {
    const found = barred('mortar-batch', 'mortar-cube', properties, age);
    expect(found !== null).toBe(isBarred);
  });
});

test('a group fills the columns that the evaluation has, an invalid one without a figure', () => {
  const group = {
    sampleNo: 'A',
    structurePart: '柱',
    testedOn: '2026-11-23',
    curing: '标准养护',
    valid: false,
    value: null,
  };
  expect(cellsOf(methodById('concrete-batch-evaluation'), group)).toEqual({
    sampleNos: 'A',
    parts: '柱',
    testedOn: '2026-11-23',
    states: 'invalid',
    values_MPa: null,
    curings: '标准养护',
  });
  expect(cellsOf(methodById('mortar-batch'), group)).not.toHaveProperty('curings');
});

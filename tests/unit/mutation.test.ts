// The mutation driver itself: which figures it changes and how, which mutants a seed draws, and how a score is reckoned.
import { describe, expect, test } from 'vitest';
import { neighbours } from '../mutation/figures.ts';
import { addFigureMutator, draw, drawOfEach, familyOf, keyOf, listMutants, sourceFiles } from '../mutation/mutants.ts';
import { rowOf, scoreOf } from '../mutation/summary.ts';
import type { Outcome } from '../mutation/trial.ts';

const FILE = 'shared/methods/foundation/rounding.ts';
const LIMITS = 'shared/methods/cement/strength/data.ts';

describe('a figure', () => {
  test.each([
    ['0.95', ['0.96', '1.95']],
    ['15', ['16', '25']],
    ['7', ['8']],
    ['0', ['1']],
    ['-7', ['-8']],
    ['9.5', ['9.6', '0.5']],
    ['99', ['90']],
    ['', []],
  ])('%s becomes %j', (text, expected) => {
    expect(neighbours(text)).toEqual(expected);
  });

  test('of a limit is changed, a clause and a label are not', async () => {
    await addFigureMutator();
    const figures = (await listMutants([LIMITS])).filter(({ mutatorName }) => mutatorName === 'Figure');
    const words = figures.map(({ replacement }) => replacement);
    expect(words).toContain('"17.1"');
    expect(words).toContain('"27.0"');
    expect(words).not.toContain('"7.4.4 强度"');
    expect(new Set(figures.map(keyOf)).size).toBe(figures.length);
  });
});

describe('the draw', () => {
  test('gives the same mutants for the same seed, others for another, and never one twice', async () => {
    const all = await listMutants([FILE, LIMITS]);
    const [once, again, other] = ['1', '1', '2'].map((seed) => draw(all, 20, seed).map(keyOf));
    expect(once).toEqual(again);
    expect(once).not.toEqual(other);
    expect(new Set(once).size).toBe(20);
    const five = drawOfEach(all, 5, '1').map(({ fileName }) => familyOf(fileName.slice(fileName.indexOf('shared/'))));
    expect(five.toSorted()).toEqual([...Array(5).fill('cement'), ...Array(5).fill('foundation')]);
  });

  test('leaves tests and their help alone', () => {
    const files = sourceFiles();
    expect(files).toContain(FILE);
    expect(files.filter((file) => file.includes('.test.') || file.includes('/testing/'))).toEqual([]);
  });
});

test('the score counts what a test noticed among what had a verdict', () => {
  const outcome = (status: Outcome['status']): Outcome => ({
    family: 'steel',
    file: 'a.ts',
    line: 1,
    operator: 'Figure',
    replacement: '1',
    status,
  });
  const row = rowOf('steel', [
    ...Array.from({ length: 6 }, () => outcome('Killed')),
    outcome('Timeout'),
    outcome('Survived'),
    outcome('NoCoverage'),
    outcome('NoCoverage'),
    outcome('RuntimeError'),
  ]);
  expect(row).toEqual({ family: 'steel', killed: 6, timeout: 1, survived: 1, noCoverage: 2, error: 1 });
  expect(scoreOf(row)).toBe(70);
  expect(scoreOf(rowOf('steel', []))).toBeNull();
});

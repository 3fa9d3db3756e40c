// Vector methods of the foundation: strangers are refused, an empty mark is none, whole numbers round to whole numbers.
import { describe, expect, test } from 'vitest';
import { foundationVectors } from './foundation.vectors.ts';
import { refusalOf } from '../testing/refusals.ts';

const run = (name: string, inputs: Record<string, unknown>) => foundationVectors[name]?.(inputs);
const REPORTED = { reported: '16.5', interval: '1' };
const COMPARED = { requirement: '≤10', max: '10', measured: '10', limitInterval: '1' };

describe('vectors of the foundation', () => {
  test.each([
    ['rounding', { value: '1.25', interval: '0.1' }],
    ['rounding-of-reported-value', REPORTED],
    ['limit-comparison', COMPARED],
  ])('%s refuses a field that it does not know', (name, inputs) => {
    expect(run(name, inputs)).toBeDefined();
    expect(refusalOf(() => run(name, { ...inputs, digits: '1' }))).toMatchObject({
      code: 'METHOD_UNKNOWN_FIELD',
      field: 'digits',
    });
  });

  test.each([[undefined], [null], ['']])('a mark of %j is none', (flag) => {
    expect(run('rounding-of-reported-value', { ...REPORTED, flag })).toEqual({ rounded: '16' });
    expect(run('limit-comparison', { ...COMPARED, flag })).toMatchObject({ fullValueMethod: true });
  });

  test('a mark decides; any other mark is refused', () => {
    expect(run('rounding-of-reported-value', { ...REPORTED, flag: '+' })).toEqual({ rounded: '17' });
    expect(run('limit-comparison', { ...COMPARED, flag: '+' })).toMatchObject({ fullValueMethod: false });
    expect(refusalOf(() => run('rounding-of-reported-value', { ...REPORTED, flag: '±' })).code).toBe(
      'METHOD_FLAG_INVALID',
    );
  });

  test('without a step the finest one written among the three values is taken', () => {
    expect(run('three-value-rule', { values: ['30', '31', '32'] })).toEqual({ rule: 'mean', value: '31' });
    expect(run('three-value-rule', { values: ['30', '31.0', '33'] })).toEqual({ rule: 'mean', value: '31.3' });
    expect(run('three-value-rule', { values: ['30', '31.0', '33.00'] })).toEqual({ rule: 'mean', value: '31.33' });
    expect(run('three-value-rule', { values: ['30', '31', '33'], interval: '0.5' })).toEqual({
      rule: 'mean',
      value: '31.5',
    });
  });
});

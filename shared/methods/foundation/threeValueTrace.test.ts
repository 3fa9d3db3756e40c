// What the record shows of the 15 % rule: the formula of the group value, with figures put in, says which rule decided.
import { describe, expect, test } from 'vitest';
import { threeValueRule } from './threeValueRule.ts';

const last = (values: readonly string[], unit = 'MPa') =>
  threeValueRule(values, '0.1', unit, 'GB/T 50081-2019 5.0.5').trace.at(-1);

describe('the last step of the trace', () => {
  test('a mean shows the sum of three', () => {
    expect(last(['30.0', '31.0', '33.0'])).toMatchObject({
      formula: '(f_{1} + f_{2} + f_{3}) / 3',
      substituted: '(30.0 + 31.0 + 33.0) / 3',
      value: '31.3',
      rule: '均未超过，取平均值，修约至 0.1 MPa',
    });
  });

  test('a middle value shows the middle value', () => {
    expect(last(['30.0', '31.0', '40.0'])).toMatchObject({
      formula: 'M',
      substituted: '31.0',
      value: '31.0',
      rule: '其中一个超过，取中间值，修约至 0.1 MPa',
    });
  });

  test('an invalid group shows no formula; a figure without a unit is rounded without one', () => {
    expect(last(['20.0', '31.0', '40.0'])).toMatchObject({ formula: '—', value: null });
    expect(last(['30.0', '31.0', '33.0'], '')?.rule).toBe('均未超过，取平均值，修约至 0.1');
  });
});

test('figures have the digits that the values were written with: the most of any, none where none has one', () => {
  const shown = (values: readonly string[]) =>
    threeValueRule(values, '0.1', 'MPa', 'GB/T 50081-2019 5.0.5').trace.map(({ substituted }) => substituted);
  expect(shown(['30', '31', '33'])).toEqual([undefined, '0.15 × 31', '33 − 31', '31 − 30', '(30 + 31 + 33) / 3']);
  expect(shown(['30', '31.0', '33.25']).slice(1, 4)).toEqual(['0.15 × 31.00', '33.25 − 31.00', '31.00 − 30.00']);
});

// The range chart: limits from the groups themselves, compared before they are rounded; what is outside, what is a shift.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { controlLimits, rangePercent, SHIFT_LENGTH } from './control.ts';

describe('range over mean', () => {
  test.each([
    // (780 − 765) / 772.333… = 1.942 %
    [['765.00', '772.00', '780.00'], '1.9'],
    [['100', '100', '100'], '0.0'],
    // 10 / 100 exactly
    [['95', '105'], '10.0'],
    // 0.05 is half a step: to the even digit, once
    [['1999.5', '2000.5'], '0.0'],
    [['1998.5', '2001.5'], '0.2'],
  ])('%j is %s %%', (values, percent) => expect(rangePercent(values)).toBe(percent));

  test('one value, no value, or nothing but zeros has none', () => {
    expect([rangePercent([]), rangePercent(['5']), rangePercent(['0', '0'])]).toEqual([null, null, null]);
  });

  test('it does not depend on order or unit', () => {
    const loads = fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 2, maxLength: 10 });
    fc.assert(
      fc.property(loads, (values) => {
        const text = values.map(String);
        const percent = rangePercent(text);
        expect(rangePercent(text.toReversed())).toBe(percent);
        expect(rangePercent(values.map((value) => String(value * 1000)))).toBe(percent);
      }),
    );
  });
});

describe('limits', () => {
  test('three of a group: centre, 2.574 times the centre above, nothing below', () => {
    // Centre 30.0 / 10 = 3.0; upper limit 7.722.
    const ranges = ['2.0', '3.0', '4.0', '3.0', '1.0', '5.0', '3.0', '2.0', '4.0', '3.0'];
    expect(controlLimits(ranges, 3)).toEqual({
      centre_percent: '3.0',
      upper_percent: '7.7',
      lower_percent: '0.0',
      outside: ranges.map(() => false),
      shifts: [],
    });
  });

  test('a group above the limit is outside, and the limit as printed does not decide', () => {
    // Sum 31.0 + x over 10: with x = 9.0 the centre is 4.0 and the limit 10.296.
    const others = ['3.0', '4.0', '3.0', '4.0', '3.0', '4.0', '3.0', '4.0', '3.0'];
    expect(controlLimits([...others, '9.0'], 3).outside.at(-1)).toBe(false);
    // With x = 13.0 the centre is 4.4 and the limit 11.3256.
    const { outside, upper_percent } = controlLimits([...others, '13.0'], 3);
    expect([outside.filter(Boolean).length, outside.at(-1), upper_percent]).toEqual([1, true, '11.3']);
    // 2 of a group: 49 × 1.0 and one of 3.4: centre 1.048, limit 3.423816, printed 3.4, and 3.4 is inside.
    const edge = controlLimits([...Array.from({ length: 49 }, () => '1.0'), '3.4'], 2);
    expect([edge.upper_percent, edge.outside.at(-1)]).toEqual(['3.4', false]);
  });

  test('groups of seven and more have a lower limit: too good is noticed, too', () => {
    const { lower_percent, outside } = controlLimits([...Array.from({ length: 9 }, () => '10.0'), '0.0'], 7);
    // Centre 9.0, lower limit 0.684.
    expect([lower_percent, outside.at(-1)]).toEqual(['0.7', true]);
  });

  test('nine in a row on one side are a shift; a value on the line breaks the row', () => {
    const row = (value: string, times: number): string[] => Array.from({ length: times }, () => value);
    expect(controlLimits([...row('2.0', SHIFT_LENGTH), ...row('4.0', SHIFT_LENGTH)], 3).shifts).toEqual([8, 17]);
    expect(controlLimits([...row('2.0', 8), ...row('4.0', 8)], 3).shifts).toEqual([]);
    // Centre exactly 3.0: eight below, one on the line, eight below, sixteen above.
    const broken = [...row('2.0', 8), '3.0', ...row('2.0', 8), ...row('4.0', 16)];
    expect(controlLimits(broken, 3).shifts).toEqual([25]);
  });

  test('a size without factors, or no group, has no limits', () => {
    expect(controlLimits(['1.0', '2.0'], 12)).toMatchObject({ centre_percent: null, outside: [false, false] });
    expect(controlLimits([], 3)).toMatchObject({ upper_percent: null, outside: [], shifts: [] });
  });
});

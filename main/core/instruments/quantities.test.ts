import { expect, test } from 'vitest';
import { inUnit, isWithin, plainFigure, quantityOf, rangeUpper, sameFigure, stepOf, zeroLimit } from './quantities.ts';

test('the same figure, exactly, also in another unit; units that cannot be compared are no match', () => {
  expect(sameFigure({ value: '100.0', unit: 'g' }, { value: '100.00', unit: 'g' })).toBe(true);
  expect(sameFigure({ value: '100.0', unit: 'g' }, { value: '100.01', unit: 'g' })).toBe(false);
  expect(sameFigure({ value: '1.5', unit: 'kg' }, { value: '1500', unit: 'g' })).toBe(true);
  expect(sameFigure({ value: '452700', unit: 'N' }, { value: '452.7', unit: 'kN' })).toBe(true);
  expect(sameFigure({ value: '1', unit: 'tf' }, { value: '9.80665', unit: 'kN' })).toBe(true);
  expect(sameFigure({ value: '1', unit: 'tf' }, { value: '9.8', unit: 'kN' })).toBe(false);
  expect(sameFigure({ value: '1', unit: 'g' }, { value: '1', unit: 'kN' })).toBeNull();
  expect(sameFigure({ value: '65.8', unit: '%RH' }, { value: '65.8', unit: '%' })).toBe(true);
  expect(sameFigure({ value: '0.30000000000000004', unit: 'g' }, { value: '0.3', unit: 'g' })).toBe(false);
});

test('what a person types', () => {
  expect(plainFigure(' 52.34 ')).toBe('52.34');
  expect(plainFigure('５２．３４')).toBe('52.34');
  expect(plainFigure('−0.5')).toBe('-0.5');
  expect(plainFigure('+3')).toBe('3');
  for (const no of ['', '52,34', '1e3', '12..3', '.5', '5.', '12 34', '约5']) expect(plainFigure(no)).toBeNull();
});

test('the upper end of a range', () => {
  expect(rangeUpper('0～2000 kN')).toEqual({ value: '2000', unit: 'kN' });
  expect(rangeUpper('(0～220) g')).toEqual({ value: '220', unit: 'g' });
  expect(rangeUpper('40kN～300kN')).toEqual({ value: '300', unit: 'kN' });
  expect(rangeUpper('-20～50 °C')).toEqual({ value: '50', unit: '℃' });
  for (const no of ['', '2000', 'kN', '0～0 kN', '大']) expect(rangeUpper(no)).toBeNull();
});

test('zero: 0.2 % of the range or one step, whichever is more', () => {
  const kN = (value: string) => ({ value, unit: 'kN' });
  expect(zeroLimit(kN('0.1'), kN('2000'))).toBe('4');
  expect(zeroLimit(kN('0'), kN('300'))).toBe('1');
  expect(zeroLimit({ value: '0.00', unit: 'g' }, { value: '2', unit: 'g' })).toBe('0.01');
  expect(zeroLimit({ value: '0', unit: 'g' }, { value: '2', unit: 'kg' })).toBe('4');
  expect(zeroLimit({ value: '0', unit: 'g' }, kN('2'))).toBeNull();
  expect(isWithin('4', '4')).toBe(true);
  expect(isWithin('-4.0', '4')).toBe(true);
  expect(isWithin('4.001', '4')).toBe(false);
  expect(stepOf('12.340')).toBe('0.001');
  expect(stepOf('12')).toBe('1');
});

test('kinds of unit', () => {
  expect([quantityOf('kN'), quantityOf('KG'), quantityOf('μm'), quantityOf('℃'), quantityOf('')]).toEqual([
    'force',
    'mass',
    'length',
    'other',
    'other',
  ]);
  expect(inUnit({ value: '200', unit: 'tf' }, 'kN')).toBe('1961.33');
  expect(inUnit({ value: '200', unit: '℃' }, 'kN')).toBeNull();
});

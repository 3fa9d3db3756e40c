// The row of a loading-rate table at the edges of its classes, and the window in kN/s of a given area.
import { describe, expect, test } from 'vitest';
import { loadingRateRow, loadingRateWindow, type LoadingRateWindow } from './loadingRate.ts';

const row = (from_MPa: string | null, below_MPa: string | null, min_MPa_s: string, max_MPa_s: string) =>
  ({ from_MPa, below_MPa, min_MPa_s, max_MPa_s, clause: `${from_MPa}～${below_MPa}`, status: 'verified' }) as const;
const OPEN: readonly LoadingRateWindow[] = [
  row(null, '30', '0.3', '0.5'),
  row('30', '60', '0.5', '0.8'),
  row('60', null, '0.8', '1.0'),
];
const CLOSED: readonly LoadingRateWindow[] = [row('10', '20', '0.3', '0.5')];

describe('the loading rate for an expected strength', () => {
  test.each([
    ['0.1', '0.3'],
    ['29.9', '0.3'],
    ['30', '0.5'],
    ['59.99', '0.5'],
    ['60.0', '0.8'],
    ['200', '0.8'],
  ])('%s MPa: a class begins with its lower bound and ends before its upper one', (expected, least) => {
    expect(loadingRateRow(OPEN, expected).min_MPa_s).toBe(least);
  });

  test.each(['9.9', '20', '20.1'])('%s MPa stands in no class of a table from 10 to below 20', (expected) => {
    expect(() => loadingRateRow(CLOSED, expected)).toThrow(`no loading rate for ${expected} MPa`);
    expect(loadingRateRow(CLOSED, '10')).toBe(CLOSED[0]);
  });

  test('the window of an area is the rate times the area, with every digit', () => {
    expect(loadingRateWindow(OPEN, '45', '22500')).toEqual({
      min_MPa_s: '0.5',
      max_MPa_s: '0.8',
      min_kN_s: '11.25',
      max_kN_s: '18',
      clause: '30～60',
    });
    expect(loadingRateWindow(OPEN, '20', '7854')).toMatchObject({ min_kN_s: '2.3562', max_kN_s: '3.927' });
  });
});

// Words of windows and days, and the sheets of the calendar.
import { describe, expect, test } from 'vitest';
import { addDays } from '../../shared/entities/scalars.ts';
import { mondayOf, monthAway, sheetOf } from './calendarDays.ts';
import { agesSaid, shortWindow, standingWord, windowWords } from './words.ts';

const day = (text: string): string => `2026-11-${text}+08:00`;

describe('windows', () => {
  test.each([
    ['a day', day('23T00:00:00.000'), day('23T23:59:59.999'), '当天', '当天'],
    ['days', day('21T00:00:00.000'), day('25T23:59:59.999'), '11-21～11-25', '11-21～11-25'],
    ['hours of a day', day('23T09:15:00.000'), day('23T10:45:00.000'), '09:15～10:45', '09:15～10:45'],
    ['hours over days', day('22T10:30:00.000'), day('24T02:30:00.000'), '11-22 10:30～11-24 02:30', '至 11-24 02:30'],
    [
      'by the hour from midnight on',
      day('23T00:00:00.000'),
      day('24T16:00:00.000'),
      '11-23 00:00～11-24 16:00',
      '至 11-24 16:00',
    ],
  ])('of %s', (_name, opensAt, closesAt, whole, short) => {
    expect([windowWords({ opensAt, closesAt }), shortWindow({ opensAt, closesAt })]).toEqual([whole, short]);
  });

  test('nothing is said where no tolerance is known; what has no age has no window that is over', () => {
    expect(windowWords({ opensAt: null, closesAt: null })).toBe('');
    expect(standingWord({ standing: 'late', ageDays: null }).word).toBe('已逾期');
    expect(standingWord({ standing: 'late', ageDays: 28 })).toEqual({ word: '窗口已过', tone: 'bad', shape: '✕' });
  });

  test('ages that have tasks, in order', () => {
    const ages = { '3': 2, '7': 0, '28': 10, '56': 0, '60': 0, other: 1, none: 3 };
    expect(agesSaid({ ages })).toBe('3 d 2、28 d 10、其他龄期 1、无龄期 3');
  });
});

describe('sheets', () => {
  test('a week begins on Monday', () => {
    expect(['2026-11-22', '2026-11-23', '2026-11-24', '2027-01-01'].map(mondayOf)).toEqual([
      '2026-11-16',
      '2026-11-23',
      '2026-11-23',
      '2026-12-28',
    ]);
  });

  test('every month is whole, in whole weeks, and never longer than the core counts', () => {
    for (let month = '2024-01-15'; month < '2030-01-01'; month = monthAway(month, 1)) {
      const { from, days } = sheetOf('month', month);
      const first = `${month.slice(0, 7)}-01`;
      const last = addDays(monthAway(first, 1), -1);
      expect(mondayOf(from)).toBe(from);
      expect(days % 7).toBe(0);
      expect([from <= first, addDays(from, days - 1) >= last, days <= 42, addDays(from, days - 8) < last]).toEqual([true, true, true, true]); // prettier-ignore
    }
  });

  test('the last day of a longer month is the last one of a shorter', () => {
    expect([monthAway('2026-01-31', 1), monthAway('2028-01-31', 1), monthAway('2026-12-31', 1), monthAway('2026-03-31', -1)]).toEqual([
      '2026-02-28', '2028-02-29', '2027-01-31', '2026-02-28',
    ]); // prettier-ignore
    expect(sheetOf('fortnight', '2026-11-29')).toEqual({ from: '2026-11-23', days: 14 });
  });
});

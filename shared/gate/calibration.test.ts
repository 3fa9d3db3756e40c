import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addMonths, dayOf, daysBetween, isDay, isTimestamp, sayDuration, sayInstant } from './calendar.ts';
import { calibrationValidThrough, calibrationWarnFrom } from './calibration.ts';

const anyDay = fc.integer({ min: 0, max: 36_500 }).map((count) => addDays('2000-01-01', count));

describe('calibration validity', () => {
  test.each([
    ['2026-03-15', 12, '2027-03-14'],
    ['2026-03-01', 12, '2027-02-28'],
    ['2027-03-01', 12, '2028-02-29'],
    ['2026-01-01', 12, '2026-12-31'],
    ['2026-12-31', 1, '2027-01-30'],
    ['2026-08-28', 6, '2027-02-27'],
    ['2026-08-29', 6, '2027-02-28'],
    ['2026-08-30', 6, '2027-02-28'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2027-08-29', 6, '2028-02-28'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2028-02-29', 48, '2032-02-28'],
    ['2026-05-31', 1, '2026-06-30'],
    ['2026-04-30', 1, '2026-05-29'],
  ])('%s for %i months holds through %s', (calibratedOn, months, expected) => {
    expect(calibrationValidThrough(calibratedOn, months)).toBe(expected);
  });

  test('a later calibration never ends earlier, and the period lies within its months', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (day, months) => {
        const end = calibrationValidThrough(day, months);
        expect(calibrationValidThrough(addDays(day, 1), months) >= end).toBe(true);
        expect(end > day && end <= addMonths(day, months)).toBe(true);
        expect(isDay(end)).toBe(true);
      }),
    );
  });

  test('warns from one month before the last valid day', () => {
    expect(calibrationWarnFrom('2027-03-14')).toBe('2027-02-14');
    expect(calibrationWarnFrom('2027-03-31')).toBe('2027-02-28');
    expect(calibrationWarnFrom('2027-01-15')).toBe('2026-12-15');
  });
});

describe('calendar', () => {
  test('days that do not exist are none', () => {
    expect(['2028-02-29', '2026-12-31'].map(isDay)).toEqual([true, true]);
    expect(['2026-02-29', '2026-13-01', '2026-00-10', '2026-4-1', '2026-04-31', ''].map(isDay)).toEqual(
      Array(6).fill(false),
    );
    expect(isTimestamp('2026-02-30T10:00:00+08:00')).toBe(false);
    expect(isTimestamp('2026-02-28T24:00:00+08:00')).toBe(false);
    expect(isTimestamp('2026-02-28T10:00:00')).toBe(false);
    expect(isTimestamp('2026-02-28T10:00:00.123Z')).toBe(true);
  });

  test('an instant falls on its +08:00 day', () => {
    expect(dayOf('2026-11-22T16:00:00Z')).toBe('2026-11-23');
    expect(dayOf('2026-11-22T15:59:59Z')).toBe('2026-11-22');
    expect(dayOf('2026-11-23T00:00:00+08:00')).toBe('2026-11-23');
    expect(sayInstant('2026-11-22T16:05:00Z')).toBe('2026年11月23日 00:05');
  });

  test('durations in words', () => {
    expect([90_000_000, 86_400_000, 5_400_000, 59_000].map(sayDuration)).toEqual([
      '1 天 1 小时',
      '1 天',
      '1 小时 30 分',
      '0 分',
    ]);
  });

  test('days there and back', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -4000, max: 4000 }), (day, count) => {
        expect(daysBetween(day, addDays(day, count))).toBe(count);
      }),
    );
  });
});

// How a task stands: every moment has exactly one answer, and they follow one another as time goes on.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, toWallTime } from '../entities/scalars.ts';
import { methodById } from '../methods/index.ts';
import { ageGroupOf, standingOf, standings, toleranceHours, windowOf, type Standing } from './due.ts';

const cube = methodById('concrete-cube');
const cement = methodById('cement-strength');
const at = (day: string, time = '12:00'): string => `${day}T${time}:00.000+08:00`;
const stands = (
  dueOn: string,
  madeAt: string | null,
  hours: number | null,
  now: string,
  state = 'waiting',
): Standing => {
  const window = windowOf(dueOn, madeAt, hours);
  return standingOf({ dueOn, state, opensAt: window?.opensAt ?? null, closesAt: window?.closesAt ?? null }, now);
};

describe('tolerances come from the method', () => {
  test.each([
    ['concrete 28 d', cube, 28, 20],
    ['concrete 60 d, by the table of older ages, is not in it', cube, 60, null],
    ['concrete 90 d, the open end of the table', cube, 90, 48],
    ['concrete 14 d, not in the table', cube, 14, null],
    ['cement 3 d', cement, 3, 0.75],
    ['cement 28 d', cement, 28, 8],
    ['mortar, no table', methodById('mortar-cube'), 28, null],
    ['bars have no age, whatever the sample says', methodById('rebar-ribbed'), 28, null],
    ['nothing built in', null, 28, null],
    ['no age', cube, null, null],
  ])('%s', (_name, method, days, hours) => {
    expect(toleranceHours(method, days)).toBe(hours);
  });
});

describe('a day in the life of a task', () => {
  const due = '2026-11-23';
  test.each<[string, string | null, number | null, string, Standing]>([
    ['day before, day alone, 20 h', null, 20, at('2026-11-22'), 'early'],
    ['the day itself', null, 20, at(due, '23:59'), 'today'],
    ['the day after', null, 20, at('2026-11-24', '00:00'), 'late'],
    ['two days before, 48 h', null, 48, at('2026-11-21'), 'open'],
    ['three days before, 48 h', null, 48, at('2026-11-20'), 'early'],
    ['two days after, 48 h', null, 48, at('2026-11-25'), 'open'],
    ['three days after, 48 h', null, 48, at('2026-11-26', '00:00'), 'late'],
    ['cement of 10:00, before its hour', '10:00', 0.75, at(due, '09:00'), 'today'],
    ['cement of 10:00, the last minute', '10:00', 0.75, at(due, '10:45'), 'today'],
    ['cement of 10:00, gone', '10:00', 0.75, at(due, '10:46'), 'late'],
    ['20 h from 06:30, the evening before', '06:30', 20, at('2026-11-22', '10:30'), 'open'],
    ['20 h from 06:30, after midnight', '06:30', 20, at('2026-11-24', '02:30'), 'open'],
    ['20 h from 06:30, gone', '06:30', 20, at('2026-11-24', '02:31'), 'late'],
    ['without tolerance, the day after', '10:00', null, at('2026-11-24', '00:00'), 'late'],
    ['without tolerance, the day before', null, null, at('2026-11-22'), 'early'],
  ])('%s', (_name, madeAt, hours, now, standing) => {
    expect(stands(due, madeAt, hours, now)).toBe(standing);
    expect(stands(due, madeAt, hours, now, 'testing')).toBe(standing);
    for (const state of ['tested', 'checked', 'approved', 'void'])
      expect(stands(due, madeAt, hours, now, state)).toBe('done');
  });
});

test('time goes one way: early, then open or today, then late, and never back', () => {
  const order: Record<Standing, number> = { early: 0, open: 1, today: 1, late: 2, done: 3 };
  fc.assert(
    fc.property(
      fc.option(fc.constantFrom('00:00', '06:30', '12:00', '23:59')),
      fc.option(fc.constantFrom(0.25, 0.75, 2, 6, 8, 20, 48)),
      fc.array(fc.integer({ min: -5 * 1440, max: 5 * 1440 }), { minLength: 2, maxLength: 30 }),
      (madeAt, hours, minutes) => {
        const due = '2026-11-23';
        const seen = minutes
          .toSorted((one, other) => one - other)
          .map(
            (minute) => order[stands(due, madeAt, hours, toWallTime(Date.parse(at(due, '00:00')) + minute * 60_000))],
          );
        expect(seen).toEqual(seen.toSorted((one, other) => one - other));
      },
    ),
  );
});

test('ages have their columns', () => {
  expect([3, 7, 28, 56, 60, 14, 90, null].map(ageGroupOf)).toEqual([
    '3',
    '7',
    '28',
    '56',
    '60',
    'other',
    'other',
    'none',
  ]);
  expect(standings).toHaveLength(5);
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
});

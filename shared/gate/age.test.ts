// The window of an age is the gate's answer turned round: nothing between its ends is refused, everything outside is.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toWallTime } from '../entities/scalars.ts';
import { ageWindow, askAge } from './age.ts';
import { sound } from './testing/facts.ts';

const outcome = (madeOn: string, requiredAgeDays: number, hours: number, at: string): string => {
  const specimen = { name: '样品', madeOn, requiredAgeDays, tolerance: { hours, clause: '表 1' } };
  return askAge({ ...sound('run-start'), at, specimen }).faults[0]?.code ?? 'pass';
};
const expected = (window: { opensAt: string; closesAt: string }, at: string): string =>
  at < window.opensAt ? 'GATE_AGE_EARLY' : at > window.closesAt ? 'GATE_AGE_LATE' : 'pass';

const day = fc
  .integer({ min: 0, max: 4000 })
  .map((n) => toWallTime(Date.UTC(2020, 0, 1) + n * 86_400_000).slice(0, 10));
const clock = fc
  .integer({ min: 0, max: 1439 })
  .map((n) => `T${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}:00+08:00`);
const hours = fc.constantFrom(0, 0.25, 0.5, 0.75, 2, 6, 8, 20, 24, 30, 48, 72);
const age = fc.constantFrom(1, 3, 7, 14, 28, 56, 60, 90);

describe('the window and the gate', () => {
  test('agree at every moment, for specimens made at an hour and on a day', () => {
    fc.assert(
      fc.property(
        day,
        fc.option(clock),
        age,
        hours,
        fc.integer({ min: -80 * 60_000, max: 80 * 60_000 }),
        (made, hour, days, tolerance, minutes) => {
          const madeOn = hour === null ? made : `${made}${hour}`;
          const due = Date.parse(hour === null ? `${made}T00:00:00+08:00` : madeOn) + days * 86_400_000;
          // Within eighty hours of the due moment, to the tenth of a second.
          const at = toWallTime(due + minutes * 60);
          const window = ageWindow(madeOn, days, tolerance);
          expect([made, hour, days, tolerance, at, outcome(madeOn, days, tolerance, at)]).toEqual([
          made, hour, days, tolerance, at, expected(window, at),
        ]); // prettier-ignore
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('both ends are inside, a thousandth of a second beyond is not', () => {
    fc.assert(
      fc.property(day, fc.option(clock), age, hours, (made, hour, days, tolerance) => {
        const madeOn = hour === null ? made : `${made}${hour}`;
        const { opensAt, closesAt } = ageWindow(madeOn, days, tolerance);
        const beside = (at: string, ms: number) => outcome(madeOn, days, tolerance, toWallTime(Date.parse(at) + ms));
        expect([beside(opensAt, 0), beside(closesAt, 0), beside(opensAt, -1), beside(closesAt, 1)]).toEqual([
          'pass', 'pass', 'GATE_AGE_EARLY', 'GATE_AGE_LATE',
        ]); // prettier-ignore
      }),
    );
  });

  test.each([
    ['2026-10-26', 28, 20, '2026-11-23T00:00:00.000+08:00', '2026-11-23T23:59:59.999+08:00'],
    ['2026-09-24', 60, 48, '2026-11-21T00:00:00.000+08:00', '2026-11-25T23:59:59.999+08:00'],
    ['2026-11-20T10:00:00+08:00', 3, 0.75, '2026-11-23T09:15:00.000+08:00', '2026-11-23T10:45:00.000+08:00'],
    ['2026-10-26T06:30:00+08:00', 28, 20, '2026-11-22T10:30:00.000+08:00', '2026-11-24T02:30:00.000+08:00'],
  ])('made %s, %i d ± %d h: from %s to %s', (madeOn, days, tolerance, opensAt, closesAt) => {
    expect(ageWindow(madeOn, days, tolerance)).toEqual({ opensAt, closesAt });
  });
});

// An edition on the days around its first and last one.
import { expect, test } from 'vitest';
import { methodById } from '../../shared/methods/index.ts';
import { editionStanding, testDay } from './editionStanding.ts';

const { editions } = methodById('rebar-ribbed');
const [current, former] = editions;

test('said before the first and after the last day only', () => {
  expect(editionStanding(editions, former?.id ?? '', '2024-09-24')).toBeNull();
  expect(editionStanding(editions, former?.id ?? '', '2024-09-25')?.word).toContain('已被代替（到 2024-09-24）');
  expect(editionStanding(editions, current?.id ?? '', '2024-09-24')?.word).toContain('尚未实施（2024-09-25 起）');
  expect(editionStanding(editions, current?.id ?? '', '2024-09-25')).toBeNull();
  expect(editionStanding(editions, former?.id ?? '', null)).toBeNull();
});

test('the day is that of the newest run that counts or place that was read, never of a correction', () => {
  const run = (endedAt: string, validity: 'valid' | 'invalid') => ({ endedAt, validity, peakKn: '1' }) as never;
  const reading = (at: string, current: boolean, field = 'a') =>
    ({ at, current, field, specimenNo: 1, position: null, value: '1' }) as never;
  const runs = [run('2026-11-20T09:00:00+08:00', 'valid'), run('2026-11-22T09:00:00+08:00', 'invalid')];
  expect(testDay({ runs, readings: [] })).toBe('2026-11-20');
  const corrected = [reading('2026-11-19T09:00:00+08:00', false), reading('2026-11-23T09:00:00+08:00', true)];
  expect(testDay({ runs, readings: corrected })).toBe('2026-11-20');
  expect(testDay({ runs, readings: [reading('2026-11-21T09:00:00+08:00', true, 'b')] })).toBe('2026-11-21');
  expect(testDay({ runs: [], readings: [reading('2026-11-23T09:00:00+08:00', false)] })).toBeNull();
});

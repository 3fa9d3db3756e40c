import { expect, test } from 'vitest';
import { daysUntil, readDay, showAge, showTime } from './time.ts';

test('days typed in short mean the nearest one that is not in the future', () => {
  const from = '2026-11-23';
  expect(readDay('2026-11-03', from)).toBe('2026-11-03');
  expect(readDay('20261103', from)).toBe('2026-11-03');
  expect(readDay('2026.11.3', from)).toBe('2026-11-03');
  expect(readDay('2026年11月3日', from)).toBe('2026-11-03');
  expect(readDay('1103', from)).toBe('2026-11-03');
  expect(readDay('11-3', from)).toBe('2026-11-03');
  expect(readDay('1224', from)).toBe('2025-12-24');
  expect(readDay('3', from)).toBe('2026-11-03');
  expect(readDay('25', from)).toBe('2026-10-25');
  expect(readDay('31', '2026-01-05')).toBe('2025-12-31');
  expect(readDay('１１０３', from)).toBe('2026-11-03');
});

test('what is no day of the calendar stays as typed', () => {
  for (const text of ['2026-02-30', '1332', '昨天', '', '99', '2026-13-01'])
    expect(readDay(text, '2026-11-23')).toBeNull();
});

test('times are shown as the lab’s wall clock', () => {
  expect(showTime('2026-11-23T09:05:07.123+08:00')).toBe('2026-11-23 09:05');
  expect(showTime('2026-11-23T01:05:07Z', true)).toBe('2026-11-23 09:05:07');
  expect(showTime(null)).toBe('—');
  expect(showAge('2026-11-23T09:00:00+08:00', Date.parse('2026-11-23T12:30:00+08:00'))).toBe('3 小时前');
  expect(daysUntil('2026-11-22', '2026-11-23')).toBe(-1);
});

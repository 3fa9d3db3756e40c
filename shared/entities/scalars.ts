// The scalar shapes that every entity is made of. Decimals are text, so that a rounded value keeps its digits;
// times carry the offset +08:00 (the lab's wall clock), dates are calendar days of that clock.
import { z } from 'zod';
import '../errors/fieldMessages.ts';

/** A decimal number as text: sign, digits, optional fraction; no exponent, no blanks. */
export const decimalText = z.string().regex(/^-?\d+(\.\d+)?$/, '应为十进制数字');
/** Calendar day, YYYY-MM-DD. */
export const calendarDay = z.iso.date('应为日期 YYYY-MM-DD');
/** RFC 3339 time with offset +08:00. */
export const wallTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?\+08:00$/, '应为带 +08:00 的时间');
/** Lower-case hex SHA-256. */
export const sha256Text = z.string().regex(/^[0-9a-f]{64}$/);

/** One line of text without characters that cannot be seen (a report may not hold them); `max` in characters. */
export const lineOf = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `不得超过 ${max} 字`)
    .regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]*$/u, '含有看不见的字符');
/** The same, and not empty. */
export const requiredLine = (max: number) => lineOf(max).min(1, '必填');

export const commissionNoText = requiredLine(25);
export const sampleNoText = requiredLine(25);
export const recordNoText = requiredLine(20);
export const reportNoText = requiredLine(25);

/** Formats an instant as the lab's wall time, RFC 3339 with +08:00 and milliseconds. */
export function toWallTime(instant: Date | number): string {
  const shifted = new Date((typeof instant === 'number' ? instant : instant.getTime()) + 8 * 3_600_000);
  return `${shifted.toISOString().slice(0, -1)}+08:00`;
}

/** 2025-11-23T10:20:31.123+08:00 → 2025-11-23 10:20:31, as it is printed and told. */
export function printedTime(wallTime: string): string {
  return wallTime.slice(0, 19).replace('T', ' ');
}

/** The lab's calendar day of an instant. */
export function toCalendarDay(instant: Date | number): string {
  return toWallTime(instant).slice(0, 10);
}

/** Adds whole days to a calendar day. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

// Times as people at a bench read them. Stored times carry +08:00; they are shown as that wall clock.
import { toCalendarDay, toWallTime } from '../../shared/entities/scalars.ts';

export function today(): string {
  return toCalendarDay(Date.now());
}

/** `2026-11-23 09:05`, with seconds where they matter. */
export function showTime(wallTime: string | null | undefined, seconds = false): string {
  if (!wallTime) return '—';
  const normal =
    wallTime.endsWith('+08:00') || Number.isNaN(Date.parse(wallTime)) ? wallTime : toWallTime(Date.parse(wallTime));
  return normal.slice(0, seconds ? 19 : 16).replace('T', ' ');
}

/** `3 天前` and the like: how old something is, in the largest whole unit. */
export function showAge(wallTime: string, now = Date.now()): string {
  const minutes = Math.floor((now - Date.parse(wallTime)) / 60_000);
  if (minutes < 1) return '刚刚';
  if (minutes < 60) return `${minutes} 分钟前`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} 小时前`;
  return `${Math.floor(minutes / 1440)} 天前`;
}

/** Whole days from today to a calendar day; negative when it is past. */
export function daysUntil(day: string, from = today()): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/**
 * A calendar day as typed in a hurry: `2026-11-03`, `20261103`, `2026.11.3`, `1103`, `11-3`, `3`.
 * Without a year the nearest such day not after today is meant, since specimens were made in the past.
 * Answers null when it is no day of the calendar.
 */
export function readDay(typed: string, from = today()): string | null {
  const text = typed
    .trim()
    .replaceAll(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - 0xff10))
    .replaceAll(/[年月./]/g, '-')
    .replace(/日$/, '');
  const pad = (value: string): string => value.padStart(2, '0');
  const check = (year: string, month: string, day: string): string | null => {
    const result = `${year}-${pad(month)}-${pad(day)}`;
    const time = Date.parse(`${result}T00:00:00Z`);
    return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== result ? null : result;
  };
  const full = /^(\d{4})-?(\d{1,2})-?(\d{1,2})$/.exec(text);
  if (full !== null && (text.includes('-') || text.length === 8)) return check(full[1]!, full[2]!, full[3]!);
  const [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))];
  const monthDay = /^(\d{1,2})-(\d{1,2})$/.exec(text) ?? /^(\d{2})(\d{2})$/.exec(text);
  if (monthDay !== null) {
    const same = check(String(year), monthDay[1]!, monthDay[2]!);
    return same !== null && same > from ? check(String(year - 1), monthDay[1]!, monthDay[2]!) : same;
  }
  const dayOnly = /^\d{1,2}$/.exec(text);
  if (dayOnly === null) return null;
  const same = check(String(year), String(month), dayOnly[0]);
  if (same !== null && same <= from) return same;
  return month === 1 ? check(String(year - 1), '12', dayOnly[0]) : check(String(year), String(month - 1), dayOnly[0]);
}

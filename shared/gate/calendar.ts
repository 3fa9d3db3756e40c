// Calendar of the gate. The law speaks in days of China Standard Time (+08:00, no summer time), so days are
// `YYYY-MM-DD` strings that compare as text, and clocks appear only where hours matter (age of a specimen).

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIMESTAMP =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(\.\d+)?)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
const HOUR = 3_600_000;
const OFFSET = 8 * HOUR;

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** A day that exists, `2028-02-29` but not `2026-02-29`. */
export function isDay(text: string): boolean {
  const parts = DATE.exec(text);
  if (parts === null) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  return year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** RFC 3339 with an offset and a day that exists. */
export function isTimestamp(text: string): boolean {
  const parts = TIMESTAMP.exec(text);
  return parts !== null && isDay(parts[1] ?? '');
}

export function instantOf(timestamp: string): number {
  return Date.parse(timestamp);
}

/** The day in +08:00 on which an instant falls. */
export function dayOf(timestamp: string): string {
  return new Date(instantOf(timestamp) + OFFSET).toISOString().slice(0, 10);
}

function split(day: string): [number, number, number] {
  return day.split('-').map(Number) as [number, number, number];
}

function textOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

export function addDays(day: string, count: number): string {
  return textOf(Date.parse(`${day}T00:00:00Z`) + count * 24 * HOUR);
}

/** Whole days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / (24 * HOUR));
}

/** Same calendar day some months away; where that month has no such day, its last day. */
export function addMonths(day: string, count: number): string {
  const [year, month, date] = split(day);
  const index = year * 12 + (month - 1) + count;
  const targetYear = Math.floor(index / 12);
  const targetMonth = index - targetYear * 12 + 1;
  return textOf(Date.UTC(targetYear, targetMonth - 1, Math.min(date, daysInMonth(targetYear, targetMonth))));
}

/** `2026年11月3日`. */
export function sayDay(day: string): string {
  const [year, month, date] = split(day);
  return `${year}年${month}月${date}日`;
}

/** `2026年11月3日 09:05`, in +08:00. */
export function sayInstant(timestamp: string): string {
  const local = new Date(instantOf(timestamp) + OFFSET).toISOString();
  return `${sayDay(local.slice(0, 10))} ${local.slice(11, 16)}`;
}

/** `3 天 2 小时`, `5 小时 10 分`, `0 分`. */
export function sayDuration(milliseconds: number): string {
  const minutes = Math.floor(Math.abs(milliseconds) / 60_000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  if (days > 0) return hours > 0 ? `${days} 天 ${hours} 小时` : `${days} 天`;
  return hours > 0 ? `${hours} 小时 ${minutes % 60} 分` : `${minutes} 分`;
}

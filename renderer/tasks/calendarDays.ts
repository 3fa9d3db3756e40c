// Sheets of the calendar: whole weeks from a Monday, a month with what is around it or two weeks.
import { addDays } from '../../shared/entities/scalars.ts';

export type Sheet = 'month' | 'fortnight';

export const weekdayNames = ['一', '二', '三', '四', '五', '六', '日'] as const;

export function mondayOf(day: string): string {
  // Sunday is 0 by the calendar of JavaScript, and the last day of a week here.
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/** First day and length of the sheet that holds a day. */
export function sheetOf(sheet: Sheet, day: string): { from: string; days: number } {
  if (sheet === 'fortnight') return { from: mondayOf(day), days: 14 };
  const from = mondayOf(`${day.slice(0, 7)}-01`);
  const next = monthAway(`${day.slice(0, 7)}-01`, 1);
  const days = Math.round((Date.parse(`${next}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
  return { from, days: Math.ceil(days / 7) * 7 };
}

/** The same day of another month, or its last one. */
export function monthAway(day: string, step: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + step, 1));
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return addDays(first.toISOString().slice(0, 10), Math.min(date, length) - 1);
}

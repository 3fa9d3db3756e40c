// The conditions of a room as words with shapes, and ranges of days.
import type { ClimateNow } from '../../shared/climate/calls.ts';
import { addDays } from '../../shared/entities/scalars.ts';
import type { StateWord } from '../design/words.ts';

export const conditionWords: Record<ClimateNow['condition'], StateWord> = {
  inside: { word: '正常', tone: 'good', shape: '●' },
  outside: { word: '超限', tone: 'bad', shape: '■' },
  missing: { word: '无读数', tone: 'warn', shape: '▲' },
  none: { word: '未接入', tone: 'quiet', shape: '○' },
};

export const units = ['day', 'week', 'month'] as const;
export type Unit = (typeof units)[number];
export const unitNames: Record<Unit, string> = { day: '日', week: '周', month: '月' };
export const unitDays: Record<Unit, number> = { day: 1, week: 7, month: 30 };

export interface Days {
  from: string;
  to: string;
}
/** The last day of a range, and as many days back as its unit has. */
export const daysOf = (unit: Unit, end: string): Days => ({ from: addDays(end, 1 - unitDays[unit]), to: end });
export const rangeOf = ({ from, to }: Days): { from: string; to: string } => ({
  from: `${from}T00:00`,
  to: `${to}T23:59`,
});
export const shownMinute = (minute: string): string => minute.replace('T', ' ');

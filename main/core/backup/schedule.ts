// When a target is due: after the hour of the day, after so many hours, and again after a failure, each time a little
// later. Times are the lab's wall clock.
import type { BackupSettings } from '../../../shared/backup/calls.ts';
import { toCalendarDay } from '../../../shared/entities/scalars.ts';

export interface TargetState {
  /** Time of the last good backup, and its name. */
  goodAt: string | null;
  goodName: string | null;
  lastAt: string | null;
  lastText: string;
  /** Failures in a row. */
  failures: number;
}

export const freshTarget: TargetState = {
  goodAt: null,
  goodName: null,
  lastAt: null,
  lastText: '还没有备份过。',
  failures: 0,
};

const hour = 3_600_000;
const firstRetryMs = 15 * 60_000;
const longestRetryMs = 4 * hour;

/** Moment of the next try; null when nothing is planned. A moment in the past means now. */
export function nextTry(state: TargetState, settings: BackupSettings, now: number): number | null {
  if (state.failures > 0 && state.lastAt !== null)
    return Date.parse(state.lastAt) + Math.min(firstRetryMs * 2 ** (state.failures - 1), longestRetryMs);
  const moments: number[] = [];
  if (settings.dailyAt !== null) moments.push(nextDaily(settings.dailyAt, state.goodAt, now));
  if (settings.everyHours > 0)
    moments.push(state.goodAt === null ? now : Date.parse(state.goodAt) + settings.everyHours * hour);
  return moments.length === 0 ? null : Math.min(...moments);
}

/** A day whose hour has passed without a backup since is made up for at once: the machine was off at night. */
function nextDaily(dailyAt: string, goodAt: string | null, now: number): number {
  const today = Date.parse(`${toCalendarDay(now)}T${dailyAt}:00+08:00`);
  const latest = today <= now ? today : today - 24 * hour;
  const good = goodAt === null ? Number.NEGATIVE_INFINITY : Date.parse(goodAt);
  return good >= latest ? latest + 24 * hour : latest;
}

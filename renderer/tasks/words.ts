// Words and shapes of the tasks: how they stand, when they may be tested, whose they are.
import type { TaskRow } from '../../shared/tasks/calls.ts';
import { ageGroups, standingOf, type Standing } from '../../shared/tasks/due.ts';
import { ageGroupNames, lateName, standingNames } from '../../shared/tasks/words.ts';
import type { TaskDay } from '../../shared/tasks/calls.ts';
import { toWallTime } from '../../shared/entities/scalars.ts';
import type { StateWord, Tone } from '../design/words.ts';
import { daysUntil } from '../design/time.ts';

const looks: Readonly<Record<Standing, readonly [tone: Tone, shape: string]>> = {
  late: ['bad', '✕'],
  today: ['warn', '▲'],
  open: ['busy', '◐'],
  early: ['quiet', '○'],
  done: ['good', '✓'],
};

export function standingWord({ standing, ageDays }: Pick<TaskRow, 'standing' | 'ageDays'>): StateWord {
  const [tone, shape] = looks[standing];
  return { word: standing === 'late' ? lateName(ageDays) : standingNames[standing], tone, shape };
}

/** Headings of a list; what may be tested now stands together. */
export const standingGroup: Readonly<Record<Standing, string>> = {
  late: '已逾期',
  today: '今天可检',
  open: '今天可检',
  early: '未到期',
  done: '已检测',
};

/** `今天`, `过 3 天`, `还有 2 天`. */
export function dueWords(dueOn: string): string {
  const days = daysUntil(dueOn);
  if (days === 0) return '今天';
  return days < 0 ? `过 ${-days} 天` : `还有 ${days} 天`;
}

const monthDay = (at: string): string => at.slice(5, 10);
const clock = (at: string): string => at.slice(11, 16);

/** When it may be tested, as short as it can be said; empty where no tolerance is known. */
export function windowWords({ opensAt, closesAt }: Pick<TaskRow, 'opensAt' | 'closesAt'>): string {
  if (opensAt === null || closesAt === null) return '';
  const whole = clock(opensAt) === '00:00' && closesAt.slice(11, 23) === '23:59:59.999';
  const oneDay = opensAt.slice(0, 10) === closesAt.slice(0, 10);
  if (whole) return oneDay ? '当天' : `${monthDay(opensAt)}～${monthDay(closesAt)}`;
  return oneDay
    ? `${clock(opensAt)}～${clock(closesAt)}`
    : `${monthDay(opensAt)} ${clock(opensAt)}～${monthDay(closesAt)} ${clock(closesAt)}`;
}

/** For a narrow column: of a window over several days by the hour, its end. */
export function shortWindow(row: Pick<TaskRow, 'opensAt' | 'closesAt'>): string {
  const whole = windowWords(row);
  return whole.includes(' ') && row.closesAt !== null ? `至 ${monthDay(row.closesAt)} ${clock(row.closesAt)}` : whole;
}

/** Item, grade and age, which tell two tasks of one sample apart. */
export const whatOf = ({ itemName, grade, ageDays, ageNote }: TaskRow): string =>
  [itemName, grade, ageDays === null ? '' : `${ageDays} d`, ageNote ?? ''].filter(Boolean).join(' · ');

/** How a task of the working set stands now; the same rule as the lists. */
export const standsNow = (task: {
  dueOn: string;
  state: string;
  opensAt?: string | null | undefined;
  closesAt?: string | null | undefined;
}): Standing =>
  standingOf(
    { dueOn: task.dueOn, state: task.state, opensAt: task.opensAt ?? null, closesAt: task.closesAt ?? null },
    toWallTime(Date.now()),
  );

/** `3 d 2、28 d 10`. */
export const agesSaid = ({ ages }: Pick<TaskDay, 'ages'>): string =>
  ageGroups
    .filter((group) => ages[group] > 0)
    .map((group) => `${ageGroupNames[group]} ${ages[group]}`)
    .join('、');

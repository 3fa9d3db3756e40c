// The calendar of ages: how many tasks of each age fall on each day, what of it is open, late or done.
import { addDays } from '../../../shared/entities/scalars.ts';
import type { TaskDay, TaskScope } from '../../../shared/tasks/calls.ts';
import { ageGroupOf, ageGroups, type AgeGroup } from '../../../shared/tasks/due.ts';
import { nullableNumber, textOf as text } from '../../store/cells.ts';
import type { Value } from '../../store/tables.ts';
import type { Context } from '../context.ts';
import { dueFrom, openTask, standingSql } from './due.ts';

interface Span {
  readonly from: string;
  readonly days: number;
  readonly scope: TaskScope;
}

export function taskCalendar(context: Context, { from: first, days, scope }: Span, personId: string): TaskDay[] {
  const { store } = context;
  const last = addDays(first, days - 1);
  const whose = { all: '1', mine: 'task.assigneeId = ?', unassigned: 'task.assigneeId IS NULL' }[scope];
  const who: Value[] = scope === 'mine' ? [personId] : [];
  const byDay = new Map<string, TaskDay>();
  for (let day = first; day <= last; day = addDays(day, 1))
    byDay.set(day, { day, ages: emptyAges(), open: 0, late: 0, done: 0 });
  const { from, parameters } = dueFrom(context);
  for (const row of store.all(
    `SELECT task.dueOn, CASE WHEN bounds.aged = 1 THEN bounds.ageDays END AS ageDays, ${standingSql} = 'late' AS late, count(*) AS n
     FROM ${from} WHERE ${openTask} AND task.dueOn BETWEEN ? AND ? AND ${whose} GROUP BY 1, 2, 3`,
    ...parameters,
    first,
    last,
    ...who,
  )) {
    const day = byDay.get(text(row['dueOn']));
    if (day === undefined) continue;
    const n = Number(row['n']);
    day.ages[ageGroupOf(nullableNumber(row['ageDays']))] += n;
    day.open += n;
    if (row['late'] === 1) day.late += n;
  }
  // What is done is only counted: by the index of days alone, however many years there are.
  for (const row of store.all(
    `SELECT dueOn, count(*) AS n FROM task WHERE dueOn BETWEEN ? AND ? AND state IN ('tested', 'checked', 'approved') AND ${whose} GROUP BY dueOn`,
    first,
    last,
    ...who,
  )) {
    const day = byDay.get(text(row['dueOn']));
    if (day !== undefined) day.done = Number(row['n']);
  }
  return [...byDay.values()];
}

const emptyAges = (): Record<AgeGroup, number> =>
  Object.fromEntries(ageGroups.map((group) => [group, 0])) as Record<AgeGroup, number>;

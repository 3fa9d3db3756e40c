// Which tasks are due, as SQL: one condition for the lists, the calendar, the figures of the overview and the export. The
// store compares texts against bounds that `shared/tasks/due.ts` makes of the gate's own tolerances.
import { toCalendarDay } from '../../../shared/entities/scalars.ts';
import { dueBounds, openTaskStates, toleranceHours, type DueBounds, type Standing } from '../../../shared/tasks/due.ts';
import { textOf as text } from '../../store/cells.ts';
import type { Value } from '../../store/tables.ts';
import { catalogueMethod } from '../catalogue.ts';
import type { Context } from '../context.ts';

type Now = Pick<Context, 'store' | 'now'>;

const states = openTaskStates.map((state) => `'${state}'`).join(', ');
/** As the index of open tasks has it; nothing of a commission that the supervisor made void is due. */
export const openTask = `task.state IN (${states}) AND commission.platformState <> 'voided'`;

const ageOfTask = 'coalesce(task.ageDays, sample.requiredAgeDays)';

/** The age a task is tested at; null for a method without one, whatever the sample says. */
export const agedOf = (
  store: Context['store'],
  itemCode: string,
  ageDays: number | null,
): { ageDays: number | null; hours: number | null } => {
  const method = catalogueMethod(store, itemCode);
  return {
    ageDays: method !== null && method.timing.kind === 'prompt' ? null : ageDays,
    hours: toleranceHours(method, ageDays),
  };
};

interface Bounds extends DueBounds {
  readonly itemCode: string;
  readonly ageDays: number;
  readonly aged: boolean;
}

/** Items and ages of the open tasks, with the bounds of each at this moment. */
function boundsOf({ store, now }: Now): Bounds[] {
  const at = now().getTime();
  return store
    .all(
      `SELECT DISTINCT task.itemCode, ${ageOfTask} AS ageDays FROM task JOIN sample USING (sampleNo)
       WHERE task.state IN (${states}) AND ${ageOfTask} IS NOT NULL`,
    )
    .map((row) => {
      const itemCode = text(row['itemCode']);
      const asked = Number(row['ageDays']);
      const { ageDays, hours } = agedOf(store, itemCode, asked);
      return { itemCode, ageDays: asked, aged: ageDays !== null, ...dueBounds(at, hours) };
    });
}

/** What is due later than this day is inside no window yet: most open tasks need not be looked at. */
const horizonOf = (today: string, bounds: readonly Bounds[]): string =>
  bounds
    .flatMap(({ openDay, openAt }) => [openDay, openAt?.slice(0, 10) ?? openDay])
    .reduce((latest, day) => (day > latest ? day : latest), today);

const dueMoment = `task.dueOn || 'T' || sample.madeAt || ':00.000'`;
const byHour = 'bounds.lateAt IS NOT NULL AND sample.madeAt IS NOT NULL';
const isLate = `CASE WHEN ${byHour} THEN ${dueMoment} < bounds.lateAt ELSE task.dueOn < coalesce(bounds.lateDay, clock.today) END`;
const isOpen = `CASE WHEN ${byHour} THEN ${dueMoment} <= bounds.openAt ELSE task.dueOn <= coalesce(bounds.openDay, clock.today) END`;

/** How a task stands, as a column; the same answer as `standingOf`. */
export const standingSql = `CASE WHEN task.state NOT IN (${states}) THEN 'done' WHEN ${isLate} THEN 'late'
  WHEN task.dueOn = clock.today THEN 'today' WHEN ${isOpen} THEN 'open' ELSE 'early' END`;

/** Tables of a list of tasks, with the parameters that go before those of its condition. */
export interface DueTables {
  readonly from: string;
  readonly parameters: readonly Value[];
}

export function dueFrom(context: Now): DueTables {
  const today = toCalendarDay(context.now());
  const bounds = boundsOf(context);
  return {
    // DISTINCT makes the bounds a table of their own, read once and not for every task.
    from: `task JOIN sample USING (sampleNo) JOIN commission ON commission.commissionNo = task.commissionNo
      LEFT JOIN item ON item.itemCode = task.itemCode LEFT JOIN testRecord ON testRecord.recordNo = task.recordNo
      JOIN (SELECT ? AS today, ? AS horizon) AS clock
      LEFT JOIN (SELECT DISTINCT value ->> 'itemCode' AS itemCode, value ->> 'ageDays' AS ageDays, value ->> 'lateDay' AS lateDay,
          value ->> 'lateAt' AS lateAt, value ->> 'openDay' AS openDay, value ->> 'openAt' AS openAt, value ->> 'aged' AS aged
        FROM json_each(?)) AS bounds
        ON bounds.itemCode = task.itemCode AND bounds.ageDays = ${ageOfTask}`,
    parameters: [today, horizonOf(today, bounds), JSON.stringify(bounds)],
  };
}

/** Open tasks that stand in one of these ways. */
export function standsAs(...wanted: readonly Standing[]): string {
  const near = wanted.some((one) => one === 'early' || one === 'done') ? '' : 'AND task.dueOn <= clock.horizon ';
  return `${openTask} ${near}AND ${standingSql} IN (${wanted.map((one) => `'${one}'`).join(', ')})`;
}

/** Late first, then what is due at the earliest hour. */
export const urgency = `CASE ${standingSql} WHEN 'late' THEN 0 WHEN 'early' THEN 2 WHEN 'done' THEN 3 ELSE 1 END, task.dueOn, coalesce(sample.madeAt, '99'), task.sampleNo, task.taskId`;

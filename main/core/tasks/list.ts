// The list of tasks: whose, how far ahead, with what is known of their age. Counted and paged in the store.
import type { z } from 'zod';
import { addDays, toCalendarDay, toWallTime } from '../../../shared/entities/scalars.ts';
import type { TaskList, TaskQuery, TaskRow, taskListSchema } from '../../../shared/tasks/calls.ts';
import { MATURITY_DUE, standings, windowOf, type Standing } from '../../../shared/tasks/due.ts';
import { SOON_DAYS } from '../../../shared/overview/figures.ts';
import { Exact } from '../../../shared/methods/index.ts';
import { jsonOf, nullableNumber, nullableText as nullable, textOf as text } from '../../store/cells.ts';
import type { Row, Value } from '../../store/tables.ts';
import type { Context } from '../context.ts';
import { dayLimitOf } from './people.ts';
import { agedOf, dueFrom, openTask, type DueTables, standingSql, standsAs, urgency } from './due.ts';

export const PAGE_ROWS = 200;

const columns = `task.*, sample.requiredAgeDays, sample.madeAt, sample.name AS sampleName, sample.grade, sample.structurePart,
  sample.propertiesJson, commission.projectName, coalesce(item.name, task.itemCode) AS itemName, testRecord.testerName,
  ${standingSql} AS standing,
  EXISTS (SELECT 1 FROM person WHERE person.personId = task.assigneeId AND person.state = 'active') AS present`;

interface Condition {
  readonly sql: string;
  readonly parameters: readonly Value[];
}

function rangeOf({ range, day }: TaskQuery, today: string): Condition {
  switch (range) {
    case 'now':
      return { sql: standsAs('late', 'today', 'open'), parameters: [] };
    case 'week':
      return { sql: `${openTask} AND task.dueOn <= ?`, parameters: [addDays(today, SOON_DAYS.tasks)] };
    case 'open':
      return { sql: openTask, parameters: [] };
    case 'day':
      return {
        sql: `task.dueOn = ? AND task.state <> 'void' AND commission.platformState <> 'voided'`,
        parameters: [day ?? today],
      };
    default:
      return range satisfies never;
  }
}

/** Columns in which a word is looked for. */
const searched = [
  'task.sampleNo',
  'sample.sampleCode',
  'commission.projectName',
  'sample.structurePart',
  'item.name',
  'task.assigneeName',
];

function wordsOf(wanted: string): Condition {
  if (wanted === '') return { sql: '1', parameters: [] };
  return {
    sql: `(${searched.map((column) => `instr(lower(coalesce(${column}, '')), lower(?)) > 0`).join(' OR ')})`,
    parameters: searched.map(() => wanted),
  };
}

function scopeOf(scope: TaskQuery['scope'], personId: string): Condition {
  if (scope === 'mine') return { sql: 'task.assigneeId = ?', parameters: [personId] };
  if (scope === 'unassigned') return { sql: 'task.assigneeId IS NULL', parameters: [] };
  return { sql: '1', parameters: [] };
}

const all = (...conditions: readonly Condition[]): Condition => ({
  sql: conditions.map(({ sql }) => `(${sql})`).join(' AND '),
  parameters: conditions.flatMap(({ parameters }) => parameters),
});

/** Standings and owners of a range are counted in one pass. */
function countsOf(
  context: Context,
  { from, parameters }: DueTables,
  range: Condition,
  query: TaskQuery,
  personId: string,
): Pick<TaskList, 'scopes' | 'standings' | 'total'> {
  const groups = context.store.all(
    `SELECT ${standingSql} AS standing, CASE WHEN task.assigneeId IS NULL THEN 'none' WHEN task.assigneeId = ? THEN 'mine' ELSE 'other' END AS whose,
       count(*) AS n FROM ${from} WHERE ${range.sql} GROUP BY 1, 2`,
    personId,
    ...parameters,
    ...range.parameters,
  );
  const sum = (wanted: (row: Row) => boolean): number =>
    groups.filter(wanted).reduce((total, row) => total + Number(row['n']), 0);
  const inScope = ({ whose }: Row): boolean =>
    query.scope === 'all' || whose === (query.scope === 'mine' ? 'mine' : 'none');
  return {
    scopes: {
      mine: sum(({ whose }) => whose === 'mine'),
      all: sum(() => true),
      unassigned: sum(({ whose }) => whose === 'none'),
    },
    standings: Object.fromEntries(
      standings.map((one) => [one, sum((row) => row['standing'] === one && inScope(row))]),
    ) as Record<Standing, number>,
    total: sum(inScope),
  };
}

export function listTasks(
  context: Context,
  query: TaskQuery,
  personId: string,
  { offset = 0, limit = PAGE_ROWS }: { offset?: number; limit?: number } = {},
): z.infer<typeof taskListSchema> {
  const now = context.now();
  const range = all(rangeOf(query, toCalendarDay(now)), wordsOf(query.text.trim()));
  const tables = dueFrom(context);
  const { from, parameters } = tables;
  const where = all(range, scopeOf(query.scope, personId));
  const rows = context.store.all(
    `SELECT ${columns} FROM ${from} WHERE ${where.sql} ORDER BY ${urgency} LIMIT ? OFFSET ?`,
    ...parameters,
    ...where.parameters,
    limit,
    offset,
  );
  return {
    at: toWallTime(now),
    rows: rows.map((row) => taskRowOf(context, row)),
    dayLimit: dayLimitOf(context.store),
    ...countsOf(context, tables, range, query, personId),
  };
}

function taskRowOf(context: Context, row: Row): TaskRow {
  const dueOn = text(row['dueOn']);
  const asked = nullableNumber(row['ageDays'] ?? row['requiredAgeDays']);
  const { ageDays, hours } = agedOf(context.store, text(row['itemCode']), asked);
  const window = windowOf(dueOn, nullable(row['madeAt']), hours);
  return {
    taskId: text(row['taskId']),
    sampleNo: text(row['sampleNo']),
    sampleName: text(row['sampleName']),
    itemName: text(row['itemName']),
    ageDays,
    ageNote: maturityNote(row['propertiesJson']),
    grade: text(row['grade']),
    projectName: text(row['projectName']),
    structurePart: text(row['structurePart']),
    dueOn,
    opensAt: window?.opensAt ?? null,
    closesAt: window?.closesAt ?? null,
    state: text(row['state']) as TaskRow['state'],
    standing: text(row['standing']) as Standing,
    recordNo: nullable(row['recordNo']),
    testerName: nullable(row['testerName']),
    assigneeId: nullable(row['assigneeId']),
    assigneeName: nullable(row['assigneeName']),
    assigneeAway: row['assigneeId'] !== null && row['present'] === 0,
    assignedAt: nullable(row['assignedAt']),
    assignedByName: nullable(row['assignedByName']),
    assignedReason: nullable(row['assignedReason']),
  };
}

/** Only the site knows how the sum goes on; the program has what came with the sample. */
function maturityNote(propertiesJson: Value | undefined): string | null {
  const sum = propertiesJson ? jsonOf<Record<string, string | undefined>>(propertiesJson)['maturity_Cd'] : undefined;
  if (sum === undefined) return null;
  const short = new Exact(sum).lessThan(MATURITY_DUE);
  return short ? `${sum} ℃·d，不足 ${MATURITY_DUE}` : `${sum} ℃·d`;
}

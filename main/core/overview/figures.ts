// What waits, what is late, what runs out: one condition per figure, for its number and for its list.
import { figureIds, SOON_DAYS, type FigureId } from '../../../shared/overview/figures.ts';
import type { FigureRow } from '../../../shared/overview/calls.ts';
import { addDays, toCalendarDay } from '../../../shared/entities/scalars.ts';
import { calibrationValidThrough } from '../../../shared/gate/index.ts';
import { textOf as text } from '../../store/cells.ts';
import type { Row, Value } from '../../store/tables.ts';
import { dossierKinds } from '../../../shared/dossier/kinds.ts';
import { unqualifiedWhere } from '../afterIssue/unqualified.ts';
import type { Context } from '../context.ts';
import { dueInUse } from '../dossier/entries.ts';
import { dueFrom, standsAs, type DueTables } from '../tasks/due.ts';

/** A list answers this many rows at once. */
export const PAGE_ROWS = 200;

type Reader = Context['store'];

/** Rows of `from` that fulfil `where`, as the list shows them: key, place, opens, title, detail, day, who. */
interface Listed {
  readonly columns: string;
  readonly from: string;
  readonly where: string;
  readonly parameters: readonly Value[];
  readonly order: string;
}

/** Counted by the condition of the lists of 任务. */
const dueTasks = ({ from, parameters }: DueTables, where: string, ...own: Value[]): Listed => ({
  columns: `task.taskId AS key, 'tasks' AS place, task.sampleNo AS opens, task.sampleNo || ' ' || coalesce(item.name, task.itemCode) AS title,
    commission.projectName || ' ' || sample.structurePart AS detail, task.dueOn AS day,
    coalesce(testRecord.testerName, task.assigneeName, '') AS who`,
  from,
  where,
  parameters: [...parameters, ...own],
  order: 'task.dueOn, task.taskId',
});

const records = (where: string, detail = 'commission.projectName'): Listed => ({
  columns: `testRecord.recordNo AS key, 'review' AS place, testRecord.recordNo AS opens,
    testRecord.recordNo || ' ' || coalesce(item.name, testRecord.itemCode) AS title, ${detail} AS detail,
    substr(coalesce(testRecord.testedAt, testRecord.createdAt), 1, 10) AS day, coalesce(testRecord.testerName, '') AS who`,
  from: `testRecord JOIN commission USING (commissionNo) LEFT JOIN item ON item.itemCode = testRecord.itemCode`,
  where,
  parameters: [],
  order: 'testRecord.testedAt, testRecord.recordNo',
});

const reports = (where: string, day: string, detail = 'commission.projectName'): Listed => ({
  columns: `report.reportKey AS key, 'reports' AS place, report.reportKey AS opens, report.reportNo || ' ' || report.title AS title,
    ${detail} AS detail, substr(${day}, 1, 10) AS day, coalesce(report.approverName, '') AS who`,
  from: 'report JOIN commission USING (commissionNo)',
  where,
  parameters: [],
  order: `${day}, report.reportNo`,
});

/** As approval asks: every record checked, nothing of the same commission, item and day still to be tested. */
const ready = `report.state = 'draft'
  AND EXISTS (SELECT 1 FROM reportRecord WHERE reportRecord.reportKey = report.reportKey)
  AND NOT EXISTS (SELECT 1 FROM reportRecord JOIN testRecord USING (recordNo)
    WHERE reportRecord.reportKey = report.reportKey AND testRecord.state NOT IN ('checked', 'approved'))
  AND NOT EXISTS (SELECT 1 FROM task WHERE task.commissionNo = report.commissionNo AND task.itemCode = report.itemCode
    AND task.dueOn = report.dueOn AND task.state IN ('waiting', 'testing', 'tested')
    AND (task.recordNo IS NULL OR task.recordNo NOT IN (SELECT recordNo FROM reportRecord WHERE reportRecord.reportKey = report.reportKey)))`;

const unqualified = (context: Context, part: 'open' | 'overdue'): Listed => {
  const { sql, parameters } = unqualifiedWhere(context, part);
  return {
    columns: `unqualified.ledgerNo AS key, 'review' AS place, unqualified.recordNo AS opens,
      unqualified.recordNo || ' ' || unqualified.value || '（要求 ' || unqualified.requirement || '）' AS title,
      commission.projectName AS detail, substr(unqualified.foundAt, 1, 10) AS day, coalesce(testRecord.testerName, '') AS who`,
    from: 'unqualified JOIN commission USING (commissionNo) JOIN testRecord USING (recordNo)',
    where: sql,
    parameters,
    order: 'unqualified.foundAt, unqualified.ledgerNo',
  };
};

/** The latest qualification of a working person for an item; an earlier one that a later one took the place of is no figure. */
const qualifications = (where: string, ...parameters: Value[]): Listed => ({
  columns: `personId || '/' || itemCode AS key, 'people' AS place, personId AS opens, person || ' ' || item AS title,
    '证书 ' || certificateNo AS detail, validTo AS day, person AS who`,
  from: `(SELECT person.personId, personQualification.itemCode, person.name AS person, person.certificateNo,
      coalesce(item.name, personQualification.itemCode) AS item, max(personQualification.validTo) AS validTo
    FROM personQualification JOIN person USING (personId) LEFT JOIN item ON item.itemCode = personQualification.itemCode
    WHERE person.state = 'active' AND personQualification.state = 'active' GROUP BY 1, 2)`,
  where,
  parameters,
  order: 'validTo, personId, itemCode',
});

/** What several figures rest on, each read when the first of them asks. */
interface Sources {
  due(): DueTables;
  machines(): FigureRow[];
  planned(): FigureRow[];
}

function sourcesOf(context: Context): Sources {
  const once = <T extends object>(read: () => T): (() => T) => {
    let known: T | null = null;
    return () => (known ??= read());
  };
  return {
    due: once(() => dueFrom(context)),
    machines: once(() => machines(context.store)),
    planned: once(() => planned(context.store)),
  };
}

/** Their days are not in SQL: months of a calibration are counted, and the newest entry of a dossier is looked for. */
const dated = {
  equipmentExpired: { rows: 'machines', soon: null },
  equipmentSoon: { rows: 'machines', soon: SOON_DAYS.equipment },
  plannedOverdue: { rows: 'planned', soon: null },
  plannedSoon: { rows: 'planned', soon: SOON_DAYS.planned },
} as const;
type DatedFigure = keyof typeof dated;
type SqlFigure = Exclude<FigureId, DatedFigure>;

function listed(context: Context, sources: Sources, figure: SqlFigure): Listed {
  const today = toCalendarDay(context.now());
  switch (figure) {
    case 'tasksOverdue':
      return dueTasks(sources.due(), standsAs('late'));
    case 'tasksToday':
      return dueTasks(sources.due(), standsAs('today', 'open'));
    case 'tasksSoon':
      return dueTasks(sources.due(), `${standsAs('early')} AND task.dueOn <= ?`, addDays(today, SOON_DAYS.tasks));
    case 'recordsToCheck':
      return records(`testRecord.state = 'tested'`);
    case 'recordsReturned':
      return records(
        `testRecord.state = 'testing' AND testRecord.returnedReason IS NOT NULL`,
        'testRecord.returnedReason',
      );
    case 'reportsToApprove':
      return reports(ready, 'report.createdAt');
    case 'reportsWithoutCode':
      return reports(
        `report.state IN ('approved', 'submitted')`,
        'report.approvedAt',
        `coalesce(report.waitingFor, commission.projectName)`,
      );
    case 'reportsRefused':
      return reports(
        `report.state = 'rejected'`,
        'report.approvedAt',
        `coalesce(report.waitingFor, commission.projectName)`,
      );
    case 'unqualifiedOverdue':
      return unqualified(context, 'overdue');
    case 'unqualifiedOpen':
      return unqualified(context, 'open');
    case 'qualificationsExpired':
      return qualifications('validTo < ?', today);
    case 'qualificationsSoon':
      return qualifications('validTo >= ? AND validTo <= ?', today, addDays(today, SOON_DAYS.qualifications));
    default:
      return figure satisfies never;
  }
}

/** Machines in use with the last day their calibration holds. */
function machines(store: Reader): FigureRow[] {
  return store.all(`SELECT * FROM equipment WHERE platformState = 'active' AND localState <> 'stopped'`).map((row) => {
    const equipmentId = text(row['equipmentId']);
    return {
      key: equipmentId,
      opens: { place: 'equipment', key: equipmentId },
      title: `${equipmentId} ${text(row['name'])}`,
      detail: `${text(row['model'])} 证书 ${text(row['certificateNo'])}`,
      day: calibrationValidThrough(text(row['startDate']), Number(row['validMonths'])),
      who: '',
    };
  });
}

/** What the dossiers say comes round again. */
function planned(store: Reader): FigureRow[] {
  return dueInUse(store).map(({ subject, subjectId, subjectName, kind, title, nextOn }) => ({
    key: `${subject}/${subjectId}/${kind}`,
    opens: { place: subject === 'equipment' ? 'equipment' : 'people', key: subjectId },
    title: `${subject === 'equipment' ? `${subjectId} ` : ''}${subjectName} ${dossierKinds[kind].name}`,
    detail: title,
    day: nextOn,
    who: subject === 'person' ? subjectName : '',
  }));
}

const isDated = (figure: FigureId): figure is DatedFigure => Object.hasOwn(dated, figure);

function datedRows({ now }: Pick<Context, 'now'>, sources: Sources, figure: DatedFigure): FigureRow[] {
  const { rows, soon } = dated[figure];
  const today = toCalendarDay(now());
  return sources[rows]()
    .filter(({ day }) => (soon === null ? day < today : day >= today && day <= addDays(today, soon)))
    .toSorted((one, other) => one.day.localeCompare(other.day) || one.key.localeCompare(other.key));
}

const rowOf = (row: Row): FigureRow => ({
  key: text(row['key']),
  opens: { place: text(row['place']) as FigureRow['opens']['place'], key: text(row['opens']) },
  title: text(row['title']),
  detail: text(row['detail']),
  day: text(row['day']),
  who: text(row['who']),
});

function countOf(context: Context, sources: Sources, figure: FigureId): number {
  if (isDated(figure)) return datedRows(context, sources, figure).length;
  const { from, where, parameters } = listed(context, sources, figure);
  return Number(context.store.first(`SELECT count(*) AS n FROM ${from} WHERE ${where}`, ...parameters)?.['n'] ?? 0);
}

export function figureCounts(context: Context): Record<FigureId, number> {
  const sources = sourcesOf(context);
  return Object.fromEntries(figureIds.map((id) => [id, countOf(context, sources, id)])) as Record<FigureId, number>;
}

export function figureRows(context: Context, figure: FigureId, offset: number): { rows: FigureRow[]; total: number } {
  const sources = sourcesOf(context);
  if (isDated(figure)) {
    const all = datedRows(context, sources, figure);
    return { rows: all.slice(offset, offset + PAGE_ROWS), total: all.length };
  }
  const { columns, from, where, parameters, order } = listed(context, sources, figure);
  const rows = context.store.all(
    `SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?`,
    ...parameters,
    PAGE_ROWS,
    offset,
  );
  return { rows: rows.map(rowOf), total: countOf(context, sources, figure) };
}

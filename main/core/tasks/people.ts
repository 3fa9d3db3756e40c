// Who could do which task: testers with an account, their open work, and what the gate says of them for the item on the day.
import { toCalendarDay } from '../../../shared/entities/scalars.ts';
import { propose, workDay, type Proposal, type Worker } from '../../../shared/tasks/propose.ts';
import { windowOf } from '../../../shared/tasks/due.ts';
import type { Role } from '../../../shared/entities/roles.ts';
import { jsonOf, nullableNumber, nullableText as nullable, textOf as text } from '../../store/cells.ts';
import { requireRow, type Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { askGate } from '../gate/ask.ts';
import { openControls } from '../gate/overrides.ts';
import { agedOf } from './due.ts';

type Reader = Pick<Store, 'all' | 'get' | 'first'>;

/** What a lab without a word of its own has. */
const DAY_LIMIT = 40;
export const dayLimitKey = 'taskDayLimit';
export const dayLimitOf = (store: Reader): number => Number(store.get('setting', dayLimitKey)?.['value'] ?? DAY_LIMIT);

export interface GivenTask {
  readonly taskId: string;
  readonly itemCode: string;
  readonly sampleNo: string;
  readonly commissionNo: string;
  readonly dueOn: string;
  readonly dueBy: string;
  readonly state: string;
  readonly recordNo: string | null;
  readonly assigneeId: string | null;
  readonly assigneeName: string | null;
}

export function givenTask(context: Context, reader: Reader, taskId: string): GivenTask {
  const row = requireRow(reader.get('task', taskId), '检测任务', taskId);
  const sample = requireRow(reader.get('sample', row['sampleNo'] ?? ''), '样品', row['sampleNo'] ?? '');
  const itemCode = text(row['itemCode']);
  const dueOn = text(row['dueOn']);
  const { hours } = agedOf(context.store, itemCode, nullableNumber(row['ageDays'] ?? sample['requiredAgeDays']));
  return {
    taskId,
    itemCode,
    sampleNo: text(row['sampleNo']),
    commissionNo: text(row['commissionNo']),
    dueOn,
    dueBy: windowOf(dueOn, nullable(sample['madeAt']), hours)?.closesAt ?? `${dueOn}T23:59:59.999+08:00`,
    state: text(row['state']),
    recordNo: nullable(row['recordNo']),
    assigneeId: nullable(row['assigneeId']),
    assigneeName: nullable(row['assigneeName']),
  };
}

/** People who are there, have an account of a tester that is in use, and how much is theirs. */
export function workersOf(reader: Reader, today: string, without: ReadonlySet<string> = new Set()): Worker[] {
  const testers = new Map<string, string>();
  for (const row of reader.all(
    `SELECT person.personId, person.name, userAccount.rolesJson FROM userAccount JOIN person USING (personId)
     WHERE userAccount.disabled = 0 AND person.state = 'active' ORDER BY person.personId`,
  ))
    if (jsonOf<Role[]>(row['rolesJson']).includes('technician')) testers.set(text(row['personId']), text(row['name']));
  const loads = new Map<string, Map<string, number>>();
  for (const row of reader.all(
    `SELECT taskId, assigneeId, dueOn FROM task WHERE state IN ('waiting', 'testing') AND assigneeId IS NOT NULL`,
  )) {
    // What is given out anew is no load yet.
    if (without.has(text(row['taskId']))) continue;
    const personId = text(row['assigneeId']);
    const day = workDay(text(row['dueOn']), today);
    const days = loads.get(personId) ?? new Map<string, number>();
    loads.set(personId, days.set(day, (days.get(day) ?? 0) + 1));
  }
  return [...testers].map(([personId, name]) => {
    const days = loads.get(personId) ?? new Map<string, number>();
    return {
      personId,
      name,
      openLoad: [...days.values()].reduce((sum, n) => sum + n, 0),
      dayLoads: Object.fromEntries(days),
    };
  });
}

/** The gate's answer about the person alone, as of the day the task is due; null where it lets them. */
export class Qualifications {
  readonly #context: Context;
  readonly #today: string;
  readonly #known = new Map<string, string | null>();
  /** Where the control is off, a commission may have let somebody pass; else all commissions have one answer. */
  readonly #byCommission: boolean;

  constructor(context: Context) {
    this.#context = context;
    this.#today = toCalendarDay(context.now());
    this.#byCommission = openControls(context.store).includes('personnel');
  }

  refusal(personId: string, { itemCode, commissionNo, dueOn }: GivenTask): string | null {
    const day = workDay(dueOn, this.#today);
    const key = [personId, itemCode, day, this.#byCommission ? commissionNo : ''].join('\u001f');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const now = day === this.#today ? this.#context.now : () => new Date(`${day}T12:00:00+08:00`);
    const answer = askGate(
      { ...this.#context, now },
      { moment: 'run-start', itemCode, parameterCodes: [], commissionNo, personId, role: 'technician' },
    );
    const refused = answer.findings.find(({ question, outcome }) => question === 'personnel' && outcome === 'refuse');
    const said = refused?.message ?? null;
    this.#known.set(key, said);
    return said;
  }
}

/** What the program would give to whom. */
export function proposalsFor(
  context: Context,
  reader: Reader,
  tasks: readonly GivenTask[],
  qualifications = new Qualifications(context),
): Proposal[] {
  const today = toCalendarDay(context.now());
  const byId = new Map(tasks.map((task) => [task.taskId, task]));
  return propose(
    tasks,
    workersOf(reader, today, new Set(byId.keys())),
    (personId, taskId) => qualifications.refusal(personId, byId.get(taskId)!) === null,
    { today, dayLimit: dayLimitOf(reader) },
  );
}

// Giving tasks out, to another, and taking them back. All of a wish or none of it; what was seen must still be so; who may
// not test the item is refused by the gate's own words. Whoever else is qualified may test all the same.
import { toCalendarDay, toWallTime } from '../../../shared/entities/scalars.ts';
import { openTaskStates } from '../../../shared/tasks/due.ts';
import { workDay } from '../../../shared/tasks/propose.ts';
import type { TaskWorker } from '../../../shared/tasks/calls.ts';
import { AppError, type ErrorInfo } from '../../../shared/errors/appError.ts';
import { requireRow, type Store } from '../../store/store.ts';
import { textOf as text } from '../../store/cells.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { Caller, Context } from '../context.ts';
import { dayLimitOf, givenTask, proposalsFor, Qualifications, workersOf, type GivenTask } from './people.ts';

interface Seen {
  readonly taskId: string;
  readonly assigneeId: string | null;
}

type Detail = NonNullable<ErrorInfo['details']>[number];

/** Every task that stands in the way is named, up to a screenful. */
function refuse(code: string, message: string, next: string, details: readonly Detail[] = []): never {
  throw new AppError({
    code,
    message,
    meaning: '一项也没有分配，原来的分配不变。',
    next,
    ...(details.length === 0 ? {} : { details: details.slice(0, 20) }),
  });
}

const detail = (task: GivenTask, message: string): Detail => ({
  field: task.sampleNo,
  message: `${task.sampleNo} ${message}`,
});

/** The tasks as they are, if they are still as they were seen. */
function seenTasks(context: Context, tx: Transaction, rows: readonly Seen[]): GivenTask[] {
  const tasks = [...new Map(rows.map((row) => [row.taskId, row])).values()].map((row) => ({
    seen: row.assigneeId,
    task: givenTask(context, tx, row.taskId),
  }));
  const signed = tasks.filter(({ task }) => !openTaskStates.some((state) => state === task.state));
  if (signed.length > 0)
    refuse(
      'TASK_SIGNED',
      `${signed.length} 项任务的检测员已经签名，不能再分配。`,
      '请刷新列表，去掉这些任务后再试。',
      signed.map(({ task }) => detail(task, '已检测')),
    );
  const changed = tasks.filter(({ task, seen }) => task.assigneeId !== seen);
  if (changed.length > 0)
    refuse(
      'TASK_CHANGED',
      `${changed.length} 项任务的分配在此期间已被别人改动。`,
      '请刷新列表，看过现在的分配再试。',
      changed.map(({ task }) =>
        detail(task, task.assigneeName === null ? '现在没有分配' : `现在分配给${task.assigneeName}`),
      ),
    );
  return tasks.map(({ task }) => task);
}

function refuseUnqualified(
  name: string,
  personId: string,
  tasks: readonly GivenTask[],
  qualifications: Qualifications,
): void {
  const refused = tasks.flatMap((task) => {
    const why = qualifications.refusal(personId, task);
    return why === null ? [] : [{ task, why }];
  });
  const [first] = refused;
  if (first === undefined) return;
  refuse(
    'TASK_PERSON_REFUSED',
    `${name}不能检测其中 ${refused.length} 项：${first.why}`,
    '请选择有资格的检测员，或分开分配。',
    refused.map(({ task, why }) => detail(task, why)),
  );
}

function give(
  context: Context,
  caller: Caller,
  tx: Transaction,
  task: GivenTask,
  to: { personId: string; name: string },
  reason: string | null,
): boolean {
  return tx.update(
    'task',
    task.taskId,
    {
      assigneeId: to.personId,
      assigneeName: to.name,
      assignedAt: toWallTime(context.now()),
      assignedByName: caller.user.name,
      assignedReason: reason,
    },
    reason ?? undefined,
  );
}

const needsReason = (message: string): never => refuse('TASK_REASON_NEEDED', message, '请写明原因后再分配。');

/** Given to one person. */
export function assignTasks(
  context: Context,
  caller: Caller,
  { rows, personId, reason }: { rows: readonly Seen[]; personId: string; reason?: string | undefined },
): number {
  const qualifications = new Qualifications(context);
  return context.store.transact(caller.actor, (tx) => {
    const name = text(requireRow(tx.get('person', personId), '人员', personId)['name']);
    const tasks = seenTasks(context, tx, rows).filter(({ assigneeId }) => assigneeId !== personId);
    if (tasks.length === 0) return 0;
    const worker = workerFor(context, tx, tasks, qualifications).find((one) => one.personId === personId);
    if (worker === undefined)
      return refuse(
        'TASK_PERSON_REFUSED',
        `${name}不是在岗、有账号的检测员。`,
        '请选择有“检测员”角色、账号在用的在岗人员。',
      );
    refuseUnqualified(name, personId, tasks, qualifications);
    const taken = tasks.find(({ assigneeId }) => assigneeId !== null);
    if (reason === undefined && taken !== undefined)
      return needsReason(`任务原来分配给${taken.assigneeName}，改派要写原因。`);
    if (reason === undefined && worker.full)
      return needsReason(
        `${name}那一天将有 ${worker.dayLoad} 项，超过每人每天 ${dayLimitOf(tx)} 项的上限，超出要写原因。`,
      );
    return tasks.filter((task) => give(context, caller, tx, task, { personId, name }, reason ?? null)).length;
  });
}

/** Given as proposed: it is proposed anew here, and must come out as the person saw it. */
export function acceptProposals(
  context: Context,
  caller: Caller,
  { rows, reason }: { rows: readonly (Seen & { personId: string })[]; reason?: string | undefined },
): number {
  return context.store.transact(caller.actor, (tx) => {
    const tasks = seenTasks(context, tx, rows);
    const wanted = new Map(rows.map(({ taskId, personId }) => [taskId, personId]));
    const proposals = new Map(proposalsFor(context, tx, tasks).map((one) => [one.taskId, one]));
    const other = tasks.filter(({ taskId }) => proposals.get(taskId)?.personId !== wanted.get(taskId));
    if (other.length > 0)
      refuse(
        'TASK_PROPOSAL_CHANGED',
        `${other.length} 项任务的建议与看到的不同：人员、资格或手上的任务在此期间有变化。`,
        '请看过新的建议再接受。',
        other.map((task) => detail(task, proposals.get(task.taskId)?.why ?? '')),
      );
    const taken = tasks.find(({ taskId, assigneeId }) => assigneeId !== null && assigneeId !== wanted.get(taskId));
    if (reason === undefined && taken !== undefined) needsReason(`任务原来分配给${taken.assigneeName}，改派要写原因。`);
    return tasks.filter((task) => {
      const { personId, personName, why } = proposals.get(task.taskId)!;
      if (personId === null || personName === null || personId === task.assigneeId) return false;
      return give(
        context,
        caller,
        tx,
        task,
        { personId, name: personName },
        reason === undefined ? `按建议：${why}` : `${reason}（按建议：${why}）`,
      );
    }).length;
  });
}

export function takeBack(context: Context, caller: Caller, rows: readonly Seen[]): number {
  return context.store.transact(caller.actor, (tx) => {
    const tasks = seenTasks(context, tx, rows);
    const begun = tasks.filter(({ state, recordNo }) => state !== 'waiting' || recordNo !== null);
    if (begun.length > 0)
      refuse(
        'TASK_BEGUN',
        `${begun.length} 项任务已经开始检测，不能撤回分配。`,
        '可以写明原因改派给另一名检测员。',
        begun.map((task) => detail(task, `记录 ${task.recordNo ?? ''} 已开始`)),
      );
    const none = { assigneeId: null, assigneeName: null, assignedAt: null, assignedByName: null, assignedReason: null };
    return tasks.filter(({ taskId }) => tx.update('task', taskId, none, '撤回分配')).length;
  });
}

/** Who could take the chosen tasks, with what they would have then; the qualified and least loaded first. */
export function workerFor(
  context: Context,
  reader: Pick<Store, 'all' | 'get' | 'first'>,
  tasks: readonly GivenTask[],
  qualifications = new Qualifications(context),
): TaskWorker[] {
  const today = toCalendarDay(context.now());
  const limit = dayLimitOf(reader);
  const added = new Map<string, number>();
  for (const { dueOn } of tasks) added.set(workDay(dueOn, today), (added.get(workDay(dueOn, today)) ?? 0) + 1);
  return workersOf(reader, today, new Set(tasks.map(({ taskId }) => taskId)))
    .map(({ personId, name, openLoad, dayLoads }) => {
      const dayLoad = Math.max(...[...added].map(([day, n]) => (dayLoads[day] ?? 0) + n));
      const refused = tasks.map((task) => qualifications.refusal(personId, task)).find((why) => why !== null) ?? null;
      return { personId, name, openLoad, dayLoad, full: dayLoad > limit, refused };
    })
    .toSorted(
      (one, other) =>
        Number(one.refused !== null) - Number(other.refused !== null) ||
        Number(one.full) - Number(other.full) ||
        one.openLoad - other.openLoad ||
        (one.personId < other.personId ? -1 : 1),
    );
}

// 任务: what is due, the calendar of ages, and whose work it is.
import { toCalendarDay } from '../../../shared/entities/scalars.ts';
import { rangeNames, scopeNames } from '../../../shared/tasks/words.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { Context, SomeHandlers } from '../context.ts';
import { acceptProposals, assignTasks, takeBack, workerFor } from './assign.ts';
import { taskCalendar } from './calendar.ts';
import { tasksCsv } from './csv.ts';
import { listTasks } from './list.ts';
import { dayLimitKey, dayLimitOf, givenTask, proposalsFor, Qualifications } from './people.ts';

type TaskCall =
  | 'tasks.list'
  | 'tasks.calendar'
  | 'tasks.export'
  | 'tasks.propose'
  | 'tasks.accept'
  | 'tasks.assign'
  | 'tasks.takeBack'
  | 'tasks.setDayLimit';

/** A list for paper or a spreadsheet; who needs more narrows it down. */
export const EXPORT_ROWS = 5000;

export function taskHandlers(context: Context): SomeHandlers<TaskCall> {
  const { store } = context;
  return {
    'tasks.list': ({ offset, ...query }, { user }) => listTasks(context, query, user.personId, { offset }),
    'tasks.calendar': (span, { user }) => ({ days: taskCalendar(context, span, user.personId) }),
    'tasks.export'(query, caller) {
      const { rows, total } = listTasks(context, query, caller.user.personId, { limit: EXPORT_ROWS });
      if (total > EXPORT_ROWS) refuseTooMany(total);
      const day = query.range === 'day' ? (query.day ?? toCalendarDay(context.now())) : toCalendarDay(context.now());
      const fileName = `检测任务-${scopeNames[query.scope]}-${query.range === 'day' ? '' : `${rangeNames[query.range].replaceAll(' ', '')}-`}${day}.csv`;
      store.transact(caller.actor, (tx) => tx.event('tasks', day, `导出${fileName}，${rows.length} 项`));
      return { fileName, text: tasksCsv(rows) };
    },
    'tasks.propose'({ taskIds }) {
      const tasks = [...new Set(taskIds)].map((taskId) => givenTask(context, store, taskId));
      const qualifications = new Qualifications(context);
      return {
        proposals: proposalsFor(context, store, tasks, qualifications),
        workers: workerFor(context, store, tasks, qualifications),
        dayLimit: dayLimitOf(store),
      };
    },
    'tasks.accept': (input, caller) => ({ assigned: acceptProposals(context, caller, input) }),
    'tasks.assign': (input, caller) => ({ assigned: assignTasks(context, caller, input) }),
    'tasks.takeBack': ({ rows }, caller) => ({ assigned: takeBack(context, caller, rows) }),
    'tasks.setDayLimit'({ dayLimit, reason }, caller) {
      store.transact(caller.actor, (tx) => tx.put('setting', { key: dayLimitKey, value: String(dayLimit) }, reason));
      return {};
    },
  };
}

function refuseTooMany(total: number): never {
  throw new AppError({
    code: 'TASKS_TOO_MANY',
    message: `共 ${total} 项，一次最多导出 ${EXPORT_ROWS} 项。`,
    meaning: '没有导出。',
    next: '请缩小范围（今日、7 天内、某一天），或用搜索筛选后再导出。',
  });
}

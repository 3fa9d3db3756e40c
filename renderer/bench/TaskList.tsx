// What is to be tested here: overdue, today, coming, in each the tester's own first; from the working set, so that new
// samples appear by themselves.
import { useMemo } from 'react';
import type { CollectionDocument } from '../../shared/entities/collections.ts';
import { DataGrid, type Column } from '../design/DataGrid.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { daysUntil } from '../design/time.ts';
import { taskWords } from '../design/words.ts';
import { useLive } from '../live/useLive.tsx';
import { useUser } from '../state/session.ts';
import { standsNow } from '../tasks/words.ts';

export type Task = CollectionDocument<'tasks'>;

const groupNames = ['正在检测', '已逾期', '今天可检', '三天内到期', '以后到期'] as const;

function groupIndex(task: Task): number {
  if (task.state === 'testing') return 0;
  const standing = standsNow(task);
  if (standing === 'late') return 1;
  return standing === 'early' ? (daysUntil(task.dueOn) <= 3 ? 3 : 4) : 2;
}

/** Somebody else's come after one's own and nobody's; they can be tested all the same. */
const ownerIndex = (task: Task, personId: string): number =>
  task.assigneeId === personId ? 0 : task.assigneeId == null ? 1 : 2;

function dueText(task: Task): string {
  const days = daysUntil(task.dueOn);
  if (days === 0) return '今天';
  if (standsNow(task) === 'open') return '窗口内';
  return days < 0 ? `逾期 ${-days} 天` : `${days} 天后`;
}

/** Item and age, which tell two tasks of one sample apart. */
const whatOf = (task: Task): string =>
  [task.itemName.replace(/^混凝土立方体/, ''), task.ageDays === null ? '' : `${task.ageDays} d`]
    .filter(Boolean)
    .join(' · ');

const columns = (personId: string): readonly Column<Task>[] => [
  {
    key: 'task',
    title: '任务',
    width: '1fr',
    render: (task) => (
      <div className="jt-task-lines">
        <div>
          <b>{task.sampleNo}</b>
          <span className="jt-task-due">{dueText(task)}</span>
        </div>
        <div>
          <span className="jt-task-part">
            {task.assigneeId != null && <b>{task.assigneeId === personId ? '● 我的' : `◇ ${task.assigneeName}`} · </b>}
            {[task.grade, task.structurePart].filter(Boolean).join(' · ')}
          </span>
          <span>{task.state === 'waiting' ? whatOf(task) : <StateTag state={taskWords[task.state]} />}</span>
        </div>
      </div>
    ),
  },
];

export interface TaskListProps {
  itemCodes: readonly string[] | null;
  current: string | null;
  onCurrent: (taskId: string) => void;
  onOpen: (taskId: string) => void;
}

export function TaskList({ itemCodes, current, onCurrent, onOpen }: TaskListProps) {
  const { personId } = useUser();
  const { rows, ready } = useLive('tasks', {
    selector: { state: { $in: ['waiting', 'testing'] } },
    sort: [{ dueOn: 'asc' }, { id: 'asc' }],
  } as never);
  const tasks = useMemo(
    () =>
      rows
        .filter((task) => itemCodes === null || itemCodes.includes(task.itemCode))
        .sort(
          (a, b) =>
            groupIndex(a) - groupIndex(b) ||
            ownerIndex(a, personId) - ownerIndex(b, personId) ||
            a.dueOn.localeCompare(b.dueOn) ||
            a.sampleNo.localeCompare(b.sampleNo),
        ),
    [rows, itemCodes, personId],
  );
  return (
    <DataGrid
      label="检测任务"
      columns={columns(personId)}
      rows={tasks}
      rowKey={(task) => task.id}
      current={current}
      onCurrent={onCurrent}
      onOpen={(task) => onOpen(task.id)}
      groupOf={(task) => groupNames[groupIndex(task)]!}
      rowTone={(task) => (groupIndex(task) === 1 ? 'warn' : undefined)}
      empty={ready ? '没有待检任务。收样登记后会自动出现在这里。' : '正在载入…'}
      rowHeight={52}
      rowTestId="task-row"
      testId="task-list"
      hideHead
      autoFocus
    />
  );
}

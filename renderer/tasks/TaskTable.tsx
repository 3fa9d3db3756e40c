// The list of tasks: late ones first, each with its window and whose it is; what is known of the current one below.
import type { TaskRange, TaskRow, TaskScope } from '../../shared/tasks/calls.ts';
import { DataGrid, type Column } from '../design/DataGrid.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { showTime } from '../design/time.ts';
import { taskWords, type StateWord } from '../design/words.ts';
import { useUser } from '../state/session.ts';
import type { Tasks } from './useTasks.ts';
import { dueWords, standingGroup, shortWindow, standingWord, whatOf, windowWords } from './words.ts';

const columns = (personId: string): readonly Column<TaskRow>[] => [
  {
    key: 'standing',
    title: '到期',
    width: '150px',
    render: (row) => (
      <>
        <StateTag state={standingWord(row)} />
        {row.standing !== 'today' && row.standing !== 'done' && <span className="jt-soft"> {dueWords(row.dueOn)}</span>}
      </>
    ),
  },
  {
    key: 'due',
    title: '应检日期和可检时段',
    width: '152px',
    render: (row) => (
      <span title={`${row.dueOn} ${windowWords(row)}`}>
        {row.dueOn.slice(5)} <span className="jt-soft">{shortWindow(row)}</span>
      </span>
    ),
  },
  { key: 'sample', title: '样品', width: '118px', render: (row) => row.sampleNo },
  {
    key: 'what',
    title: '检测项目',
    width: 'minmax(120px, 1.3fr)',
    render: (row) => <span title={whatOf(row)}>{whatOf(row)}</span>,
  },
  {
    key: 'part',
    title: '工程、部位',
    width: 'minmax(90px, 1.4fr)',
    render: (row) => (
      <span title={`${row.projectName} ${row.structurePart}`}>
        {row.structurePart} · {row.projectName}
      </span>
    ),
  },
  { key: 'who', title: '分配给', width: '124px', render: (row) => <Assignee row={row} personId={personId} /> },
];

/** Whose it is, and whether somebody is at it already. */
function Assignee({ row, personId }: { row: TaskRow; personId: string }) {
  const own = row.assigneeId === personId;
  const owner: StateWord =
    row.assigneeName === null
      ? { word: '未分配', tone: 'quiet', shape: '○' }
      : row.assigneeAway
        ? { word: `${row.assigneeName}（已离岗）`, tone: 'warn', shape: '▲' }
        : { word: own ? '我' : row.assigneeName, tone: own ? 'busy' : 'quiet', shape: own ? '●' : '◇' };
  return (
    <>
      <StateTag state={owner} {...(row.assigneeName === null ? {} : { title: row.assigneeName })} />
      {row.state === 'testing' && <StateTag state={{ ...taskWords.testing, shape: ' ◐' }} />}
    </>
  );
}

export interface TaskTableProps {
  tasks: Tasks;
  scope: TaskScope;
  range: TaskRange;
  current: TaskRow | null;
  marked: ReadonlySet<string>;
  onCurrent: (taskId: string) => void;
  onOpen: (row: TaskRow) => void;
  onMark?: (taskId: string) => void;
  hint: (row: TaskRow) => string;
}

export function TaskTable({ tasks, scope, range, current, marked, onCurrent, onOpen, onMark, hint }: TaskTableProps) {
  const { personId } = useUser();
  return (
    <>
      <Counts tasks={tasks} />
      <DataGrid
        label="检测任务"
        columns={columns(personId)}
        rows={tasks.rows}
        rowKey={({ taskId }) => taskId}
        current={current?.taskId ?? null}
        onCurrent={onCurrent}
        onOpen={onOpen}
        {...(onMark === undefined ? {} : { onMark, marked })}
        groupOf={({ standing }) => standingGroup[standing]}
        rowTone={({ standing }) => (standing === 'late' ? 'bad' : undefined)}
        onEndReached={tasks.more}
        empty={tasks.loading ? '正在载入…' : emptyWords(tasks, scope, range)}
        rowTestId="tasks-row"
        testId="tasks-list"
        autoFocus
      />
      <p className="jt-tasks-about jt-soft" data-testid="tasks-about">
        {current === null ? ' ' : `${hint(current)} · ${aboutOf(current)}`}
      </p>
    </>
  );
}

function Counts({ tasks: { list } }: { tasks: Tasks }) {
  if (list === null) return null;
  const { late, today, open, early, done } = list.standings;
  const tone = late > 0 ? 'bad' : 'good';
  return (
    <p className="jt-tasks-counts" data-testid="tasks-counts" data-late={late} data-total={list.total}>
      <StateTag state={{ word: `已逾期 ${late}`, tone, shape: late > 0 ? '✕' : '✓' }} />
      <StateTag
        state={{ word: `今天到期 ${today}`, tone: today > 0 ? 'warn' : 'quiet', shape: today > 0 ? '▲' : '○' }}
      />
      {open > 0 && <StateTag state={{ word: `窗口内 ${open}`, tone: 'busy', shape: '◐' }} />}
      {early > 0 && <StateTag state={{ word: `未到期 ${early}`, tone: 'quiet', shape: '○' }} />}
      {done > 0 && <StateTag state={{ word: `已检测 ${done}`, tone: 'good', shape: '✓' }} />}
      <span className="jt-soft">{showTime(list.at)} 统计</span>
    </p>
  );
}

function emptyWords({ list }: Tasks, scope: TaskScope, range: TaskRange): string {
  const none = range === 'now' ? '现在没有到期的任务' : '没有任务';
  if (list === null || scope !== 'mine' || list.scopes.all === 0) return `✓ ${none}。`;
  return `✓ ${none}分配给你。未分配的 ${list.scopes.unassigned} 项（F8），全部 ${list.scopes.all} 项（F7）。`;
}

function aboutOf(row: TaskRow): string {
  const window = windowWords(row);
  const when =
    row.ageDays === null
      ? '没有龄期，按应检日期'
      : window === ''
        ? '标准表中没有该龄期的允许偏差，按应检日期'
        : `可检时段 ${window}`;
  const tester = row.testerName === null ? '' : ` · 检测 ${row.testerName}`;
  if (row.assigneeName === null) return `${when} · 没有分配，有资格的检测员都可以检测${tester}`;
  const reason = row.assignedReason === null ? '' : `：${row.assignedReason}`;
  return `${when} · 分配给${row.assigneeName}（${row.assignedByName ?? ''} ${showTime(row.assignedAt)}${reason}）${tester}`;
}

// 任务: what is to be tested, when, and whose work it is. The list of the day, the calendar of ages, giving out.
import { Button } from 'antd';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { TaskRange, TaskRow, TaskScope } from '../../shared/tasks/calls.ts';
import { rangeNames, scopeNames } from '../../shared/tasks/words.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { saveFile } from '../design/files.ts';
import { useHotkeys } from '../design/hotkeys.ts';
import { Pane } from '../design/Pane.tsx';
import { Tabs } from '../design/Tabs.tsx';
import { useCommand } from '../design/useCommand.ts';
import { usePermit } from '../state/session.ts';
import { useUi } from '../state/ui.ts';
import { AgeCalendar } from './AgeCalendar.tsx';
import { AssignDialog, type Given } from './AssignDialog.tsx';
import { LimitDialog } from './LimitDialog.tsx';
import { TaskTable } from './TaskTable.tsx';
import { useOpenTask } from './useOpenTask.ts';
import { useTasks } from './useTasks.ts';

const views = [
  { id: 'list', name: '列表', keys: 'F2' },
  { id: 'calendar', name: '龄期日历', keys: 'F3' },
] as const;
type View = (typeof views)[number]['id'];

/** In turn by key; a single day is chosen in the calendar. */
const ranges: readonly TaskRange[] = ['now', 'week', 'open'];

export function TasksPage() {
  const client = useClient();
  const queries = useQueryClient();
  const mayAssign = usePermit('task.assign');
  const tests = usePermit('bench.run');
  const [view, setView] = useState<View>('list');
  // Another place asks for a sample by its number: it stands in the search field, and is forgotten when it is emptied.
  const go = useUi((state) => state.go);
  const [wanted] = useState(useUi((state) => state.open.tasks ?? null));
  useEffect(() => {
    if (wanted !== null) go('tasks', null);
  }, [wanted, go]);
  const [scope, setScope] = useState<TaskScope>(tests && wanted === null ? 'mine' : 'all');
  const [range, setRange] = useState<TaskRange>(wanted === null ? 'now' : 'open');
  const [day, setDay] = useState<string | null>(null);
  const [text, setText] = useState(wanted ?? '');
  const [current, setCurrent] = useState<string | null>(null);
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [assigning, setAssigning] = useState<readonly TaskRow[] | null>(null);
  const [limitOpen, setLimitOpen] = useState(false);
  /** What was given out last and was nobody's before: it can be taken back by one key. */
  const [given, setGiven] = useState<{ said: string; fresh: readonly Given[] } | null>(null);
  /** Counts how often the list was asked to take the focus. */
  const [focus, setFocus] = useState(1);
  const search = useRef<HTMLInputElement>(null);
  const query = {
    scope,
    range,
    ...(range === 'day' && day !== null ? { day } : {}),
    text: useDeferredValue(text),
  };
  const tasks = useTasks(query);
  const openTask = useOpenTask();
  /** As they stand now: somebody else may give one out while the dialog is open. */
  const rowsToAssign = assigning?.map((row) => tasks.rows.find(({ taskId }) => taskId === row.taskId) ?? row) ?? [];

  const toList = (): void => {
    setView('list');
    setFocus(focus + 1);
  };
  const show = (next: TaskRange, nextDay: string | null = null): void => {
    setRange(next);
    setDay(nextDay);
    setCurrent(null);
    setMarked(new Set());
    toList();
  };
  const refresh = (): void => {
    void queries.invalidateQueries({ queryKey: ['tasks.list'] });
    void queries.invalidateQueries({ queryKey: ['tasks.calendar'] });
  };
  const save = useCommand(async () => {
    const file = await client.call('tasks.export', query);
    saveFile(file.fileName, new Blob([file.text], { type: 'text/csv;charset=utf-8' }));
  });
  const takeBack = useCommand(async (rows: readonly { taskId: string; assigneeId: string | null }[]) => {
    const { assigned } = await client.call('tasks.takeBack', {
      rows: rows.map(({ taskId, assigneeId }) => ({ taskId, assigneeId })),
    });
    setGiven({ said: `已撤回 ${assigned} 项任务的分配。`, fresh: [] });
    setMarked(new Set());
    refresh();
  });
  const currentRow = tasks.rows.find(({ taskId }) => taskId === current) ?? tasks.rows[0] ?? null;
  const chosen = (
    marked.size > 0 ? tasks.rows.filter(({ taskId }) => marked.has(taskId)) : currentRow === null ? [] : [currentRow]
  ).filter(({ standing }) => standing !== 'done');
  const assigned = chosen.filter(({ assigneeId }) => assigneeId !== null);
  const canAssign = mayAssign && view === 'list' && chosen.length > 0;
  const canTakeBack = mayAssign && view === 'list' && assigned.length > 0;
  const nextRange = (): void => show(ranges[(ranges.indexOf(range) + 1) % ranges.length] ?? 'now');
  const markAll = (): void =>
    setMarked(marked.size > 0 ? new Set() : new Set(tasks.rows.slice(0, 500).map(({ taskId }) => taskId)));
  const mark = (taskId: string): void => {
    const next = new Set(marked);
    if (!next.delete(taskId)) next.add(taskId);
    setMarked(next);
  };
  const whose = (next: TaskScope) => (): void => {
    setScope(next);
    setMarked(new Set());
  };

  useHotkeys('任务', [
    { keys: 'F2', name: '列表', run: toList },
    { keys: 'F3', name: '龄期日历', run: () => setView('calendar') },
    { keys: 'F5', name: '刷新', run: refresh },
    { keys: 'F6', name: '我的任务', run: whose('mine') },
    { keys: 'F7', name: '全部任务', run: whose('all') },
    { keys: 'F8', name: '未分配的任务', run: whose('unassigned') },
    { keys: 'Ctrl+F', name: '查找', run: () => search.current?.focus(), disabled: view !== 'list' },
    { keys: 'Ctrl+S', name: '导出列表', run: () => void save.run(), disabled: view !== 'list' },
    ...(view === 'list' ? [{ keys: 'F4', name: '范围', run: nextRange }] : []),
    ...(mayAssign
      ? [
          { keys: 'F9', name: '分配', run: () => setAssigning(chosen), disabled: !canAssign },
          { keys: 'F10', name: '撤回分配', run: () => void takeBack.run(assigned), disabled: !canTakeBack },
          { keys: 'Alt+A', name: '全选或全不选', run: markAll, disabled: view !== 'list' },
          {
            keys: 'Ctrl+Z',
            name: '撤销刚才的分配',
            run: () => void takeBack.run(given?.fresh ?? []),
            disabled: (given?.fresh.length ?? 0) === 0,
          },
          { keys: 'Alt+M', name: '每人每天上限', run: () => setLimitOpen(true) },
        ]
      : []),
  ]);

  const shownRange = range === 'day' && day !== null ? `${day} 应检` : rangeNames[range];
  return (
    <Pane
      title={`任务 · ${view === 'list' ? shownRange : '龄期日历'}`}
      actions={
        view === 'list' && (
          <>
            <Button onClick={nextRange} data-testid="tasks-range" data-range={range}>
              {rangeNames[ranges[(ranges.indexOf(range) + 1) % ranges.length] ?? 'now']}{' '}
              <kbd className="jt-key">F4</kbd>
            </Button>
            <Button onClick={() => void save.run()} loading={save.busy} data-testid="tasks-export">
              导出 <kbd className="jt-key">Ctrl+S</kbd>
            </Button>
            {mayAssign && (
              <>
                <Button
                  onClick={() => void takeBack.run(assigned)}
                  disabled={!canTakeBack}
                  loading={takeBack.busy}
                  data-testid="tasks-take-back"
                >
                  撤回分配 <kbd className="jt-key">F10</kbd>
                </Button>
                <Button
                  type="primary"
                  onClick={() => setAssigning(chosen)}
                  disabled={!canAssign}
                  data-testid="tasks-assign"
                >
                  分配{chosen.length > 1 ? ` ${chosen.length} 项` : ''} <kbd className="jt-key">F9</kbd>
                </Button>
              </>
            )}
          </>
        )
      }
    >
      <div className="jt-fill" data-testid="place-tasks">
        <div className="jt-tasks-bar">
          <Tabs label="任务" tabs={views} current={view} onChange={(id) => (id === 'list' ? toList() : setView(id))} />
          <Tabs
            label="谁的任务"
            tabs={(['mine', 'all', 'unassigned'] as const).map((id, index) => ({
              id,
              name: scopeNames[id],
              keys: `F${6 + index}`,
              ...(view === 'list' && tasks.list !== null ? { count: tasks.list.scopes[id] } : {}),
            }))}
            current={scope}
            onChange={(id) => whose(id)()}
          />
          {view === 'list' && (
            <input
              ref={search}
              className="jt-input jt-tasks-search"
              type="search"
              placeholder="样品、工程、部位、项目、人员  Ctrl+F"
              aria-label="查找任务"
              value={text}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' && event.key !== 'Escape') return;
                if (event.key === 'Escape') setText('');
                event.preventDefault();
                // A field that types keeps the focus: it lets go before the list takes it.
                event.currentTarget.blur();
                toList();
              }}
              data-testid="tasks-search"
            />
          )}
        </div>
        <ErrorBlock error={save.error ?? takeBack.error} onClose={save.error ? save.clear : takeBack.clear} />
        <ErrorBlock
          error={tasks.error === null ? null : toErrorInfo(tasks.error)}
          onRetry={() => void tasks.refetch()}
        />
        {given !== null && (
          <p className="jt-note jt-tone-good" role="status" data-testid="tasks-said">
            ✓ {given.said}
            {given.fresh.length > 0 && (
              <>
                {' '}
                <Button size="small" onClick={() => void takeBack.run(given.fresh)} data-testid="tasks-undo">
                  撤销 <kbd className="jt-key">Ctrl+Z</kbd>
                </Button>
              </>
            )}
          </p>
        )}
        {view === 'list' ? (
          <TaskTable
            key={focus}
            tasks={tasks}
            scope={scope}
            range={range}
            current={currentRow}
            marked={marked}
            onCurrent={setCurrent}
            onOpen={openTask.open}
            {...(mayAssign ? { onMark: mark } : {})}
            hint={openTask.hint}
          />
        ) : (
          <AgeCalendar scope={scope} onOpenDay={(chosenDay) => show('day', chosenDay)} />
        )}
      </div>
      {assigning !== null && (
        <AssignDialog
          rows={rowsToAssign}
          onClose={() => setAssigning(null)}
          onDone={(said, fresh) => {
            setAssigning(null);
            setGiven({ said, fresh });
            setMarked(new Set());
            refresh();
            setFocus(focus + 1);
          }}
        />
      )}
      {limitOpen && (
        <LimitDialog
          limit={tasks.list?.dayLimit ?? null}
          onClose={() => setLimitOpen(false)}
          onDone={(said) => {
            setLimitOpen(false);
            setGiven({ said, fresh: [] });
            refresh();
          }}
        />
      )}
    </Pane>
  );
}

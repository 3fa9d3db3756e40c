// 分配: as the program proposes, with its reasons, or to a person of one's own choice. The list takes the focus; Enter gives
// out what is chosen. What is refused stays open with everything typed.
import { useQuery } from '@tanstack/react-query';
import { Input, type InputRef } from 'antd';
import { useRef, useState } from 'react';
import type { TaskRow, TaskWorker } from '../../shared/tasks/calls.ts';
import type { Proposal } from '../../shared/tasks/propose.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { DataGrid, type Column } from '../design/DataGrid.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { DialogActions } from '../design/DialogActions.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { StateTag } from '../design/StateTag.tsx';
import { useCommand } from '../design/useCommand.ts';
import type { StateWord } from '../design/words.ts';

export interface Given {
  taskId: string;
  assigneeId: string;
}

export interface AssignDialogProps {
  rows: readonly TaskRow[];
  onClose: () => void;
  /** What was done in words, and what of it was nobody's before. */
  onDone: (said: string, fresh: readonly Given[]) => void;
}

export function AssignDialog(props: AssignDialogProps) {
  return (
    <Dialog title={`分配任务 · ${props.rows.length} 项`} onClose={props.onClose} width={780}>
      <Form {...props} />
    </Dialog>
  );
}

/** One line of the list: the proposal of the program, or a person. */
type Choice =
  | { key: 'proposal'; name: string; load: string; state: StateWord }
  | { key: string; name: string; load: string; state: StateWord; worker: TaskWorker };

const columns: readonly Column<Choice>[] = [
  { key: 'name', title: '分配给', width: '130px', render: ({ name }) => name },
  { key: 'load', title: '另有任务和当天合计', width: '210px', render: ({ load }) => load },
  {
    key: 'state',
    title: '能否检测',
    width: 'minmax(200px, 1fr)',
    render: ({ state }) => <StateTag state={state} title={state.word} />,
  },
];

function workerState({ refused, full }: TaskWorker): StateWord {
  if (refused !== null) return { word: refused, tone: 'bad', shape: '✕' };
  return full
    ? { word: '超出每人每天上限，要写原因', tone: 'warn', shape: '▲' }
    : { word: '有资格', tone: 'good', shape: '✓' };
}

/** What would change hands: whose it is already keeps it. */
const proposed = (rows: readonly TaskRow[], proposals: readonly Proposal[]) =>
  proposals.flatMap(({ taskId, personId, personName }) => {
    const same = rows.some((row) => row.taskId === taskId && row.assigneeId === personId);
    return personId === null || personName === null || same ? [] : [{ taskId, personId, personName }];
  });

/** `梁志远 7 项、何婉仪 5 项`. */
const shares = (rows: readonly { personName: string }[]): string =>
  [...Map.groupBy(rows, ({ personName }) => personName)].map(([name, own]) => `${name} ${own.length} 项`).join('、');

function Form({ rows, onClose, onDone }: AssignDialogProps) {
  const client = useClient();
  const [chosen, setChosen] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const reasonField = useRef<InputRef>(null);
  const taskIds = rows.map(({ taskId }) => taskId);
  const query = useQuery({
    queryKey: ['tasks.propose', taskIds],
    queryFn: () => client.call('tasks.propose', { taskIds }),
    gcTime: 0,
  });
  const offered = query.data === undefined ? [] : proposed(rows, query.data.proposals);
  const choices: Choice[] =
    query.data === undefined
      ? []
      : [
          ...(offered.length === 0 ? [] : [proposalChoice(offered, query.data.proposals)]),
          ...query.data.workers
            .filter(({ personId }) => rows.some((row) => row.assigneeId !== personId))
            .map((worker) => ({
              key: worker.personId,
              name: worker.name,
              load: `另有 ${worker.openLoad} 项 · 分配后当天 ${worker.dayLoad}/${query.data.dayLimit}`,
              state: workerState(worker),
              worker,
            })),
        ];
  const choice = choices.find(({ key }) => key === chosen) ?? choices[0];
  const taken = rows.find((row) => row.assigneeId !== null && row.assigneeId !== targetOf(choice, row, offered));
  const full = choice !== undefined && 'worker' in choice && choice.worker.full;
  const needsReason = taken !== undefined || full;
  const refused = choice !== undefined && 'worker' in choice && choice.worker.refused !== null;

  const give = useCommand(async (target: Choice) => {
    const why = reason.trim() === '' ? {} : { reason: reason.trim() };
    const seen = rows.map(({ taskId, assigneeId }) => ({ taskId, assigneeId }));
    const wanted =
      'worker' in target
        ? rows
            .filter(({ assigneeId }) => assigneeId !== target.worker.personId)
            .map(({ taskId }) => ({ taskId, personId: target.worker.personId, personName: target.name }))
        : offered;
    const { assigned } =
      'worker' in target
        ? await client.call('tasks.assign', { rows: seen, personId: target.worker.personId, ...why })
        : await client.call('tasks.accept', {
            rows: offered.map(({ taskId, personId }) => ({
              taskId,
              personId,
              assigneeId: seen.find((row) => row.taskId === taskId)?.assigneeId ?? null,
            })),
            ...why,
          });
    const before = new Set(seen.filter(({ assigneeId }) => assigneeId === null).map(({ taskId }) => taskId));
    const left =
      'worker' in target ? 0 : (query.data?.proposals.filter(({ personId }) => personId === null).length ?? 0);
    onDone(
      `已分配 ${assigned} 项：${shares(wanted)}${left > 0 ? `；${left} 项没有建议，保持原样` : ''}。`,
      wanted
        .filter(({ taskId }) => before.has(taskId))
        .map(({ taskId, personId }) => ({ taskId, assigneeId: personId })),
    );
  });
  const confirm = (): void => {
    if (choice === undefined || refused) return;
    if (needsReason && reason.trim() === '') reasonField.current?.focus();
    else void give.run(choice);
  };
  useHotkeys('分配任务', [{ keys: 'F9', name: '分配', run: confirm, disabled: choice === undefined || refused }]);

  return (
    <div className="jt-sign" data-testid="assign-dialog">
      <ErrorBlock error={query.error === null ? null : toErrorInfo(query.error)} onRetry={() => void query.refetch()} />
      <div className="jt-assign-people">
        <DataGrid
          key={query.data === undefined ? 'loading' : 'there'}
          label="分配给"
          columns={columns}
          rows={choices}
          rowKey={({ key }) => key}
          current={choice?.key ?? null}
          onCurrent={setChosen}
          onOpen={confirm}
          empty={
            query.isPending ? '正在查看资格和手上的任务…' : '没有在岗、有账号的检测员。请先在“人员”和“设置”里登记。'
          }
          rowTestId="assign-person"
          autoFocus
        />
      </div>
      {choice !== undefined && 'worker' in choice && choice.worker.refused !== null && (
        <p className="jt-note jt-tone-bad" data-testid="assign-refused">
          ✕ {choice.worker.refused}
        </p>
      )}
      {choice?.key === 'proposal' && <Reasons rows={rows} proposals={query.data?.proposals ?? []} />}
      <label className="jt-field">
        <span>
          原因
          {taken === undefined
            ? full
              ? '（超出每人每天上限，必填）'
              : '（可不填）'
            : `（${taken.sampleNo} 原来分配给${taken.assigneeName ?? ''}，改派必填）`}
        </span>
        <Input
          ref={reasonField}
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.target.value)}
          onPressEnter={confirm}
          data-testid="assign-reason"
        />
      </label>
      <ErrorBlock error={give.error} onClose={give.clear} />
      <p className="jt-soft">分配只说明由谁负责，不限制其他有资格的检测员检测。分配、改派和撤回都记入审计。</p>
      <DialogActions
        onClose={onClose}
        onGo={confirm}
        goKey="Enter"
        ready={choice !== undefined && !refused}
        busy={give.busy}
        testId="assign-confirm"
      >
        {choice?.key === 'proposal' ? '按建议分配' : `分配给${choice?.name ?? ''}`}
      </DialogActions>
    </div>
  );
}

function proposalChoice(offered: readonly { personName: string }[], proposals: readonly Proposal[]): Choice {
  const left = proposals.filter(({ personId }) => personId === null).length;
  return {
    key: 'proposal',
    name: '按程序建议',
    load: shares(offered),
    state: {
      word: left === 0 ? '有资格、当天不超上限、手上最少' : `${left} 项没有建议`,
      tone: left === 0 ? 'good' : 'warn',
      shape: left === 0 ? '✓' : '▲',
    },
  };
}

function targetOf(
  choice: Choice | undefined,
  row: TaskRow,
  offered: readonly { taskId: string; personId: string }[],
): string | null {
  if (choice === undefined) return row.assigneeId;
  if ('worker' in choice) return choice.worker.personId;
  return offered.find(({ taskId }) => taskId === row.taskId)?.personId ?? row.assigneeId;
}

/** Each task with whom it would go to, and why. */
function Reasons({ rows, proposals }: { rows: readonly TaskRow[]; proposals: readonly Proposal[] }) {
  const sampleOf = new Map(rows.map(({ taskId, sampleNo, dueOn }) => [taskId, `${sampleNo}（${dueOn.slice(5)}）`]));
  return (
    <ol className="jt-assign-reasons" data-testid="assign-reasons" tabIndex={0}>
      {proposals.map(({ taskId, personName, why }) => (
        <li key={taskId}>
          <b>{sampleOf.get(taskId)}</b> {personName === null ? '▲ 没有建议' : `→ ${personName}`}：{why}
        </li>
      ))}
    </ol>
  );
}

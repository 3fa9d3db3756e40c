// 检测台: choose the machine once, then scan, press, sign. After a run is sealed the core arms the next specimen by
// itself, so a group of three needs no mouse and no key.
import { Button, Select } from 'antd';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { CallInput } from '../../shared/contract/calls.ts';
import { useClient } from '../client.ts';
import { RoomNow } from '../climate/RoomNow.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { StateTag } from '../design/StateTag.tsx';
import { daysUntil } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';
import { channelWords, equipmentWords } from '../design/words.ts';
import { useLive, useLiveOne } from '../live/useLive.tsx';
import { acquisitionsOf } from '../record/strength.ts';
import { useRecord } from '../record/useRecord.ts';
import { useSession } from '../state/session.ts';
import { recall, remember, useUi } from '../state/ui.ts';
import { AssignedNote } from '../tasks/AssignedNote.tsx';
import { BenchRecord } from './BenchRecord.tsx';
import { ExtensometerChoice } from './ExtensometerChoice.tsx';
import { LoadPanel } from './LoadPanel.tsx';
import { TaskList } from './TaskList.tsx';
import { useMachine } from './useMachine.ts';

type VirtualAction = CallInput<'bench.virtual'>['action'];

export function BenchPage() {
  const client = useClient();
  const queries = useQueryClient();
  const training = useSession((state) => state.session?.trainingMode === true);
  const wantedTask = useUi((state) => state.open.bench ?? null);
  const asked = useUi((state) => state.asked);
  const go = useUi((state) => state.go);
  const { rows: equipment } = useLive('equipment');
  const [chosen, setChosen] = useState(() => recall('bench.equipment'));
  const usable = useMemo(
    () =>
      equipment
        // An extensometer is no place to test at.
        .filter(({ state, extensometer }) => state !== 'scrapped' && extensometer == null)
        .sort((a, b) => a.id.localeCompare(b.id)),
    [equipment],
  );
  const withPort = usable.filter((machine) => machine.port !== null);
  const machine = usable.find(({ id }) => id === chosen) ?? (withPort.length === 1 ? withPort[0] : undefined);
  const equipmentId = machine?.id ?? null;

  const reread = useCallback(
    (recordNo: string) => void queries.invalidateQueries({ queryKey: ['record', recordNo] }),
    [queries],
  );
  const { state, curve } = useMachine(equipmentId, reread);
  const [current, setCurrent] = useState<string | null>(wantedTask);
  const [closed, setClosed] = useState<string | null>(null);
  const task = useLiveOne('tasks', wantedTask);
  // Without a task of its own choosing, the screen shows what lies open at the machine, e.g. after a reload.
  const recordNo =
    task?.recordNo ?? (wantedTask === null && state?.recordNo !== closed ? (state?.recordNo ?? null) : null);
  const { record, error: recordError, reload } = useRecord(recordNo);

  const open = useCommand(async (taskId: string, machineId: string) => {
    const opened = await client.call('bench.open', { taskId, equipmentId: machineId });
    setClosed(null);
    reread(opened.recordNo);
  });
  const connect = useCommand((id: string) => client.call('bench.connect', { equipmentId: id }));
  const disconnect = useCommand((id: string) => client.call('bench.disconnect', { equipmentId: id }));
  const virtual = useCommand((id: string, action: VirtualAction) =>
    client.call('bench.virtual', { equipmentId: id, action }),
  );
  const close = useCommand(async (no: string) => {
    await client.call('bench.close', { recordNo: no });
    setClosed(no);
    go('bench', null);
  });

  // A scan or the list chooses the task; it is opened as soon as the machine is known, and again whenever it is asked
  // for again: after a restart of the core nothing lies open at the machine although the screen still shows it.
  const openTask = (taskId: string): void => go('bench', taskId);
  useEffect(() => {
    if (wantedTask === null || equipmentId === null) return;
    setCurrent(wantedTask);
    void open.run(wantedTask, equipmentId);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the task, the machine and the asking decide
  }, [wantedTask, equipmentId, asked]);

  // Only what is pulled can lack a yield, and only there an extensometer comes off.
  const pulls =
    record !== null &&
    record.equipmentId === equipmentId &&
    acquisitionsOf(record).some(({ curve }) => curve?.Fp02 !== undefined);
  const channel = state?.channel ?? machine?.channelState ?? 'none';
  const isOpen = channel === 'open' || channel === 'silent' || channel === 'reconnecting';
  const toggle = (): void => {
    if (equipmentId !== null) void (isOpen ? disconnect : connect).run(equipmentId);
  };
  const press = (action: VirtualAction): void => {
    if (equipmentId !== null) void virtual.run(equipmentId, action);
  };
  useHotkeys('检测台', [
    {
      keys: 'F2',
      name: '到任务列表',
      run: () => document.querySelector<HTMLElement>('[data-testid="task-list"] [role="grid"]')?.focus(),
    },
    { keys: 'F3', name: isOpen ? '断开设备' : '连接设备', run: toggle, disabled: equipmentId === null },
    ...(training
      ? [
          { keys: 'F6', name: '虚拟机：压下一组', run: () => press('load'), disabled: equipmentId === null },
          {
            keys: 'Shift+F6',
            name: '虚拟机：拉一组没有明显屈服的',
            run: () => press('loadSmooth'),
            disabled: !pulls,
          },
          { keys: 'Shift+F7', name: '虚拟机：取下引伸计', run: () => press('unclip'), disabled: !pulls },
          { keys: 'Ctrl+F6', name: '虚拟机：拔线', run: () => press('pull'), disabled: equipmentId === null },
          { keys: 'Ctrl+F7', name: '虚拟机：插线', run: () => press('plug'), disabled: equipmentId === null },
        ]
      : []),
  ]);
  const expires = machine === undefined ? null : daysUntil(machine.validTo);
  const error = open.error ?? connect.error ?? disconnect.error ?? virtual.error ?? close.error ?? recordError;
  const clear = (): void => {
    for (const command of [open, connect, disconnect, virtual, close]) command.clear();
  };

  return (
    <section className="jt-bench" data-testid="place-bench">
      <header className="jt-bench-bar">
        <label className="jt-bench-machine" htmlFor="bench-machine">
          <span>设备</span>
          <Select
            id="bench-machine"
            placeholder="选择本工位的试验机"
            value={equipmentId ?? undefined}
            options={usable.map(({ id, name, model }) => ({ value: id, label: `${id} ${name}（${model}）` }))}
            onChange={(id: string) => {
              remember('bench.equipment', id);
              setChosen(id);
            }}
            data-testid="bench-machine"
          />
        </label>
        {machine !== undefined && machine.state !== 'inUse' && <StateTag state={equipmentWords[machine.state]} />}
        {expires !== null && expires < 31 && (
          <StateTag
            state={
              expires < 0
                ? { word: `检定已过期 ${-expires} 天`, tone: 'bad', shape: '✕' }
                : { word: `检定 ${expires} 天后到期`, tone: 'warn', shape: '▲' }
            }
          />
        )}
        {machine !== undefined && <ExtensometerChoice machine={machine} equipment={equipment} state={state} />}
        <span className="jt-bench-channel" data-testid="bench-channel" data-channel={channel}>
          <StateTag state={channelWords[channel]} />
        </span>
        <Button
          onClick={toggle}
          disabled={equipmentId === null}
          loading={connect.busy || disconnect.busy}
          data-testid="bench-connect"
        >
          {isOpen ? '断开' : '连接'} <kbd className="jt-key">F3</kbd>
        </Button>
        {training && (
          <span className="jt-virtual">
            <Button onClick={() => press('load')} disabled={equipmentId === null} data-testid="bench-virtual-load">
              虚拟机：压下一组 <kbd className="jt-key">F6</kbd>
            </Button>
            {pulls && (
              <>
                <Button onClick={() => press('loadSmooth')} data-testid="bench-virtual-smooth">
                  无明显屈服 <kbd className="jt-key">Shift+F6</kbd>
                </Button>
                <Button onClick={() => press('unclip')} data-testid="bench-virtual-unclip">
                  取下引伸计 <kbd className="jt-key">Shift+F7</kbd>
                </Button>
              </>
            )}
            <Button onClick={() => press('pull')} disabled={equipmentId === null} data-testid="bench-virtual-pull">
              拔线
            </Button>
            <Button onClick={() => press('plug')} disabled={equipmentId === null} data-testid="bench-virtual-plug">
              插线
            </Button>
          </span>
        )}
      </header>
      <aside className="jt-bench-tasks">
        <h2>
          任务 <kbd className="jt-key">F2</kbd>
        </h2>
        <TaskList
          itemCodes={machine === undefined || machine.itemCodes.length === 0 ? null : machine.itemCodes}
          current={current}
          onCurrent={setCurrent}
          onOpen={openTask}
        />
        <RoomNow />
      </aside>
      <div className="jt-bench-main">
        {(record === null || acquisitionsOf(record).length > 0) && (
          <LoadPanel state={state} curve={curve} record={record} />
        )}
        {channel === 'open' && state?.problem !== null && state?.problem !== undefined && (
          <p className="jt-note jt-tone-bad" role="alert" data-testid="bench-problem">
            ✕ {state.problem}
          </p>
        )}
        {state?.portNote && (
          <p className="jt-note jt-tone-warn" data-testid="bench-port-note">
            ▲ {state.portNote}
          </p>
        )}
        <AssignedNote task={task} />
        <ErrorBlock error={error} onClose={clear} />
        {record === null ? (
          <p className="jt-empty jt-bench-empty">
            {equipmentId === null
              ? '先选择本工位的设备，以后会记住。'
              : '扫样品标签，或在左侧选任务按 Enter，开始检测。'}
          </p>
        ) : (
          <BenchRecord
            record={record}
            state={state}
            onChanged={reload}
            onClose={() => void close.run(record.recordNo)}
          />
        )}
      </div>
    </section>
  );
}

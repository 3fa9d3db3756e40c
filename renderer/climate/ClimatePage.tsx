// 温湿度: what the curing room and the laboratory are and were, minute by minute; gaps and alarms; a range as a table.
import { Button } from 'antd';
import { useState } from 'react';
import { addDays } from '../../shared/entities/scalars.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { saveFile } from '../design/files.ts';
import { useHotkeys } from '../design/hotkeys.ts';
import { Pane } from '../design/Pane.tsx';
import { Tabs } from '../design/Tabs.tsx';
import { today } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';
import { usePermit } from '../state/session.ts';
import { useUi } from '../state/ui.ts';
import { MeterDialog } from './MeterDialog.tsx';
import { PlaceDialog } from './PlaceDialog.tsx';
import { RoomCards } from './RoomCards.tsx';
import { CurveView, EventsView, TableView, type View } from './RoomHistory.tsx';
import { useClimateList, useClimateNow } from './useClimate.ts';
import { daysOf, rangeOf, unitDays, unitNames, units, type Unit } from './words.ts';

const views = [
  { id: 'curve', name: '曲线', keys: 'F3' },
  { id: 'table', name: '逐分钟', keys: 'F4' },
  { id: 'events', name: '报警和缺失', keys: 'F6' },
] as const satisfies readonly { id: View; name: string; keys: string }[];

export function ClimatePage() {
  const client = useClient();
  const mayKeep = usePermit('equipment.keep');
  const list = useClimateList();
  const nows = useClimateNow();
  const open = useUi((state) => state.open.climate ?? null);
  const go = useUi((state) => state.go);
  const [view, setView] = useState<View>('curve');
  const [unit, setUnit] = useState<Unit>('day');
  const [end, setEnd] = useState<string | null>(null);
  const [dialog, setDialog] = useState<'place' | 'meter' | null>(null);
  const rooms = list.data?.places ?? [];
  const room = rooms.find(({ placeId }) => placeId === open) ?? rooms[0] ?? null;
  const minute = room === null ? null : (nows.get(room.placeId)?.minute ?? null);
  // Without a day of its own choosing the page goes on with the calendar.
  const last = end ?? today();
  const days = daysOf(unit, last);
  const move = (by: number): void => {
    const to = addDays(last, by * unitDays[unit]);
    setEnd(to >= today() ? null : to);
  };
  const save = useCommand(async () => {
    if (room === null) return;
    const { fileName, text } = await client.call('climate.export', { placeId: room.placeId, ...rangeOf(days) });
    saveFile(fileName, new Blob([text], { type: 'text/csv;charset=utf-8' }));
  });
  const nextRoom = (): void => {
    const index = rooms.findIndex(({ placeId }) => placeId === room?.placeId);
    const next = rooms[(index + 1) % rooms.length];
    if (next) go('climate', next.placeId);
  };
  const nextUnit = (): void => setUnit(units[(units.indexOf(unit) + 1) % units.length] ?? 'day');
  useHotkeys('温湿度', [
    { keys: 'F2', name: '下一处', run: nextRoom, disabled: rooms.length < 2 },
    ...views.map(({ id, name, keys }) => ({ keys, name, run: () => setView(id) })),
    { keys: 'F7', name: '日、周、月', run: nextUnit },
    { keys: 'Alt+ArrowLeft', name: '往前', run: () => move(-1) },
    { keys: 'Alt+ArrowRight', name: '往后', run: () => move(1), disabled: last >= today() },
    { keys: 'F8', name: '导出 CSV', run: () => void save.run(), disabled: room === null },
    ...(mayKeep
      ? [
          { keys: 'F9', name: '范围和报警设置', run: () => setDialog('place'), disabled: room === null },
          { keys: 'F10', name: '接入记录仪', run: () => setDialog('meter'), disabled: room === null },
        ]
      : []),
  ]);
  return (
    <Pane
      title="温湿度"
      actions={
        <>
          <Button
            onClick={() => void save.run()}
            loading={save.busy}
            disabled={room === null}
            data-testid="climate-export"
          >
            导出 CSV <kbd className="jt-key">F8</kbd>
          </Button>
          {mayKeep && (
            <>
              <Button onClick={() => setDialog('place')} disabled={room === null} data-testid="climate-place">
                范围和报警 <kbd className="jt-key">F9</kbd>
              </Button>
              <Button onClick={() => setDialog('meter')} disabled={room === null} data-testid="climate-meter">
                记录仪 <kbd className="jt-key">F10</kbd>
              </Button>
            </>
          )}
        </>
      }
    >
      <div className="jt-fill" data-testid="place-climate">
        {list.error && <ErrorBlock error={toErrorInfo(list.error)} />}
        <ErrorBlock error={save.error} onClose={save.clear} />
        <RoomCards
          rooms={rooms}
          nows={nows}
          current={room?.placeId ?? null}
          onCurrent={(placeId) => go('climate', placeId)}
        />
        <div className="jt-climate-bar">
          <Tabs label="温湿度" tabs={views} current={view} onChange={setView} />
          <span className="jt-climate-range">
            <Button size="small" onClick={nextUnit} data-testid="climate-unit" data-unit={unit}>
              {view === 'table' ? '日' : unitNames[unit]} <kbd className="jt-key">F7</kbd>
            </Button>
            <Button size="small" onClick={() => move(-1)} aria-label="往前" data-testid="climate-back">
              ◀ <kbd className="jt-key">Alt+←</kbd>
            </Button>
            <b data-testid="climate-days">{unit === 'day' || view === 'table' ? last : `${days.from} 至 ${days.to}`}</b>
            <Button
              size="small"
              onClick={() => move(1)}
              disabled={last >= today()}
              aria-label="往后"
              data-testid="climate-on"
            >
              ▶ <kbd className="jt-key">Alt+→</kbd>
            </Button>
          </span>
        </div>
        {room !== null && (
          <div className="jt-climate-view" key={`${room.placeId} ${view}`}>
            {view === 'curve' && <CurveView place={room} days={days} minute={minute} />}
            {view === 'table' && <TableView place={room} day={last} minute={minute} />}
            {view === 'events' && <EventsView place={room} days={days} minute={minute} />}
          </div>
        )}
      </div>
      {dialog === 'place' && room !== null && (
        <PlaceDialog room={room} onClose={() => setDialog(null)} onDone={() => list.refetch()} />
      )}
      {dialog === 'meter' && room !== null && (
        <MeterDialog
          room={room}
          profiles={list.data?.profiles ?? []}
          onClose={() => setDialog(null)}
          onDone={() => list.refetch()}
        />
      )}
    </Pane>
  );
}

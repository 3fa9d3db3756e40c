// The band of a room, how long it may be outside it, and whose records it belongs to. Every change has its reason.
import { Input, Select } from 'antd';
import { useState } from 'react';
import type { ClimateBand } from '../../shared/climate/band.ts';
import type { ClimatePlace } from '../../shared/climate/calls.ts';
import { useClient } from '../client.ts';
import { overlayRoot } from '../design/Dialog.tsx';
import { plainFigure } from '../design/plainFigure.ts';
import { ReasonDialog } from '../design/ReasonDialog.tsx';
import { useLive } from '../live/useLive.tsx';

const limits: readonly (readonly [keyof ClimateBand, string])[] = [
  ['temperatureMin', '温度下限 ℃'],
  ['temperatureMax', '温度上限 ℃'],
  ['humidityMin', '湿度下限 %'],
  ['humidityMax', '湿度上限 %'],
];

export function PlaceDialog({
  room,
  onClose,
  onDone,
}: {
  room: ClimatePlace;
  onClose: () => void;
  /** Until it is over the dialog stays: opened again at once, it shows what was saved. */
  onDone: () => Promise<unknown>;
}) {
  const client = useClient();
  const { rows: items } = useLive('items');
  const [name, setName] = useState(room.name);
  const [band, setBand] = useState(room.band);
  const [alarmMinutes, setAlarmMinutes] = useState(String(room.alarmMinutes));
  const [itemCodes, setItemCodes] = useState(room.itemCodes);
  const [state, setState] = useState(room.state);
  return (
    <ReasonDialog
      title={`${room.name}：范围和报警`}
      usual={['按标准要求', '按本机构作业指导书', '仪表位置变更']}
      confirmText="保存"
      onClose={onClose}
      onConfirm={async (reason) => {
        const { placeId, kind } = room;
        const minutes = /^\d{1,3}$/u.test(alarmMinutes) ? Number.parseInt(alarmMinutes, 10) : 0;
        await client.call('climate.setPlace', {
          placeId,
          kind,
          name,
          band,
          alarmMinutes: minutes,
          itemCodes,
          state,
          reason,
        });
        await onDone();
        onClose();
      }}
    >
      <div className="jt-climate-form">
        <label className="jt-field">
          <span>名称</span>
          <Input
            value={name}
            maxLength={30}
            onChange={(event) => setName(event.target.value)}
            data-testid="climate-name"
          />
        </label>
        <label className="jt-field">
          <span>超限或无读数超过多少分钟报警</span>
          <Input
            inputMode="numeric"
            value={alarmMinutes}
            onChange={(event) => setAlarmMinutes(plainFigure(event.target.value))}
            data-testid="climate-alarmMinutes"
          />
        </label>
        {limits.map(([field, label]) => (
          <label className="jt-field" key={field}>
            <span>{label}（空：不规定）</span>
            <Input
              inputMode="decimal"
              value={band[field] ?? ''}
              onChange={(event) => {
                const text = plainFigure(event.target.value);
                setBand({ ...band, [field]: text === '' ? null : text });
              }}
              data-testid={`climate-${field}`}
            />
          </label>
        ))}
        {room.kind === 'laboratory' && (
          <label className="jt-field jt-climate-wide">
            <span>哪些检测项目的记录取这一处的温湿度（空：全部）</span>
            <Select
              mode="multiple"
              value={itemCodes}
              options={items.map(({ id, name: label }) => ({ value: id, label: `${label}（${id}）` }))}
              showSearch={{ optionFilterProp: 'label' }}
              onChange={setItemCodes}
              getPopupContainer={overlayRoot}
              data-testid="climate-items"
            />
          </label>
        )}
        <label className="jt-check jt-climate-wide">
          <input
            type="checkbox"
            checked={state === 'inUse'}
            onChange={(event) => setState(event.target.checked ? 'inUse' : 'stopped')}
          />
          在用（停用期间不记录、不报警）
        </label>
      </div>
    </ReasonDialog>
  );
}

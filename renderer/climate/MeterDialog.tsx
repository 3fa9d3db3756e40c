// Which meter watches a room: the machine of the ledger, its port, and the register profile, which must be compared with
// the display, because the same request is answered the other way round by another make.
import { Input, Select } from 'antd';
import { useState } from 'react';
import type { ClimatePlace, ClimateProfile } from '../../shared/climate/calls.ts';
import type { LineSettings } from '../../shared/contract/instruments.ts';
import { useClient } from '../client.ts';
import { overlayRoot } from '../design/Dialog.tsx';
import { ReasonDialog } from '../design/ReasonDialog.tsx';
import { useLive } from '../live/useLive.tsx';

const usualLine: LineSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 };
const bauds = [4800, 9600, 19_200, 38_400, 115_200];

export function MeterDialog({
  room,
  profiles,
  onClose,
  onDone,
}: {
  room: ClimatePlace;
  profiles: readonly ClimateProfile[];
  onClose: () => void;
  /** Until it is over the dialog stays: opened again at once, it shows what was saved. */
  onDone: () => Promise<unknown>;
}) {
  const client = useClient();
  const { rows: machines } = useLive('equipment');
  const [equipmentId, setEquipmentId] = useState(room.meter?.equipmentId ?? '');
  const [path, setPath] = useState(room.meter?.path ?? '');
  const [line, setLine] = useState(room.meter?.line ?? usualLine);
  const [profile, setProfile] = useState(room.meter?.profile ?? '');
  const [chosen, setChosen] = useState<string | null>(null);
  const choose = (id: string): void => {
    const found = profiles.find((each) => each.id === id);
    if (!found) return;
    setChosen(id);
    setProfile(found.profile);
    const baudRate = /"baudRate": (\d+)/u.exec(found.profile)?.[1];
    if (baudRate !== undefined) setLine({ ...line, baudRate: Number.parseInt(baudRate, 10) });
  };
  const hint = profiles.find(({ id }) => id === chosen)?.hint;
  return (
    <ReasonDialog
      title={`${room.name}：接入温湿度记录仪`}
      usual={['新装', '更换记录仪', '更改接线']}
      confirmText="保存"
      onClose={onClose}
      onConfirm={async (reason) => {
        const meter = equipmentId === '' ? null : { equipmentId, path: path.trim(), line, profile };
        await client.call('climate.setMeter', { placeId: room.placeId, meter, reason });
        await onDone();
        onClose();
      }}
    >
      <div className="jt-climate-form">
        <label className="jt-field">
          <span>设备（空：取下）</span>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            value={equipmentId === '' ? undefined : equipmentId}
            options={machines.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
            onChange={(id?: string) => setEquipmentId(id ?? '')}
            getPopupContainer={overlayRoot}
            data-testid="climate-equipment"
          />
        </label>
        <label className="jt-field">
          <span>端口</span>
          <Input
            value={path}
            placeholder="COM3、/dev/ttyUSB0、tcp://192.168.1.20:502"
            maxLength={200}
            onChange={(event) => setPath(event.target.value)}
            data-testid="climate-path"
          />
        </label>
        <label className="jt-field">
          <span>寄存器表（选一种，再按说明书核对）</span>
          <Select
            value={chosen ?? undefined}
            placeholder={room.meter?.profileTitle || '选择'}
            options={profiles.map(({ id, title }) => ({ value: id, label: title }))}
            onChange={choose}
            getPopupContainer={overlayRoot}
            data-testid="climate-profile"
          />
        </label>
        <label className="jt-field">
          <span>波特率（8N1）</span>
          <Select
            value={line.baudRate}
            options={bauds.map((value) => ({ value, label: String(value) }))}
            onChange={(baudRate: number) => setLine({ ...line, baudRate })}
            getPopupContainer={overlayRoot}
          />
        </label>
        {hint !== undefined && <p className="jt-note jt-tone-warn jt-climate-wide">▲ {hint}</p>}
        <label className="jt-field jt-climate-wide">
          <span>寄存器表内容（从站地址 slave、寄存器、系数、可信范围 plausible）</span>
          <textarea
            className="jt-input jt-code-area"
            rows={7}
            spellCheck={false}
            value={profile}
            onChange={(event) => setProfile(event.target.value)}
            data-testid="climate-profile-text"
          />
        </label>
      </div>
    </ReasonDialog>
  );
}

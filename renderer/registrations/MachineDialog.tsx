// Enters a new machine, or a change of one, a new calibration above all.
import { Select } from 'antd';
import { useState } from 'react';
import type { CollectionDocument } from '../../shared/entities/collections.ts';
import type { RegistrationHistory } from '../../shared/entities/registration.ts';
import { useClient } from '../client.ts';
import { readDay } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';
import { useLive } from '../live/useLive.tsx';
import { EntryForm, Field } from './EntryForm.tsx';
import { GaugeFields, gaugeForm, gaugeOf, isWhole } from './GaugeFields.tsx';

export interface MachineDialogProps {
  /** Null for a new one. */
  machine: CollectionDocument<'equipment'> | null;
  history: RegistrationHistory;
  onClose: () => void;
  onSaved: (localId: string) => void;
}

export function MachineDialog({ machine, history, onClose, onSaved }: MachineDialogProps) {
  const client = useClient();
  const { rows: items } = useLive('items');
  const [form, setForm] = useState({
    localId: machine?.id ?? '',
    name: machine?.name ?? '',
    model: machine?.model ?? '',
    serial: machine?.serial ?? '',
    itemCodes: machine?.itemCodes ?? [],
    startDate: history.startDate ?? '',
    validMonths: history.validMonths === null ? '12' : String(history.validMonths),
    certificateNo: history.certificateNo ?? '',
    rangeKn: history.rangeKn ?? '',
    kind: history.extensometer == null ? 'machine' : 'extensometer',
    ...gaugeForm(history.extensometer ?? null),
    state: machine?.state === 'scrapped' ? 'scrapped' : 'active',
    reason: '',
  });
  const change = (patch: Partial<typeof form>): void => setForm((before) => ({ ...before, ...patch }));
  const day = readDay(form.startDate);
  const months = /^\d{1,3}$/.test(form.validMonths) ? Number(form.validMonths) : 0;
  const monthsWrong = form.validMonths !== '' && (months < 1 || months > 120);
  const rangeWrong = form.rangeKn.trim() !== '' && !/^\d+(\.\d+)?$/.test(form.rangeKn.trim());
  const isGauge = form.kind === 'extensometer';
  const save = useCommand(async () => {
    const {
      state,
      rangeKn,
      kind: _kind,
      gaugeMm: _g,
      accuracyClass: _c,
      classStandard: _s,
      rangeMm: _r,
      ...plain
    } = form;
    await client.call('registrations.equipment', {
      ...plain,
      intent: machine === null ? 'create' : 'change',
      startDate: day ?? '',
      validMonths: months,
      rangeKn: isGauge || rangeKn.trim() === '' ? null : rangeKn.trim(),
      extensometer: isGauge ? gaugeOf(form) : null,
      state: state === 'scrapped' ? 'scrapped' : 'active',
    });
    onSaved(form.localId.trim());
  });
  const filled = [form.localId, form.name, form.serial, form.certificateNo, form.reason].every(
    (text) => text.trim() !== '',
  );
  const text = (name: 'localId' | 'name' | 'model' | 'serial' | 'certificateNo', label: string) => (
    <Field
      label={label}
      name={name}
      value={form[name]}
      onChange={(value) => change({ [name]: value })}
      disabled={name === 'localId' && machine !== null}
      autoFocus={name === (machine === null ? 'localId' : 'certificateNo')}
    />
  );
  return (
    <EntryForm
      title={machine === null ? '登记设备' : `变更 ${machine.name}（${machine.id}）`}
      note={
        machine === null ? '平台批准之前不能用于检测。' : '平台批准之前仍按原来的资料和检定有效期；批准后自动更新。'
      }
      usual={machine === null ? ['新购设备', '调入'] : ['重新检定或校准', '更正', '报废']}
      reason={form.reason}
      onReason={(reason) => change({ reason })}
      ready={
        filled &&
        day !== null &&
        form.itemCodes.length > 0 &&
        months >= 1 &&
        !monthsWrong &&
        (isGauge ? isWhole(form) : !rangeWrong)
      }
      save={save}
      onClose={onClose}
    >
      {text('localId', '设备编号（字母、数字）')}
      {text('name', '名称')}
      {text('model', '型号')}
      {text('serial', '出厂编号')}
      {text('certificateNo', '检定（校准）证书编号')}
      <Field
        label="检定（校准）日期"
        name="startDate"
        value={form.startDate}
        onChange={(startDate) => change({ startDate })}
        placeholder="2026-11-03 或 1103"
        problem={form.startDate !== '' && day === null ? '不是日期' : undefined}
      />
      <Field
        label="有效期（月）"
        name="validMonths"
        value={form.validMonths}
        onChange={(validMonths) => change({ validMonths })}
        problem={monthsWrong ? '1 至 120' : undefined}
      />
      <label className="jt-field" htmlFor="registration-kind">
        <span>种类</span>
        <Select
          id="registration-kind"
          value={form.kind}
          options={[
            { value: 'machine', label: '试验机、量具和其他' },
            { value: 'extensometer', label: '引伸计' },
          ]}
          onChange={(kind: string) => change({ kind })}
        />
      </label>
      {isGauge && <GaugeFields form={form} onChange={change} />}
      {!isGauge && (
        <Field
          label="量程 kN（无则不填）"
          name="rangeKn"
          value={form.rangeKn}
          onChange={(rangeKn) => change({ rangeKn })}
          problem={rangeWrong ? '应为数字' : undefined}
        />
      )}
      <label className="jt-field" htmlFor="registration-state">
        <span>状态</span>
        <Select
          id="registration-state"
          value={form.state}
          options={[
            { value: 'active', label: '在用' },
            { value: 'scrapped', label: '报废' },
          ]}
          onChange={(state) => change({ state })}
        />
      </label>
      <label className="jt-field jt-entry-wide" htmlFor="registration-items">
        <span>检测项目</span>
        <Select
          id="registration-items"
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          value={form.itemCodes}
          options={items.map(({ id, name }) => ({ value: id, label: `${name}（${id}）` }))}
          onChange={(itemCodes: string[]) => change({ itemCodes })}
        />
      </label>
    </EntryForm>
  );
}

// 登记标准: what a declaration does not know of a standard, or a standard of the lab's own; with a reason.
import { useState } from 'react';
import type { StandardRow } from '../../shared/standards/calls.ts';
import { useClient } from '../client.ts';
import { Dialog } from '../design/Dialog.tsx';
import { DialogActions } from '../design/DialogActions.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useCommand } from '../design/useCommand.ts';

export interface StandardDialogProps {
  /** Null for a new one. */
  standard: StandardRow | null;
  onClose: () => void;
  onSaved: (standardNo: string) => void;
}

export function StandardDialog({ standard, onClose, onSaved }: StandardDialogProps) {
  const client = useClient();
  const [typed, setTyped] = useState({
    standardNo: standard?.standardNo ?? '',
    name: standard?.name ?? '',
    inForceFrom: standard?.inForceFrom ?? '',
    replacedBy: standard?.replacedBy ?? '',
    replacedOn: standard?.replacedOn ?? '',
    reason: '',
  });
  const ready = [typed.standardNo, typed.name, typed.reason].every((text) => text.trim() !== '');
  const save = useCommand(async () => {
    await client.call('standards.put', {
      ...typed,
      inForceFrom: typed.inForceFrom || null,
      replacedOn: typed.replacedOn || null,
    });
    onSaved(typed.standardNo.trim());
  });
  const line = (name: keyof typeof typed, label: string, more: { type?: 'date'; disabled?: boolean; autoFocus?: boolean } = {}) => (
    <label className="jt-field">
      <span>{label}</span>
      <input
        className="jt-input"
        type="text"
        autoComplete="off"
        value={typed[name]}
        maxLength={name === 'name' ? 120 : name === 'reason' ? 200 : 40}
        onChange={(event) => setTyped((before) => ({ ...before, [name]: event.target.value }))}
        data-testid={`standard-${name}`}
        {...more}
      />
    </label>
  ); // prettier-ignore
  return (
    <Dialog title={standard === null ? '登记标准' : `补充 ${standard.standardNo}`} onClose={onClose} width={720}>
      <form
        className="jt-sign"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void save.run();
        }}
      >
        <p className="jt-soft">只供查看和提醒；方法按哪个版本计算、判定，由委托时的版本决定，不受这里影响。</p>
        <div className="jt-entry-fields">
          {line('standardNo', '标准编号（含年份）', { disabled: standard !== null, autoFocus: standard === null })}
          {line('name', '名称', { autoFocus: standard !== null })}
          {line('inForceFrom', '实施日期', { type: 'date' })}
          {line('replacedBy', '代替它的标准编号')}
          {line('replacedOn', '被代替日期', { type: 'date' })}
          {line('reason', '原因（必填，记入审计）')}
        </div>
        <ErrorBlock error={save.error} onClose={save.clear} />
        <DialogActions onClose={onClose} goKey="Enter" ready={ready} busy={save.busy} testId="standard-save">
          保存
        </DialogActions>
      </form>
    </Dialog>
  );
}

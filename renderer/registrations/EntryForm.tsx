// The frame of both forms: fields, reason, what is refused, and two keys. What was typed stays after a refusal.
import type { ReactNode } from 'react';
import { Dialog } from '../design/Dialog.tsx';
import { DialogActions } from '../design/DialogActions.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { UsualReasons } from '../design/ReasonDialog.tsx';
import type { Command } from '../design/useCommand.ts';

export interface FieldProps {
  label: string;
  name: string;
  value: string;
  onChange: (value: string) => void;
  disabled?: boolean;
  autoFocus?: boolean;
  placeholder?: string;
  problem?: string | undefined;
  type?: 'text' | 'date';
}

export function Field({ label, name, value, onChange, problem, ...rest }: FieldProps) {
  return (
    <label className="jt-field">
      <span>{label}</span>
      <input
        className="jt-input"
        autoComplete="off"
        value={value}
        aria-invalid={problem !== undefined}
        onChange={(event) => onChange(event.target.value)}
        data-testid={`registration-${name}`}
        {...rest}
      />
      {problem !== undefined && <em className="jt-field-problem">{problem}</em>}
    </label>
  );
}

export interface EntryFormProps {
  title: string;
  note: string;
  usual: readonly string[];
  reason: string;
  onReason: (reason: string) => void;
  ready: boolean;
  save: Command<[]>;
  onClose: () => void;
  children: ReactNode;
}

export function EntryForm({ title, note, usual, reason, onReason, ready, save, onClose, children }: EntryFormProps) {
  return (
    <Dialog title={title} onClose={onClose} width={720} closable={!save.busy}>
      <form
        className="jt-sign"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void save.run();
        }}
      >
        <p className="jt-soft">{note}</p>
        <div className="jt-entry-fields">{children}</div>
        <UsualReasons usual={usual} onPick={onReason} />
        <Field label="原因（必填，记入审计）" name="reason" value={reason} onChange={onReason} />
        <ErrorBlock error={save.error} onClose={save.clear} />
        <DialogActions onClose={onClose} goKey="Enter" ready={ready} busy={save.busy} testId="registration-save">
          提交平台批准
        </DialogActions>
      </form>
    </Dialog>
  );
}

// Enters new premises, or a change of them.
import { useState } from 'react';
import type { PremisesRow } from '../../shared/entities/registration.ts';
import { useClient } from '../client.ts';
import { useCommand } from '../design/useCommand.ts';
import { EntryForm, Field } from './EntryForm.tsx';

export interface PremisesDialogProps {
  /** Null for new ones. */
  premises: PremisesRow | null;
  onClose: () => void;
  onSaved: (localId: string) => void;
}

export function PremisesDialog({ premises, onClose, onSaved }: PremisesDialogProps) {
  const client = useClient();
  const [form, setForm] = useState({
    localId: premises?.premisesId ?? '',
    name: premises?.name ?? '',
    address: premises?.address ?? '',
    reason: '',
  });
  const change = (patch: Partial<typeof form>): void => setForm((before) => ({ ...before, ...patch }));
  const save = useCommand(async () => {
    await client.call('registrations.premises', { ...form, intent: premises === null ? 'create' : 'change' });
    onSaved(form.localId.trim());
  });
  return (
    <EntryForm
      title={premises === null ? '登记检测场所' : `变更 ${premises.name}`}
      note="提交后由监管平台批准；变更批准之前仍按原来的资料。"
      usual={premises === null ? ['新设场所', '扩项'] : ['搬迁', '更正']}
      reason={form.reason}
      onReason={(reason) => change({ reason })}
      ready={Object.values(form).every((text) => text.trim() !== '')}
      save={save}
      onClose={onClose}
    >
      <Field
        label="编号（字母、数字）"
        name="localId"
        value={form.localId}
        onChange={(localId) => change({ localId })}
        disabled={premises !== null}
        autoFocus={premises === null}
      />
      <Field
        label="名称"
        name="name"
        value={form.name}
        onChange={(name) => change({ name })}
        autoFocus={premises !== null}
      />
      <Field label="地址" name="address" value={form.address} onChange={(address) => change({ address })} />
    </EntryForm>
  );
}

// Enters a new person, or a change of one. The identity number goes in and is never shown whole again.
import { Select } from 'antd';
import { useState } from 'react';
import type { CollectionDocument } from '../../shared/entities/collections.ts';
import { isIdentityNo, type RegistrationHistory } from '../../shared/entities/registration.ts';
import { useClient } from '../client.ts';
import { useCommand } from '../design/useCommand.ts';
import { EntryForm, Field } from './EntryForm.tsx';

export interface PersonDialogProps {
  /** Null for a new one. */
  person: CollectionDocument<'people'> | null;
  history: RegistrationHistory;
  onClose: () => void;
  onSaved: (localId: string) => void;
}

export function PersonDialog({ person, history, onClose, onSaved }: PersonDialogProps) {
  const client = useClient();
  const [form, setForm] = useState({
    localId: person?.id ?? '',
    name: person?.name ?? '',
    certificateNo: person?.certificateNo ?? '',
    identityNo: '',
    state: person?.state === 'left' ? 'left' : 'active',
    reason: '',
  });
  const change = (patch: Partial<typeof form>): void => setForm((before) => ({ ...before, ...patch }));
  const save = useCommand(async () => {
    const { identityNo, state, ...plain } = form;
    await client.call('registrations.person', {
      ...plain,
      intent: person === null ? 'create' : 'change',
      state: state === 'left' ? 'left' : 'active',
      ...(identityNo === '' ? {} : { identityNo }),
    });
    onSaved(form.localId.trim());
  });
  const identity = form.identityNo.trim().toUpperCase();
  const identityWrong = identity.length >= 18 && !isIdentityNo(identity);
  const filled = [form.localId, form.name, form.certificateNo, form.reason].every((text) => text.trim() !== '');
  return (
    <EntryForm
      title={person === null ? '登记人员' : `变更 ${person.name}`}
      note={
        person === null
          ? '平台批准之前不能做检测和签名；检测资格由平台下发。'
          : '平台批准之前仍按原来的资料；批准后自动更新。'
      }
      usual={person === null ? ['新入职', '调入'] : ['证书换发', '离岗', '更正']}
      reason={form.reason}
      onReason={(reason) => change({ reason })}
      ready={filled && !identityWrong && (identity === '' || identity.length === 18)}
      save={save}
      onClose={onClose}
    >
      <Field
        label="编号（字母、数字）"
        name="localId"
        value={form.localId}
        onChange={(localId) => change({ localId })}
        disabled={person !== null}
        autoFocus={person === null}
      />
      <Field
        label="姓名"
        name="name"
        value={form.name}
        onChange={(name) => change({ name })}
        autoFocus={person !== null}
      />
      <Field
        label="证书编号"
        name="certificateNo"
        value={form.certificateNo}
        onChange={(certificateNo) => change({ certificateNo })}
      />
      <label className="jt-field" htmlFor="registration-state">
        <span>状态</span>
        <Select
          id="registration-state"
          value={form.state}
          options={[
            { value: 'active', label: '在岗' },
            { value: 'left', label: '离岗' },
          ]}
          onChange={(state) => change({ state })}
        />
      </label>
      <Field
        label="公民身份号码（加密保存，不上传）"
        name="identityNo"
        value={form.identityNo}
        onChange={(identityNo) => change({ identityNo })}
        placeholder={history.identityMasked === null ? '可不填' : `已保存 ${history.identityMasked}，不填则不变`}
        problem={identityWrong ? '校验位不对，请核对' : undefined}
      />
    </EntryForm>
  );
}

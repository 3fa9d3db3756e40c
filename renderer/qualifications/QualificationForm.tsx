// 登记资格: one item, one parameter or all of them, from when to when, by which certificate, with its proof.
import { useMemo, useState } from 'react';
import { allParametersName } from '../../shared/qualifications/calls.ts';
import { useClient } from '../client.ts';
import { Dialog } from '../design/Dialog.tsx';
import { DialogActions } from '../design/DialogActions.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { broughtFiles, EvidenceFiles } from '../design/EvidenceFiles.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { today } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';
import { useLive } from '../live/useLive.tsx';

export interface QualificationFormProps {
  personId: string;
  personName: string;
  onClose: () => void;
  onDone: () => void;
}

export function QualificationForm(props: QualificationFormProps) {
  return (
    <Dialog title={`登记检测资格 · ${props.personName}`} onClose={props.onClose} width={760}>
      <Form {...props} />
    </Dialog>
  );
}

function Form({ personId, onClose, onDone }: QualificationFormProps) {
  const client = useClient();
  const { rows: items } = useLive('items');
  const sorted = useMemo(() => [...items].sort((a, b) => a.id.localeCompare(b.id)), [items]);
  const [typed, setTyped] = useState({ itemCode: '', parameterCode: '', certificateNo: '', validFrom: today(), validTo: '', remark: '' }); // prettier-ignore
  const [files, setFiles] = useState<readonly File[]>([]);
  const set = (field: keyof typeof typed) => (event: { target: { value: string } }) =>
    setTyped((before) => ({ ...before, [field]: event.target.value }));
  const parameters = sorted.find(({ id }) => id === typed.itemCode)?.parameters ?? [];
  const ordered = typed.validTo === '' || typed.validTo >= typed.validFrom;
  const ready = typed.itemCode !== '' && typed.certificateNo.trim() !== '' && typed.validTo !== '' && typed.validFrom !== '' && ordered; // prettier-ignore
  const save = useCommand(async () => {
    await client.call('qualifications.enter', { personId, ...typed, files: await broughtFiles(files) });
    onDone();
  });
  useHotkeys('登记检测资格', [{ keys: 'F9', name: '保存', run: () => void save.run(), disabled: !ready }]);
  const line = (name: keyof typeof typed, label: string, type: 'text' | 'date', problem?: string) => (
    <label className="jt-field">
      <span>{label}</span>
      <input
        className="jt-input"
        type={type}
        value={typed[name]}
        maxLength={name === 'remark' ? 200 : 60}
        onChange={set(name)}
        data-testid={`qualification-${name}`}
      />
      {problem !== undefined && <em className="jt-field-problem">{problem}</em>}
    </label>
  );
  return (
    <form
      className="jt-sign"
      data-testid="qualification-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void save.run();
      }}
    >
      <div className="jt-entry-fields">
        <label className="jt-field">
          <span>检测项目</span>
          <select
            className="jt-input"
            value={typed.itemCode}
            autoFocus
            onChange={(event) => setTyped((before) => ({ ...before, itemCode: event.target.value, parameterCode: '' }))}
            data-testid="qualification-itemCode"
          >
            <option value="">请选择</option>
            {sorted.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}（{id}）
              </option>
            ))}
          </select>
        </label>
        <label className="jt-field">
          <span>检测参数</span>
          <select
            className="jt-input"
            value={typed.parameterCode}
            onChange={set('parameterCode')}
            data-testid="qualification-parameterCode"
          >
            <option value="">{allParametersName}</option>
            {parameters.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}（{code}）
              </option>
            ))}
          </select>
        </label>
        {line('certificateNo', '证书编号', 'text')}
        {line('validFrom', '有效期自', 'date')}
        {line('validTo', '有效期至（到期前 60、30、7 天提醒）', 'date', ordered ? undefined : '不能早于有效期自')}
        {line('remark', '备注', 'text')}
      </div>
      <div className="jt-dossier-files">
        <EvidenceFiles
          files={files}
          onChange={setFiles}
          hint="证书、授权书等，PDF 或照片，每份不超过 10 MB"
          testId="qualification-files"
        />
      </div>
      <p className="jt-soft">登记后，这个人的这个项目按参数核对：没有登记或过期的参数不能由他检测和签字。</p>
      <ErrorBlock error={save.error} onClose={save.clear} />
      <DialogActions onClose={onClose} goKey="F9" ready={ready} busy={save.busy} testId="qualification-save">
        保存
      </DialogActions>
    </form>
  );
}

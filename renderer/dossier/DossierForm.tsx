// 登记档案: one entry with its proof. What was typed stays after a refusal; which fields there are follows the kind.
import { useState } from 'react';
import {
  dossierKinds,
  kindsOf,
  type DossierKind,
  type DossierKindId,
  type DossierSubject,
} from '../../shared/dossier/kinds.ts';
import { useClient } from '../client.ts';
import { Dialog } from '../design/Dialog.tsx';
import { DialogActions } from '../design/DialogActions.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { broughtFiles, EvidenceFiles } from '../design/EvidenceFiles.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { today } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';

export interface DossierFormProps {
  subject: DossierSubject;
  subjectId: string;
  subjectName: string;
  onClose: () => void;
  onDone: (stopped: boolean) => void;
}

export function DossierForm(props: DossierFormProps) {
  return (
    <Dialog title={`登记档案 · ${props.subjectName}`} onClose={props.onClose} width={760}>
      <Form {...props} />
    </Dialog>
  );
}

const empty = { day: '', title: '', doneBy: '', documentNo: '', detail: '', nextOn: '' };

function Form({ subject, subjectId, onClose, onDone }: DossierFormProps) {
  const client = useClient();
  const ids = kindsOf(subject);
  const [kindId, setKindId] = useState<DossierKindId>(ids[0] ?? 'calibration');
  const [typed, setTyped] = useState({ ...empty, day: today() });
  const [result, setResult] = useState<'passed' | 'failed' | null>(null);
  const [files, setFiles] = useState<readonly File[]>([]);
  const kind: DossierKind = dossierKinds[kindId];
  const set = (field: keyof typeof empty) => (event: { target: { value: string } }) =>
    setTyped({ ...typed, [field]: event.target.value });
  const ready =
    typed.title.trim() !== '' &&
    typed.doneBy.trim() !== '' &&
    typed.day !== '' &&
    (kind.results === null || result !== null);
  const save = useCommand(async () => {
    const brought = await broughtFiles(files);
    const answer = await client.call('dossier.enter', {
      ...typed,
      kind: kindId,
      subjectId,
      result: kind.results === null ? null : result,
      nextOn: kind.recurs && typed.nextOn !== '' ? typed.nextOn : null,
      files: brought,
    });
    onDone(answer.stopped);
  });
  useHotkeys('登记档案', [{ keys: 'F9', name: '保存', run: () => void save.run(), disabled: !ready }]);
  return (
    <form
      className="jt-sign"
      data-testid="dossier-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void save.run();
      }}
    >
      <div className="jt-entry-fields">
        <label className="jt-field">
          <span>类别</span>
          <select
            className="jt-input"
            value={kindId}
            autoFocus
            onChange={(event) => {
              setKindId(event.target.value as DossierKindId);
              setResult(null);
            }}
            data-testid="dossier-kind"
          >
            {ids.map((id) => (
              <option key={id} value={id}>
                {dossierKinds[id].name}
              </option>
            ))}
          </select>
        </label>
        <label className="jt-field">
          <span>日期</span>
          <input
            className="jt-input"
            type="date"
            value={typed.day}
            max={today()}
            onChange={set('day')}
            data-testid="dossier-day"
          />
        </label>
        <label className="jt-field">
          <span>内容</span>
          <input
            className="jt-input"
            value={typed.title}
            maxLength={120}
            onChange={set('title')}
            data-testid="dossier-title"
          />
        </label>
        <label className="jt-field">
          <span>{kind.by}</span>
          <input
            className="jt-input"
            value={typed.doneBy}
            maxLength={60}
            onChange={set('doneBy')}
            data-testid="dossier-doneBy"
          />
        </label>
        <label className="jt-field">
          <span>{kind.document ?? '证书或记录编号'}</span>
          <input
            className="jt-input"
            value={typed.documentNo}
            maxLength={60}
            onChange={set('documentNo')}
            data-testid="dossier-documentNo"
          />
        </label>
        {kind.recurs && (
          <label className="jt-field">
            <span>下次日期（到期前 60、30、7 天提醒）</span>
            <input
              className="jt-input"
              type="date"
              value={typed.nextOn}
              onChange={set('nextOn')}
              data-testid="dossier-nextOn"
            />
          </label>
        )}
        {kind.results !== null && (
          <fieldset className="jt-field jt-dossier-result">
            <legend>结论</legend>
            {(['passed', 'failed'] as const).map((one) => (
              <label key={one} className="jt-check">
                <input
                  type="radio"
                  name="result"
                  checked={result === one}
                  onChange={() => setResult(one)}
                  data-testid={`dossier-${one}`}
                />
                {kind.results?.[one]}
              </label>
            ))}
          </fieldset>
        )}
      </div>
      <label className="jt-field">
        <span>说明（修正值、准确度等级、偏离，使用的人要知道的）</span>
        <textarea
          className="jt-input"
          rows={3}
          maxLength={1000}
          value={typed.detail}
          onChange={set('detail')}
          data-testid="dossier-detail"
        />
      </label>
      <div className="jt-dossier-files">
        <EvidenceFiles
          files={files}
          onChange={setFiles}
          hint="证书、记录、签到表等，PDF 或照片，每份不超过 10 MB"
          testId="dossier-files"
        />
      </div>
      {kind.stops && result === 'failed' && (
        <p className="jt-note jt-tone-bad">✕ 保存后这台设备停用，不能再用它检测；处理合格后在设备页恢复使用。</p>
      )}
      <ErrorBlock error={save.error} onClose={save.clear} />
      <DialogActions onClose={onClose} goKey="F9" ready={ready} busy={save.busy} testId="dossier-save">
        保存
      </DialogActions>
    </form>
  );
}

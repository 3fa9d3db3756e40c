// 申请变更: only commission information has a field here; what was tested is not among it. The values of now stand in the
// fields, what differs from the report is marked, and evidence is picked from files.
import { Input } from 'antd';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { toErrorInfo, useClient } from '../../client.ts';
import { Dialog } from '../../design/Dialog.tsx';
import { DialogActions } from '../../design/DialogActions.tsx';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import { broughtFiles, EvidenceFiles } from '../../design/EvidenceFiles.tsx';
import { useHotkeys } from '../../design/hotkeys.ts';
import { UsualReasons } from '../../design/ReasonDialog.tsx';
import { useCommand } from '../../design/useCommand.ts';

const usual = ['委托单位来函更正', '工程部位填写有误', '单位名称变更', '见证信息有误'];

export function ChangeDialog({ reportNo, onClose, onDone }: ChangeDialogProps) {
  return (
    <Dialog title={`申请变更 ${reportNo}`} onClose={onClose} width={1080}>
      <ChangeForm reportNo={reportNo} onClose={onClose} onDone={onDone} />
    </Dialog>
  );
}

interface ChangeDialogProps {
  reportNo: string;
  onClose: () => void;
  onDone: (changeNo: string) => void;
}

function ChangeForm({ reportNo, onClose, onDone }: ChangeDialogProps) {
  const client = useClient();
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [files, setFiles] = useState<readonly File[]>([]);
  const [reason, setReason] = useState('');
  const [witness, setWitness] = useState('');
  const form = useQuery({
    queryKey: ['changes.form', reportNo],
    queryFn: () => client.call('changes.form', { reportNo }),
    gcTime: 0,
  });
  const fields = form.data?.fields ?? [];
  const changed = fields.filter(({ field, value, onReport }) => (typed[field] ?? value) !== onReport);
  const missing = [
    ...(changed.length === 0 ? ['改动至少一项'] : []),
    ...(reason.trim() === '' ? ['变更原因'] : []),
    ...(files.length === 0 ? ['证明材料'] : []),
    ...(form.data?.witnessRequired === true && witness.trim() === '' ? ['同意变更的见证人'] : []),
  ];
  const send = useCommand(async () => {
    const evidence = await broughtFiles(files);
    const order = await client.call('changes.apply', {
      reportNo,
      reason: reason.trim(),
      fields: changed.map(({ field, value }) => ({ field, newValue: typed[field] ?? value })),
      evidence,
      ...(witness.trim() === '' ? {} : { witness: witness.trim() }),
    });
    onDone(order.changeNo);
  });
  const ready = missing.length === 0 && form.data !== undefined;
  useHotkeys('申请变更', [{ keys: 'F9', name: '提交申请', run: () => void send.run(), disabled: !ready }]);
  return (
    <form
      className="jt-change"
      data-testid="change-dialog"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void send.run();
      }}
    >
      <p className="jt-note jt-tone-quiet">
        签发后只能变更委托信息。检测数据、结果、结论、成型日期和龄期不能变更；数据有误的报告应当作废。批准后产生第{' '}
        {form.data?.revision ?? '—'} 版，由检测、校核、批准三人重新签名。
      </p>
      <ErrorBlock error={form.error === null ? null : toErrorInfo(form.error)} />
      <div className="jt-change-grid jt-change-fields">
        {fields.map(({ field, label, value, onReport }, index) => {
          const now = typed[field] ?? value;
          return (
            <label key={field} className={`jt-field${now === onReport ? '' : ' jt-change-field'}`}>
              <span>
                {label}
                {now !== onReport && <b className="jt-tone-warn"> ▲ 报告上：{onReport || '（空）'}</b>}
              </span>
              <Input
                autoFocus={index === 0}
                value={now}
                maxLength={200}
                onChange={(event) => setTyped({ ...typed, [field]: event.target.value })}
                data-testid={`change-${field}`}
              />
            </label>
          );
        })}
      </div>
      <h4>原因和证明</h4>
      <UsualReasons usual={usual} onPick={setReason} />
      <div className="jt-change-grid">
        <label className="jt-field">
          <span>变更原因（必填，记入变更单）</span>
          <Input
            value={reason}
            maxLength={200}
            onChange={(event) => setReason(event.target.value)}
            data-testid="change-reason"
          />
        </label>
        <label className="jt-field">
          <span>同意变更的见证人{form.data?.witnessRequired === true ? '（见证取样，必填）' : ''}</span>
          <Input
            value={witness}
            maxLength={30}
            onChange={(event) => setWitness(event.target.value)}
            data-testid="change-witness"
          />
        </label>
      </div>
      <div className="jt-change-files">
        <EvidenceFiles
          files={files}
          onChange={setFiles}
          hint="变更申请、见证人同意书等，PDF 或照片，每份不超过 10 MB"
          testId="change-files"
        />
      </div>
      <ErrorBlock error={send.error} onClose={send.clear} />
      <DialogActions
        onClose={onClose}
        onGo={() => void send.run()}
        goKey="F9"
        ready={ready}
        busy={send.busy}
        testId="change-send"
        said={missing.length > 0 ? `还缺：${missing.join('、')}` : `将变更 ${changed.length} 项`}
      >
        提交申请
      </DialogActions>
    </form>
  );
}

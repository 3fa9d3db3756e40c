// An entry that was settled outside: one person states it with a reason, another one looks and confirms with a password.
import { Input } from 'antd';
import { useState, type ReactNode } from 'react';
import type { ErrorInfo } from '../../shared/errors/appError.ts';
import { toErrorInfo } from '../client.ts';
import { Dialog } from '../design/Dialog.tsx';
import { DialogActions } from '../design/DialogActions.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { UsualReasons } from '../design/ReasonDialog.tsx';

const usual = ['已在平台网页上补录', '监督机构已书面答复，不再上传', '平台上已有同一份内容'];

export interface Resolution {
  reason: string;
  second: { username: string; password: string };
}

export function ResolveDialog({
  children,
  onConfirm,
  onClose,
}: {
  children: ReactNode;
  onConfirm: (resolution: Resolution) => Promise<void>;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorInfo | null>(null);
  const complete = reason.trim() !== '' && username.trim() !== '' && password !== '';
  const confirm = async (): Promise<void> => {
    if (busy || !complete) return;
    setBusy(true);
    setError(null);
    try {
      await onConfirm({ reason: reason.trim(), second: { username: username.trim(), password } });
    } catch (cause) {
      setError(toErrorInfo(cause));
      setPassword('');
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title="办结：已在系统外办理" onClose={onClose} closable={!busy}>
      <form
        className="jt-sign"
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        {children}
        <p className="jt-soft">办结后不再上传，也不计入未完成；台账始终写明是人工办结，不会写成“平台已接收”。</p>
        <UsualReasons usual={usual} onPick={setReason} />
        <ErrorBlock error={error} />
        <label className="jt-field">
          <span>办理经过（必填，记入审计）</span>
          <Input
            autoFocus
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            data-testid="resolve-reason"
          />
        </label>
        <label className="jt-field">
          <span>复核人用户名（另一位质量负责人或系统管理员）</span>
          <Input
            autoComplete="off"
            value={username}
            onChange={(event) => setUsername(event.target.value)}
            data-testid="resolve-second"
          />
        </label>
        <label className="jt-field">
          <span>复核人密码</span>
          <Input.Password
            autoComplete="off"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            data-testid="resolve-password"
          />
        </label>
        <DialogActions onClose={onClose} goKey="Enter" ready={complete} busy={busy} testId="resolve-confirm">
          办结
        </DialogActions>
      </form>
    </Dialog>
  );
}

// A signature: says exactly what is signed, asks for the password every time, and keeps nothing of it.
import { Input } from 'antd';
import { useState, type ReactNode } from 'react';
import type { ErrorInfo } from '../../shared/errors/appError.ts';
import { toErrorInfo } from '../client.ts';
import { useUser } from '../state/session.ts';
import { Dialog } from './Dialog.tsx';
import { DialogActions } from './DialogActions.tsx';
import { ErrorBlock } from './ErrorBlock.tsx';

export interface PasswordDialogProps {
  title: string;
  /** What the signature stands for, in one sentence. */
  meaning: string;
  /** What is signed. */
  children: ReactNode;
  /** Digest that the signature binds to; null where each of several has its own, shown among them. */
  digest: string | null;
  confirmText: string;
  /** Rejects with the refusal, which is shown; the dialog stays. */
  onSign: (password: string) => Promise<void>;
  onClose: () => void;
}

export function PasswordDialog({
  title,
  meaning,
  children,
  digest,
  confirmText,
  onSign,
  onClose,
}: PasswordDialogProps) {
  const user = useUser();
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorInfo | null>(null);
  const sign = async (): Promise<void> => {
    if (busy || password === '') return;
    setBusy(true);
    setError(null);
    try {
      await onSign(password);
    } catch (cause) {
      setError(toErrorInfo(cause));
      setPassword('');
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} onClose={onClose} closable={!busy} width={640}>
      <form
        className="jt-sign"
        onSubmit={(event) => {
          event.preventDefault();
          void sign();
        }}
      >
        <p className="jt-sign-meaning">{meaning}</p>
        <div className="jt-sign-subject">{children}</div>
        {digest !== null && (
          <p className="jt-digest" title={digest}>
            内容摘要 <code>{digest.slice(0, 16)}…</code>（签名绑定此内容，改动后签名失效）
          </p>
        )}
        <ErrorBlock error={error} />
        <label className="jt-field">
          <span>{user.name} 的密码</span>
          <Input.Password
            autoFocus
            size="large"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            data-testid="sign-password"
          />
        </label>
        <DialogActions onClose={onClose} goKey="Enter" ready={password !== ''} busy={busy} testId="sign-confirm">
          {confirmText}
        </DialogActions>
      </form>
    </Dialog>
  );
}

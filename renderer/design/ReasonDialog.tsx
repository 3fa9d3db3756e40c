// A step that needs a reason: usual reasons by number key, or typed; the reason goes into the audit trail.
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import type { ErrorInfo } from '../../shared/errors/appError.ts';
import { toErrorInfo } from '../client.ts';
import { Dialog } from './Dialog.tsx';
import { DialogActions } from './DialogActions.tsx';
import { ErrorBlock } from './ErrorBlock.tsx';
import { useHotkeys } from './hotkeys.ts';

export interface ReasonDialogProps {
  title: string;
  children?: ReactNode;
  usual: readonly string[];
  confirmText: string;
  danger?: boolean;
  /** Where something of the program's own is added to the reason. */
  maxLength?: number;
  onConfirm: (reason: string) => Promise<void>;
  onClose: () => void;
}

export function UsualReasons({ usual, onPick }: { usual: readonly string[]; onPick: (reason: string) => void }) {
  useHotkeys(
    '常用原因',
    usual.map((reason, index) => ({ keys: `Alt+${index + 1}`, name: reason, run: () => onPick(reason) })),
  );
  return (
    <div className="jt-usual">
      {usual.map((reason, index) => (
        <Button key={reason} onClick={() => onPick(reason)}>
          {reason} <kbd className="jt-key">Alt+{index + 1}</kbd>
        </Button>
      ))}
    </div>
  );
}

export function ReasonDialog({
  title,
  children,
  usual,
  confirmText,
  danger,
  maxLength = 200,
  onConfirm,
  onClose,
}: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorInfo | null>(null);
  const confirm = async (): Promise<void> => {
    const text = reason.trim();
    if (busy || text === '') return;
    setBusy(true);
    setError(null);
    try {
      await onConfirm(text);
    } catch (cause) {
      setError(toErrorInfo(cause));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} onClose={onClose} closable={!busy}>
      <form
        className="jt-sign"
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        {children}
        <UsualReasons usual={usual} onPick={setReason} />
        <ErrorBlock error={error} />
        <label className="jt-field">
          <span>原因（必填，记入审计）</span>
          <Input
            autoFocus
            size="large"
            maxLength={maxLength}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            data-testid="reason-text"
          />
        </label>
        <DialogActions
          onClose={onClose}
          goKey="Enter"
          ready={reason.trim() !== ''}
          busy={busy}
          danger={danger === true}
          testId="reason-confirm"
        >
          {confirmText}
        </DialogActions>
      </form>
    </Dialog>
  );
}

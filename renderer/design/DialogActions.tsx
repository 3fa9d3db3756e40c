// The foot of a dialog: leave it by Esc, or do what it is for by its key.
import { Button } from 'antd';
import type { ReactNode } from 'react';

export interface DialogActionsProps {
  onClose: () => void;
  /** Without it the button sends the form that it stands in. */
  onGo?: () => void;
  goKey: 'Enter' | 'F9';
  ready?: boolean;
  /** While it is being done, the dialog cannot be left. */
  busy?: boolean;
  danger?: boolean;
  testId: string;
  /** What is still missing, beside the buttons. */
  said?: ReactNode;
  /** What is done, in a word or two. */
  children: ReactNode;
}

export function DialogActions(props: DialogActionsProps) {
  const { onClose, onGo, goKey, ready = true, busy = false, danger = false, testId, said, children } = props;
  return (
    <div className="jt-dialog-actions">
      {said !== undefined && <span className="jt-soft jt-spring">{said}</span>}
      <Button onClick={onClose} disabled={busy}>
        取消 <kbd className="jt-key">Esc</kbd>
      </Button>
      <Button
        type="primary"
        danger={danger}
        htmlType={onGo === undefined ? 'submit' : 'button'}
        loading={busy}
        disabled={!ready}
        onClick={onGo}
        data-testid={testId}
      >
        {children} <kbd className="jt-key">{goKey}</kbd>
      </Button>
    </div>
  );
}

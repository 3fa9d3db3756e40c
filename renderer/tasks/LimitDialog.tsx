// How many tasks a person is given for one day at most; beyond it the program proposes nobody, and a person needs a reason.
import { useState } from 'react';
import { useClient } from '../client.ts';
import { Dialog } from '../design/Dialog.tsx';
import { DialogActions } from '../design/DialogActions.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useCommand } from '../design/useCommand.ts';

export interface LimitDialogProps {
  /** As it is now; null while it is not known. */
  limit: number | null;
  onClose: () => void;
  onDone: (said: string) => void;
}

export function LimitDialog(props: LimitDialogProps) {
  return (
    <Dialog title="每人每天的任务上限" onClose={props.onClose}>
      <Form {...props} />
    </Dialog>
  );
}

function Form({ limit: before, onClose, onDone }: LimitDialogProps) {
  const client = useClient();
  const [limit, setLimit] = useState(before === null ? '' : String(before));
  const [reason, setReason] = useState('');
  const ready = limit !== '' && limit !== String(before) && reason.trim() !== '';
  const save = useCommand(async () => {
    await client.call('tasks.setDayLimit', { dayLimit: Number(limit), reason: reason.trim() });
    onDone(`每人每天上限改为 ${limit} 项。`);
  });
  return (
    <form
      className="jt-sign"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void save.run();
      }}
    >
      <label className="jt-field">
        <span>一名检测员一天最多分配几项（1～999）</span>
        <input
          className="jt-input"
          autoFocus
          inputMode="numeric"
          value={limit}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setLimit(event.target.value.replaceAll(/\D/g, '').slice(0, 3))}
          data-testid="limit-value"
        />
      </label>
      <label className="jt-field">
        <span>原因（必填，记入审计）</span>
        <input
          className="jt-input"
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.target.value)}
          data-testid="limit-reason"
        />
      </label>
      <p className="jt-soft">达到上限的人，程序当天不再建议；由人分配超出上限时要写原因。</p>
      <ErrorBlock error={save.error} onClose={save.clear} />
      <DialogActions onClose={onClose} goKey="Enter" ready={ready} busy={save.busy} testId="limit-save">
        保存
      </DialogActions>
    </form>
  );
}

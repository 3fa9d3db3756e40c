// 作废: says what it ends, asks for the reason and the password. The number stays and is not used again.
import { Input } from 'antd';
import { useState } from 'react';
import { useClient } from '../../client.ts';
import { Dialog } from '../../design/Dialog.tsx';
import { DialogActions } from '../../design/DialogActions.tsx';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import { UsualReasons } from '../../design/ReasonDialog.tsx';
import { useCommand } from '../../design/useCommand.ts';
import { useUser } from '../../state/session.ts';

const usual = ['委托单位撤回委托', '检测数据有误', '重复出具', '委托关系不成立'];

export interface VoidDialogProps {
  reportNo: string;
  /** How many revisions it ends. */
  revisions: number;
  onClose: () => void;
  onDone: () => void;
}

export function VoidDialog({ reportNo, revisions, onClose, onDone }: VoidDialogProps) {
  const client = useClient();
  const user = useUser();
  const [reason, setReason] = useState('');
  const [password, setPassword] = useState('');
  const send = useCommand(async () => {
    await client.call('reports.void', { reportNo, reason: reason.trim(), password });
    onDone();
  });
  const ready = reason.trim() !== '' && password !== '';
  const run = async (): Promise<void> => {
    if (ready && !(await send.run())) setPassword('');
  };
  return (
    <Dialog title={`作废报告 ${reportNo}`} onClose={onClose} closable={!send.busy} width={640}>
      <form
        className="jt-sign"
        data-testid="void-dialog"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <p className="jt-sign-meaning">
          作废后不能恢复：{revisions > 1 ? `全部 ${revisions} 版一起作废，` : ''}
          标识码在监管平台查验为“已作废”，不再打印；编号保留，永不再用。原始记录仍是证据，照旧封存，可用它另出新编号的报告。
        </p>
        <UsualReasons usual={usual} onPick={setReason} />
        <ErrorBlock error={send.error} />
        <label className="jt-field">
          <span>作废原因（必填，上传监管平台并印在台账上）</span>
          <Input
            autoFocus
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            data-testid="void-reason"
          />
        </label>
        <label className="jt-field">
          <span>{user.name} 的密码</span>
          <Input.Password
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            data-testid="sign-password"
          />
        </label>
        <DialogActions onClose={onClose} goKey="Enter" ready={ready} busy={send.busy} danger testId="void-confirm">
          作废
        </DialogActions>
      </form>
    </Dialog>
  );
}

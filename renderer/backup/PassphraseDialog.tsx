// 加密口令: set twice, never shown again. Empty takes it away; backups made before keep the one they were made with.
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useClient } from '../client.ts';
import { Dialog } from '../design/Dialog.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useCommand } from '../design/useCommand.ts';

export interface PassphraseDialogProps {
  encrypted: boolean;
  onClose: () => void;
  onSaved: () => void;
}

export function PassphraseDialog({ encrypted, onClose, onSaved }: PassphraseDialogProps) {
  const client = useClient();
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [reason, setReason] = useState('');
  const differs = again !== '' && again !== passphrase;
  const ready =
    reason.trim() !== '' && passphrase === again && (passphrase === '' ? encrypted : passphrase.length >= 10);
  const save = useCommand(async () => {
    await client.call('backup.passphrase', { passphrase, reason });
    onSaved();
    onClose();
  });
  return (
    <Dialog title="备份的加密口令" onClose={onClose} width={520}>
      <form
        className="jt-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void save.run();
        }}
      >
        <p>
          {encrypted ? '现在的备份是加密的。填写新口令，或留空取消加密。' : '现在的备份没有加密。'}
          以前的备份仍用当时的口令打开。
        </p>
        <p className="jt-tone-bad">▲ 口令忘了，谁也打不开备份。请写下来，封存在保险柜里。</p>
        <label className="jt-field">
          <span>口令（至少 10 个字符）</span>
          <Input.Password
            autoFocus
            autoComplete="new-password"
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
            data-testid="passphrase-new"
          />
        </label>
        <label className="jt-field">
          <span>再输一次{differs ? '（两次不一样）' : ''}</span>
          <Input.Password
            autoComplete="new-password"
            value={again}
            status={differs ? 'error' : ''}
            onChange={(event) => setAgain(event.target.value)}
            data-testid="passphrase-again"
          />
        </label>
        <label className="jt-field">
          <span>原因</span>
          <input
            className="jt-input"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            data-testid="passphrase-reason"
          />
        </label>
        <ErrorBlock error={save.error} />
        <Button type="primary" htmlType="submit" loading={save.busy} disabled={!ready} data-testid="passphrase-save">
          {passphrase === '' && encrypted ? '取消加密' : '保存'}
        </Button>
      </form>
    </Dialog>
  );
}

// 原件收回: how many of the copies came back, who brought them, when; or why not all.
import { Input } from 'antd';
import { useState } from 'react';
import type { Original } from '../../../shared/afterIssue/calls.ts';
import { useClient } from '../../client.ts';
import { Dialog } from '../../design/Dialog.tsx';
import { DialogActions } from '../../design/DialogActions.tsx';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import { Facts } from '../../design/Facts.tsx';
import { readDay, showTime, today } from '../../design/time.ts';
import { useCommand } from '../../design/useCommand.ts';

export interface OriginalDialogProps {
  original: Original;
  onClose: () => void;
  onDone: () => void;
}

export const causeWords: Record<Original['cause'], string> = { replaced: '被新版代替', void: '作废' };

export function OriginalDialog({ original, onClose, onDone }: OriginalDialogProps) {
  const client = useClient();
  const { reportNo, revision, copies } = original;
  const [returned, setReturned] = useState(String(copies));
  const [missingReason, setMissingReason] = useState('');
  const [broughtBy, setBroughtBy] = useState('');
  const [returnedOn, setReturnedOn] = useState(today());
  const send = useCommand(async () => {
    await client.call('originals.close', {
      reportNo,
      revision,
      returned: /^\d+$/.test(returned.trim()) ? Number(returned) : Number.NaN,
      missingReason: missingReason.trim(),
      broughtBy: broughtBy.trim(),
      returnedOn: readDay(returnedOn) ?? returnedOn,
    });
    onDone();
  });
  return (
    <Dialog title={`原件收回 ${reportNo} 第 ${revision} 版`} onClose={onClose} closable={!send.busy}>
      <form
        className="jt-sign"
        data-testid="original-dialog"
        onSubmit={(event) => {
          event.preventDefault();
          void send.run();
        }}
      >
        <Facts
          columns={2}
          facts={[
            ['收回原因', causeWords[original.cause]],
            ['自', showTime(original.openedAt)],
            ['本机打印', `${copies} 份（存出后另行打印的不计）`, 'wide'],
          ]}
        />
        <ErrorBlock error={send.error} />
        <div className="jt-change-grid">
          <label className="jt-field">
            <span>收回份数</span>
            <Input
              autoFocus
              value={returned}
              maxLength={4}
              onChange={(event) => setReturned(event.target.value)}
              data-testid="original-returned"
            />
          </label>
          <label className="jt-field">
            <span>收回日期</span>
            <Input
              value={returnedOn}
              maxLength={10}
              onChange={(event) => setReturnedOn(event.target.value)}
              data-testid="original-on"
            />
          </label>
          <label className="jt-field">
            <span>交回人</span>
            <Input
              value={broughtBy}
              maxLength={50}
              onChange={(event) => setBroughtBy(event.target.value)}
              data-testid="original-by"
            />
          </label>
          <label className="jt-field">
            <span>没有全部收回的原因</span>
            <Input
              value={missingReason}
              maxLength={200}
              onChange={(event) => setMissingReason(event.target.value)}
              data-testid="original-missing"
            />
          </label>
        </div>
        <p className="jt-soft">登记后不再更改。</p>
        <DialogActions onClose={onClose} goKey="Enter" busy={send.busy} testId="original-confirm">
          登记
        </DialogActions>
      </form>
    </Dialog>
  );
}

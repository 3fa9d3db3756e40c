// 登记处置: a note, or how an unqualified result ended; after the end nothing is added.
import { Input } from 'antd';
import { useState } from 'react';
import { closingNames, closings, handlings, type UnqualifiedRow } from '../../../shared/afterIssue/calls.ts';
import { useClient } from '../../client.ts';
import { Dialog } from '../../design/Dialog.tsx';
import { DialogActions } from '../../design/DialogActions.tsx';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import { useCommand } from '../../design/useCommand.ts';

type How = (typeof handlings)[number];

export function HandleDialog({
  row,
  onClose,
  onDone,
}: {
  row: UnqualifiedRow;
  onClose: () => void;
  onDone: () => void;
}) {
  const client = useClient();
  const [how, setHow] = useState<How>(row.reportOtherwise === null ? 'note' : 'reported');
  const [text, setText] = useState('');
  const send = useCommand(async () => {
    await client.call('unqualified.handle', { ledgerNo: row.ledgerNo, how, text: text.trim() });
    onDone();
  });
  return (
    <Dialog title={`登记处置 ${row.ledgerNo}`} onClose={onClose} closable={!send.busy}>
      <form
        className="jt-sign"
        data-testid="handle-dialog"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') void send.run();
        }}
      >
        <p>
          {row.sampleNo} {row.parameterName} {row.value}（要求 {row.requirement}）
        </p>
        <label className="jt-field">
          <span>登记什么</span>
          <select
            className="jt-input"
            value={how}
            onChange={(event) => setHow(event.target.value as How)}
            data-testid="handle-how"
          >
            <option value="note">处置经过（未办结）</option>
            <option value="reported">已另行上报（电话、书面、主管部门网页）</option>
            {closings.map((id) => (
              <option key={id} value={id}>
                办结：{closingNames[id]}
              </option>
            ))}
          </select>
        </label>
        <label className="jt-field">
          <span>说明（何人、何时、如何处理，报告或文件编号）</span>
          <Input
            autoFocus
            size="large"
            maxLength={400}
            value={text}
            onChange={(event) => setText(event.target.value)}
            data-testid="handle-text"
          />
        </label>
        {how === 'reported' && <p className="jt-soft">以登记的时间为上报时间；请写明何时、以何种方式、报给何人。</p>}
        {how !== 'note' && how !== 'reported' && <p className="jt-tone-warn">▲ 办结后这一条不再更改。</p>}
        <ErrorBlock error={send.error} />
        <DialogActions
          onClose={onClose}
          goKey="Enter"
          ready={text.trim() !== ''}
          busy={send.busy}
          testId="handle-confirm"
        >
          登记
        </DialogActions>
      </form>
    </Dialog>
  );
}

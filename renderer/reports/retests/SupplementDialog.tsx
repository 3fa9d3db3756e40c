// 补充检测: parameters that are added to a sample after its first report. They get a record and a report of their own.
import { Input } from 'antd';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { SupplementLink } from '../../../shared/retests/calls.ts';
import { toErrorInfo, useClient } from '../../client.ts';
import { Dialog } from '../../design/Dialog.tsx';
import { DialogActions } from '../../design/DialogActions.tsx';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import { useHotkeys } from '../../design/hotkeys.ts';
import { useCommand } from '../../design/useCommand.ts';

export interface SupplementDialogProps {
  recordNo: string;
  onClose: () => void;
  onDone: (link: SupplementLink) => void;
}

export function SupplementDialog({ recordNo, onClose, onDone }: SupplementDialogProps) {
  const client = useClient();
  const [codes, setCodes] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const query = useQuery({
    queryKey: ['supplements.form', recordNo],
    queryFn: () => client.call('supplements.form', { recordNo }),
    gcTime: 0,
  });
  const form = query.data ?? null;
  const send = useCommand(async () => {
    onDone(await client.call('supplements.begin', { recordNo, parameterCodes: [...codes], reason: reason.trim() }));
  });
  const ready = form !== null && form.refusal === null && codes.length > 0 && reason.trim() !== '';
  useHotkeys('补充检测', [{ keys: 'F9', name: '登记补充检测', run: () => void send.run(), disabled: !ready }]);
  return (
    <Dialog title={`补充检测 ${recordNo}`} onClose={onClose} width={680} closable={!send.busy}>
      <form
        className="jt-change"
        data-testid="supplement-dialog"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void send.run();
        }}
      >
        <ErrorBlock error={query.error === null ? null : toErrorInfo(query.error)} />
        <ErrorBlock error={form?.refusal ?? null} />
        {form !== null && form.refusal === null && (
          <>
            <p>
              样品 {form.sampleNo}（{form.itemName}），首次报告 {form.reportNo}
              。增加的参数用同一样品检测，另出补充报告。
            </p>
            <ul className="jt-retest-parameters">
              {form.parameters.map(({ code, name, missing }, index) => (
                <li key={code}>
                  <label className="jt-check">
                    <input
                      type="checkbox"
                      autoFocus={index === 0}
                      checked={codes.includes(code)}
                      disabled={missing !== null}
                      onChange={(event) =>
                        setCodes(event.target.checked ? [...codes, code] : codes.filter((one) => one !== code))
                      }
                      data-testid={`supplement-parameter-${code}`}
                    />
                    <span>{name}</span>
                  </label>
                  {missing !== null && <p className="jt-tone-warn">▲ {missing}，须按新的委托收样</p>}
                </li>
              ))}
            </ul>
            <label className="jt-field">
              <span>原因和依据（必填）</span>
              <Input
                value={reason}
                maxLength={200}
                onChange={(event) => setReason(event.target.value)}
                data-testid="supplement-reason"
              />
            </label>
            <p className="jt-soft">{form.platformSays}</p>
          </>
        )}
        <ErrorBlock error={send.error} onClose={send.clear} />
        <DialogActions
          onClose={onClose}
          onGo={() => void send.run()}
          goKey="F9"
          ready={ready}
          busy={send.busy}
          testId="supplement-send"
        >
          登记补充检测
        </DialogActions>
      </form>
    </Dialog>
  );
}

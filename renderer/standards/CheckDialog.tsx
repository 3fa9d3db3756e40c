// 查新 of one or several standards at once: when, where, by whom, what was found. Each gets an entry of its own.
import { useState } from 'react';
import { dossierKinds } from '../../shared/dossier/kinds.ts';
import { useClient } from '../client.ts';
import { Dialog } from '../design/Dialog.tsx';
import { DialogActions } from '../design/DialogActions.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { today } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';
import { useSession } from '../state/session.ts';

export interface CheckDialogProps {
  standardNos: readonly string[];
  onClose: () => void;
  onSaved: () => void;
}

export function CheckDialog(props: CheckDialogProps) {
  const { standardNos } = props;
  const title = standardNos.length === 1 ? `查新 ${standardNos[0]}` : `查新 ${standardNos.length} 个标准`;
  return (
    <Dialog title={title} onClose={props.onClose} width={720}>
      <Form {...props} />
    </Dialog>
  );
}

function Form({ standardNos, onClose, onSaved }: CheckDialogProps) {
  const client = useClient();
  const user = useSession((state) => state.session?.user?.name ?? '');
  const [typed, setTyped] = useState({ day: today(), source: '', by: user, documentNo: '', detail: '' });
  const [result, setResult] = useState<'passed' | 'failed' | null>(null);
  const ready = typed.day !== '' && typed.source.trim() !== '' && typed.by.trim() !== '' && result !== null;
  const save = useCommand(async () => {
    await client.call('standards.check', { standardNos: [...standardNos], ...typed, result: result ?? 'passed' });
    onSaved();
  });
  useHotkeys('登记查新', [{ keys: 'F9', name: '保存', run: () => void save.run(), disabled: !ready }]);
  const set = (name: keyof typeof typed) => (event: { target: { value: string } }) =>
    setTyped((before) => ({ ...before, [name]: event.target.value }));
  return (
    <form
      className="jt-sign"
      data-testid="check-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void save.run();
      }}
    >
      {standardNos.length > 1 && <p className="jt-soft">{standardNos.join('、')}</p>}
      <div className="jt-entry-fields">
        <label className="jt-field">
          <span>查新日期</span>
          <input className="jt-input" type="date" max={today()} value={typed.day} onChange={set('day')} data-testid="check-day" />
        </label>
        <label className="jt-field">
          <span>在哪里查的</span>
          <input
            className="jt-input"
            value={typed.source}
            maxLength={120}
            autoFocus
            placeholder="国家标准全文公开系统、住房城乡建设部公告等"
            onChange={set('source')}
            data-testid="check-source"
          />
        </label>
        <label className="jt-field">
          <span>{dossierKinds.currency.by}</span>
          <input className="jt-input" value={typed.by} maxLength={60} onChange={set('by')} data-testid="check-by" />
        </label>
        <label className="jt-field">
          <span>查新记录编号</span>
          <input className="jt-input" value={typed.documentNo} maxLength={60} onChange={set('documentNo')} data-testid="check-documentNo" />
        </label>
        <fieldset className="jt-field jt-dossier-result">
          <legend>结论</legend>
          {(['passed', 'failed'] as const).map((one) => (
            <label key={one} className="jt-check">
              <input type="radio" name="result" checked={result === one} onChange={() => setResult(one)} data-testid={`check-${one}`} />
              {dossierKinds.currency.results[one]}
            </label>
          ))}
        </fieldset>
        <label className="jt-field">
          <span>说明</span>
          <input className="jt-input" value={typed.detail} maxLength={1000} onChange={set('detail')} data-testid="check-detail" />
        </label>
      </div>
      {result === 'failed' && (
        <p className="jt-note jt-tone-warn">▲ 只改变标准库里的状态；在用的方法和委托仍按各自的版本，请另行安排变更。</p>
      )}
      <ErrorBlock error={save.error} onClose={save.clear} />
      <DialogActions
        onClose={onClose}
        goKey="F9"
        ready={ready}
        busy={save.busy}
        testId="check-save"
      >
        保存
      </DialogActions>
    </form>
  );
} // prettier-ignore

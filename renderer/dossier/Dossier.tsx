// 档案 of a machine or of a person: what comes round next with a traffic light in words, then every entry, newest first.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import type { DossierDue, DossierEntry } from '../../shared/dossier/calls.ts';
import { dossierKinds, type DossierKind, type DossierSubject } from '../../shared/dossier/kinds.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { blobOf, saveFile } from '../design/files.ts';
import { useHotkeys } from '../design/hotkeys.ts';
import { ReasonDialog } from '../design/ReasonDialog.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { daysUntil, showTime } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';
import type { StateWord } from '../design/words.ts';
import { usePermit } from '../state/session.ts';
import { DossierForm } from './DossierForm.tsx';

export interface DossierProps {
  subject: DossierSubject;
  subjectId: string;
  subjectName: string;
  /** Told when an entry was made or withdrawn. */
  onChanged?: () => void;
}

export function dueWord({ kind, nextOn }: Pick<DossierDue, 'kind' | 'nextOn'>): StateWord {
  const days = daysUntil(nextOn);
  const { name } = dossierKinds[kind];
  if (days < 0) return { word: `${name} ${nextOn}，逾期 ${-days} 天`, tone: 'bad', shape: '✕' };
  if (days <= 30) return { word: `${name} ${nextOn}，还有 ${days} 天`, tone: 'warn', shape: '▲' };
  return { word: `${name} ${nextOn}`, tone: 'good', shape: '✓' };
}

const keepers = { equipment: 'equipment.keep', person: 'person.keep', standard: 'policy.manage' } as const;

export function Dossier({ subject, subjectId, subjectName, onChanged }: DossierProps) {
  const client = useClient();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const mayKeep = usePermit(keepers[subject]);
  const [entering, setEntering] = useState(false);
  const [withdrawing, setWithdrawing] = useState<DossierEntry | null>(null);
  const query = useQuery({
    queryKey: ['dossier.list', subject, subjectId],
    queryFn: () => client.call('dossier.list', { subject, subjectId }),
  });
  const again = (): void => {
    void cache.invalidateQueries({ queryKey: ['dossier.list'] });
    onChanged?.();
  };
  const save = useCommand(async () => {
    const { fileName, text } = await client.call('dossier.export', { subject });
    saveFile(fileName, new Blob([text], { type: 'text/csv;charset=utf-8' }));
  });
  const open = useCommand(async (entryId: string, sha256: string) => {
    const { fileName, type, bytesBase64 } = await client.call('dossier.file', { entryId, sha256 });
    saveFile(fileName, blobOf(bytesBase64, type));
  });
  useHotkeys('档案', [
    { keys: 'F10', name: '登记档案', run: () => setEntering(true), disabled: !mayKeep },
    { keys: 'Ctrl+S', name: '导出全部档案', run: () => void save.run(), disabled: !mayKeep },
  ]);
  const { entries = [], due = [] } = query.data ?? {};
  return (
    <section className="jt-dossier" data-testid="dossier" data-key={subjectId}>
      <header>
        <h4>档案</h4>
        {due.map((one) => (
          <span key={one.kind} data-testid="dossier-due">
            <StateTag state={dueWord(one)} title={one.title} />
          </span>
        ))}
        <span className="jt-spring" />
        {mayKeep && (
          <>
            <Button size="small" onClick={() => void save.run()} loading={save.busy} data-testid="dossier-export">
              导出 <kbd className="jt-key">Ctrl+S</kbd>
            </Button>
            <Button size="small" onClick={() => setEntering(true)} data-testid="dossier-new">
              登记 <kbd className="jt-key">F10</kbd>
            </Button>
          </>
        )}
      </header>
      <ErrorBlock error={query.error === null ? null : toErrorInfo(query.error)} onRetry={() => void query.refetch()} />
      <ErrorBlock error={save.error ?? open.error} onClose={save.error ? save.clear : open.clear} />
      {entries.length === 0 ? (
        <p className="jt-soft">{query.isPending ? '正在载入…' : '还没有登记。'}</p>
      ) : (
        <ol>
          {entries.map((entry) => (
            <Entry
              key={entry.entryId}
              entry={entry}
              onFile={(sha256) => void open.run(entry.entryId, sha256)}
              onWithdraw={mayKeep && entry.withdrawn === null ? () => setWithdrawing(entry) : null}
            />
          ))}
        </ol>
      )}
      {entering && (
        <DossierForm
          subject={subject}
          subjectId={subjectId}
          subjectName={subjectName}
          onClose={() => setEntering(false)}
          onDone={(stopped) => {
            setEntering(false);
            again();
            void (stopped ? message.warning(`已登记，${subjectName}已停用`) : message.success('已登记'));
          }}
        />
      )}
      {withdrawing !== null && (
        <ReasonDialog
          title={`撤回 ${withdrawing.day} 的${dossierKinds[withdrawing.kind].name}`}
          usual={['登记有误', '登错设备或人员', '重复登记']}
          confirmText="撤回"
          danger
          onClose={() => setWithdrawing(null)}
          onConfirm={async (reason) => {
            await client.call('dossier.withdraw', { entryId: withdrawing.entryId, reason });
            setWithdrawing(null);
            again();
          }}
        >
          <p>撤回后这一条仍然看得到，划线并写明原因；它停用过的设备不会自动恢复。</p>
        </ReasonDialog>
      )}
    </section>
  );
}

interface EntryProps {
  entry: DossierEntry;
  onFile: (sha256: string) => void;
  onWithdraw: (() => void) | null;
}

function Entry({ entry, onFile, onWithdraw }: EntryProps) {
  const kind: DossierKind = dossierKinds[entry.kind];
  const failed = entry.result === 'failed';
  return (
    <li data-testid="dossier-entry" data-withdrawn={entry.withdrawn !== null}>
      <div className={entry.withdrawn === null ? undefined : 'jt-dossier-withdrawn'}>
        <b>
          {entry.day} {kind.name}
        </b>
        {entry.result !== null && (
          <span className={failed ? 'jt-tone-bad' : 'jt-tone-good'}>
            {failed ? ' ✕ ' : ' ✓ '}
            {kind.results?.[entry.result]}
          </span>
        )}{' '}
        {entry.title}
        <span className="jt-soft">
          {' '}
          {entry.doneBy}
          {entry.documentNo !== '' && `，${entry.documentNo}`}
          {entry.nextOn !== null && `，下次 ${entry.nextOn}`}
        </span>
        {entry.detail !== '' && <p>{entry.detail}</p>}
      </div>
      <p className="jt-soft">
        {entry.files.map((file) => (
          <button key={file.sha256} type="button" className="jt-link" onClick={() => onFile(file.sha256)}>
            {file.fileName}
          </button>
        ))}{' '}
        登记 {entry.enteredByName} {showTime(entry.enteredAt)}{' '}
        {onWithdraw !== null && (
          <button type="button" className="jt-link" onClick={onWithdraw} data-testid="dossier-withdraw">
            撤回
          </button>
        )}
      </p>
      {entry.withdrawn !== null && (
        <p className="jt-tone-warn">
          ▲ 已撤回：{entry.withdrawn.reason}（{entry.withdrawn.byName} {showTime(entry.withdrawn.at)}）
        </p>
      )}
    </li>
  );
}

// 按参数的检测资格 of a person: item, parameter, from when to when, certificate, proof; a traffic light in words.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { QualificationEntry } from '../../shared/qualifications/calls.ts';
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
import { QualificationForm } from './QualificationForm.tsx';

export function validityWord({ validFrom, validTo }: Pick<QualificationEntry, 'validFrom' | 'validTo'>): StateWord {
  const [begins, days] = [daysUntil(validFrom), daysUntil(validTo)];
  if (days < 0) return { word: `已过期 ${-days} 天`, tone: 'bad', shape: '✕' };
  if (begins > 0) return { word: `${begins} 天后生效`, tone: 'quiet', shape: '○' };
  if (days <= 60) return { word: `还有 ${days} 天`, tone: 'warn', shape: '▲' };
  return { word: '有效', tone: 'good', shape: '✓' };
}

export function Qualifications({ personId, personName }: { personId: string; personName: string }) {
  const client = useClient();
  const cache = useQueryClient();
  const mayKeep = usePermit('person.keep');
  const [entering, setEntering] = useState(false);
  const [withdrawing, setWithdrawing] = useState<QualificationEntry | null>(null);
  const query = useQuery({
    queryKey: ['qualifications.list', personId],
    queryFn: () => client.call('qualifications.list', { personId }),
  });
  const again = (): void => void cache.invalidateQueries({ queryKey: ['qualifications.list'] });
  const open = useCommand(async (entryId: string, sha256: string) => {
    const { fileName, type, bytesBase64 } = await client.call('qualifications.file', { entryId, sha256 });
    saveFile(fileName, blobOf(bytesBase64, type));
  });
  useHotkeys('检测资格', [{ keys: 'F7', name: '登记按参数的资格', run: () => setEntering(true), disabled: !mayKeep }]);
  const entries = query.data?.entries ?? [];
  return (
    <section className="jt-dossier" data-testid="qualifications" data-key={personId}>
      <header>
        <h4>检测资格（按参数）</h4>
        <span className="jt-soft">
          {entries.length === 0
            ? '没有登记：只按平台下发的项目资格'
            : '登记过的项目，只有登记并在有效期内的参数可以检测和签字'}
        </span>
        <span className="jt-spring" />
        {mayKeep && (
          <Button size="small" onClick={() => setEntering(true)} data-testid="qualification-new">
            登记资格 <kbd className="jt-key">F7</kbd>
          </Button>
        )}
      </header>
      <ErrorBlock error={query.error === null ? null : toErrorInfo(query.error)} onRetry={() => void query.refetch()} />
      <ErrorBlock error={open.error} onClose={open.clear} />
      <ol>
        {entries.map((entry) => (
          <li key={entry.entryId} data-testid="qualification-entry" data-withdrawn={entry.withdrawn !== null}>
            <span className={entry.withdrawn === null ? undefined : 'jt-dossier-withdrawn'}>
              <b>{entry.itemName}</b> {entry.parameterName} {entry.validFrom} 至 {entry.validTo}
            </span>{' '}
            {entry.withdrawn === null && <StateTag state={validityWord(entry)} />}
            <span className="jt-soft">
              {' '}
              证书 {entry.certificateNo}
              {entry.remark !== '' && `，${entry.remark}`}{' '}
              {entry.files.map((file) => (
                <button
                  key={file.sha256}
                  type="button"
                  className="jt-link"
                  onClick={() => void open.run(entry.entryId, file.sha256)}
                >
                  {file.fileName}
                </button>
              ))}{' '}
              登记 {entry.enteredByName} {showTime(entry.enteredAt)}{' '}
              {mayKeep && entry.withdrawn === null && (
                <button
                  type="button"
                  className="jt-link"
                  onClick={() => setWithdrawing(entry)}
                  data-testid="qualification-withdraw"
                >
                  撤回
                </button>
              )}
            </span>
            {entry.withdrawn !== null && (
              <p className="jt-tone-warn">
                ▲ 已撤回：{entry.withdrawn.reason}（{entry.withdrawn.byName} {showTime(entry.withdrawn.at)}）
              </p>
            )}
          </li>
        ))}
      </ol>
      {entering && (
        <QualificationForm
          personId={personId}
          personName={personName}
          onClose={() => setEntering(false)}
          onDone={() => {
            setEntering(false);
            again();
          }}
        />
      )}
      {withdrawing !== null && (
        <ReasonDialog
          title={`撤回 ${personName} 的${withdrawing.itemName}（${withdrawing.parameterName}）资格`}
          usual={['登记有误', '换发新证', '取消资格']}
          confirmText="撤回"
          danger
          onClose={() => setWithdrawing(null)}
          onConfirm={async (reason) => {
            await client.call('qualifications.withdraw', { entryId: withdrawing.entryId, reason });
            setWithdrawing(null);
            again();
          }}
        >
          <p>撤回后仍然看得到；这个项目以后仍按参数核对，没有登记有效资格的参数不能检测和签字。</p>
        </ReasonDialog>
      )}
    </section>
  );
}

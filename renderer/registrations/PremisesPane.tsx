// 检测场所: the lab's rooms and sites as the platform has approved them, and what was entered of them.
import { Button } from 'antd';
import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { PremisesRow } from '../../shared/entities/registration.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { DataGrid, type Column } from '../design/DataGrid.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { Pane } from '../design/Pane.tsx';
import { StateTag } from '../design/StateTag.tsx';
import type { StateWord } from '../design/words.ts';
import { usePermit } from '../state/session.ts';
import { History } from './History.tsx';
import { PremisesDialog } from './PremisesDialog.tsx';
import { useRegistration } from './useRegistration.ts';
import { standingWord } from './words.ts';

const stateWords: Record<PremisesRow['state'], StateWord> = {
  active: { word: '平台已批准', tone: 'good', shape: '✓' },
  pending: { word: '待平台批准', tone: 'busy', shape: '◐' },
  rejected: { word: '平台退回', tone: 'bad', shape: '✕' },
  merged: { word: '与另一处重复', tone: 'quiet', shape: '○' },
};

const standingOf = ({ standing }: PremisesRow): StateWord | null =>
  standing === null
    ? null
    : standingWord({
        registration: standing.state,
        registrationChange: standing.change,
        registrationReason: standing.reason,
      });

const columns: readonly Column<PremisesRow>[] = [
  { key: 'id', title: '编号', width: '100px', render: (row) => <b>{row.premisesId}</b> },
  { key: 'name', title: '名称', width: 'minmax(140px, 1fr)', render: (row) => row.name },
  { key: 'address', title: '地址', width: 'minmax(200px, 2fr)', render: (row) => row.address },
  { key: 'state', title: '状态', width: '130px', render: (row) => <StateTag state={stateWords[row.state]} /> },
  {
    key: 'registration',
    title: '登记',
    width: 'minmax(140px, 1fr)',
    render: (row) => {
      const standing = standingOf(row);
      return standing === null ? '—' : <StateTag state={standing} title={standing.word} />;
    },
  },
];

export function PremisesPane({ onBack }: { onBack: () => void }) {
  const client = useClient();
  const cache = useQueryClient();
  const mayKeep = usePermit('person.keep');
  const [current, setCurrent] = useState<string | null>(null);
  const [entering, setEntering] = useState<'new' | 'change' | null>(null);
  const query = useQuery({
    queryKey: ['premises.list'],
    queryFn: () => client.call('premises.list', {}),
    // The platform decides in its own time.
    refetchInterval: 10_000,
  });
  const rows = query.data?.rows ?? [];
  const row = rows.find(({ premisesId }) => premisesId === current) ?? null;
  const stamp = row?.standing === null || row === null ? 0 : Date.parse(row.standing.at);
  const { history, error } = useRegistration('premises', row?.premisesId ?? null, stamp);
  const mayEnter = mayKeep && query.data?.master === 'local-then-approved';
  const changes = mayEnter && row !== null && row.state !== 'merged';
  useHotkeys('检测场所', [
    { keys: 'F2', name: '登记场所', run: () => setEntering('new'), disabled: !mayEnter },
    { keys: 'F3', name: '变更当前场所', run: () => setEntering('change'), disabled: !changes },
    { keys: 'F6', name: '回到人员', run: onBack },
  ]);
  return (
    <Pane
      title="检测场所"
      actions={
        <>
          <span className="jt-soft">
            {query.data?.master === 'platform'
              ? '场所由监管平台登记：请在平台网页上登记或变更'
              : '场所在此登记，平台批准后生效'}
          </span>
          {mayEnter && (
            <>
              <Button onClick={() => setEntering('new')} data-testid="premises-new">
                登记场所 <kbd className="jt-key">F2</kbd>
              </Button>
              <Button disabled={!changes} onClick={() => setEntering('change')} data-testid="premises-change">
                变更 <kbd className="jt-key">F3</kbd>
              </Button>
            </>
          )}
          <Button onClick={onBack} data-testid="premises-back">
            人员 <kbd className="jt-key">F6</kbd>
          </Button>
        </>
      }
    >
      <ErrorBlock error={error ?? (query.error === null ? null : toErrorInfo(query.error))} />
      <div className="jt-people" data-testid="place-premises">
        <DataGrid
          label="检测场所"
          columns={columns}
          rows={rows}
          rowKey={({ premisesId }) => premisesId}
          current={current}
          onCurrent={setCurrent}
          onOpen={() => changes && setEntering('change')}
          empty={query.isPending ? '正在载入…' : '没有登记检测场所。'}
          rowTestId="premises-row"
          autoFocus
        />
        {row !== null && history !== null && <History history={history} />}
      </div>
      {entering !== null && (
        <PremisesDialog
          premises={entering === 'change' ? row : null}
          onClose={() => setEntering(null)}
          onSaved={(localId) => {
            setCurrent(localId);
            setEntering(null);
            void cache.invalidateQueries({ queryKey: ['premises.list'] });
            void cache.invalidateQueries({ queryKey: ['registration', 'premises'] });
          }}
        />
      )}
    </Pane>
  );
}

// 标准库: the standards and editions that the methods go by and those the lab adds, how they stand, when they were last
// looked up and by whom. It shows and reminds; no verdict depends on it.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import type { StandardRow } from '../../shared/standards/calls.ts';
import { useNames } from '../../shared/standards/library.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { DataGrid, type Column } from '../design/DataGrid.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { Facts } from '../design/Facts.tsx';
import { saveFile } from '../design/files.ts';
import { useHotkeys } from '../design/hotkeys.ts';
import { KeyHint } from '../design/KeyHint.tsx';
import { Pane } from '../design/Pane.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { useCommand } from '../design/useCommand.ts';
import { Dossier } from '../dossier/Dossier.tsx';
import { usePermit } from '../state/session.ts';
import { CheckDialog } from './CheckDialog.tsx';
import { MonthsDialog } from './MonthsDialog.tsx';
import { StandardDialog } from './StandardDialog.tsx';
import { checkWord, stateWord } from './words.ts';
import './standards.css';

const methodsOf = ({ uses }: StandardRow): string => [...new Set(uses.map(({ methodName }) => methodName))].join('、');

const columns: readonly Column<StandardRow>[] = [
  { key: 'no', title: '标准编号', width: '132px', render: ({ standardNo }) => <b>{standardNo}</b> },
  { key: 'name', title: '名称', width: 'minmax(110px, 2fr)', render: ({ name }) => <span title={name}>{name}</span> },
  { key: 'state', title: '状态', width: '88px', render: ({ state, why }) => <StateTag state={stateWord(state)} title={why} /> },
  { key: 'methods', title: '采用的方法', width: 'minmax(84px, 1.6fr)', render: (row) => <span title={methodsOf(row)}>{methodsOf(row) || '—'}</span> },
  { key: 'copies', title: '受控编号', width: '72px', render: ({ copies }) => copies.join('、') || '—' },
  { key: 'check', title: '最近查新', width: '164px', render: (row) => <StateTag state={checkWord(row)} /> },
  { key: 'by', title: '查新确认人', width: '76px', render: ({ lastCheck }) => lastCheck?.by ?? '—' },
]; // prettier-ignore

export function StandardsPane({ onBack }: { onBack: () => void }) {
  const client = useClient();
  const cache = useQueryClient();
  const mayKeep = usePermit('policy.manage');
  const [current, setCurrent] = useState<string | null>(null);
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [text, setText] = useState('');
  const [dialog, setDialog] = useState<'new' | 'change' | 'check' | 'months' | null>(null);
  const query = useQuery({ queryKey: ['standards.list'], queryFn: () => client.call('standards.list', {}) });
  const again = (): void => {
    void cache.invalidateQueries({ queryKey: ['standards.list'] });
    void cache.invalidateQueries({ queryKey: ['dossier.list', 'standard'] });
  };
  const months = query.data?.checkMonths ?? 12;
  const shown = useMemo(() => {
    const words = text.toLowerCase().replaceAll(/\s+/g, '');
    const of = (row: StandardRow): string => `${row.standardNo}${row.name}${methodsOf(row)}`.toLowerCase().replaceAll(/\s+/g, ''); // prettier-ignore
    return (query.data?.rows ?? []).filter((row) => of(row).includes(words));
  }, [query.data, text]);
  const row = shown.find(({ standardNo }) => standardNo === current) ?? null;
  const chosen = marked.size > 0 ? [...marked] : row === null ? [] : [row.standardNo];
  const save = useCommand(async () => {
    const file = await client.call('standards.export', {});
    saveFile(file.fileName, new Blob([file.text], { type: 'text/csv;charset=utf-8' }));
  });
  const close = (): void => setDialog(null);
  const done = (): void => {
    setDialog(null);
    again();
  };
  const markAll = (): void => {
    const open = shown.filter(({ state }) => state !== 'replaced').map(({ standardNo }) => standardNo);
    setMarked((before) => (before.size > 0 ? new Set() : new Set(open)));
  };
  useHotkeys('标准库', [
    { keys: 'F2', name: '登记标准', run: () => setDialog('new'), disabled: !mayKeep },
    { keys: 'F3', name: '补充当前标准', run: () => setDialog('change'), disabled: !mayKeep || row === null },
    { keys: 'F4', name: '导出标准库', run: () => void save.run(), disabled: !mayKeep },
    { keys: 'F7', name: '登记查新', run: () => setDialog('check'), disabled: !mayKeep || chosen.length === 0 },
    { keys: 'F9', name: '查新周期', run: () => setDialog('months'), disabled: !mayKeep },
    { keys: 'Ctrl+A', name: '选中全部现行标准，或全不选', run: markAll, disabled: !mayKeep },
    { keys: 'F8', name: '回到方法库', run: onBack },
  ]);
  return (
    <Pane
      title="标准库"
      actions={
        <>
          <span className="jt-soft">查新周期 {months} 个月；只供查看和提醒，不改变任何判定</span>
          {mayKeep && (
            <>
              <Button disabled={chosen.length === 0} onClick={() => setDialog('check')} data-testid="standard-check">
                查新{marked.size > 0 ? ` ${marked.size} 个` : ''} <KeyHint keys="F7" />
              </Button>
              <Button onClick={() => setDialog('new')} data-testid="standard-new">
                登记标准 <KeyHint keys="F2" />
              </Button>
              <Button onClick={() => void save.run()} loading={save.busy} data-testid="standard-export">
                导出 <KeyHint keys="F4" />
              </Button>
              <Button onClick={() => setDialog('months')} data-testid="standard-months">
                周期 <KeyHint keys="F9" />
              </Button>
            </>
          )}
          <Button onClick={onBack} data-testid="standards-back">
            方法库 <KeyHint keys="F8" />
          </Button>
        </>
      }
    >
      <ErrorBlock error={query.error === null ? null : toErrorInfo(query.error)} onRetry={() => void query.refetch()} />
      <ErrorBlock error={save.error} onClose={save.clear} />
      <div className="jt-standards" data-testid="place-standards">
        <div className="jt-search">
          <input
            className="jt-input"
            type="search"
            placeholder="编号、名称、方法"
            aria-label="查找标准"
            value={text}
            onChange={(event) => setText(event.target.value)}
            data-testid="standard-search"
          />
          <span className="jt-soft" aria-live="polite">
            {shown.length} 个{mayKeep && '；空格选中，可一次登记几个的查新'}
          </span>
        </div>
        <DataGrid
          label="标准库"
          columns={columns}
          rows={shown}
          rowKey={({ standardNo }) => standardNo}
          current={current}
          onCurrent={setCurrent}
          {...(mayKeep
            ? {
                marked,
                onMark: (key: string) =>
                  setMarked(
                    (before) => new Set(before.has(key) ? [...before].filter((one) => one !== key) : [...before, key]),
                  ),
              }
            : {})}
          empty={query.isPending ? '正在载入…' : '没有这样的标准。'}
          rowTestId="standard-row"
          autoFocus
        />
        {row !== null && <Detail row={row} onChange={mayKeep ? () => setDialog('change') : null} onEntered={again} />}
      </div>
      {(dialog === 'new' || dialog === 'change') && (
        <StandardDialog
          standard={dialog === 'change' ? row : null}
          onClose={close}
          onSaved={(standardNo) => {
            setCurrent(standardNo);
            done();
          }}
        />
      )}
      {dialog === 'check' && (
        <CheckDialog
          standardNos={chosen}
          onClose={close}
          onSaved={() => {
            setMarked(new Set());
            done();
          }}
        />
      )}
      {dialog === 'months' && <MonthsDialog months={months} onClose={close} onSaved={done} />}
    </Pane>
  );
}

function Detail({ row, onChange, onEntered }: { row: StandardRow; onChange: (() => void) | null; onEntered: () => void }) {
  const used = row.usedFrom === null ? '没有方法采用' : `${row.usedFrom} 起${row.usedUntil === null ? '' : `，到 ${row.usedUntil}`}`;
  return (
    <div className="jt-standard-detail" data-testid="standard-detail" data-key={row.standardNo}>
      <header className="jt-detail-head">
        <h3>
          {row.standardNo} {row.name}
        </h3>
        <StateTag state={stateWord(row.state)} />
        {row.why !== '' && <span className="jt-soft">{row.why}</span>}
        <span className="jt-spring" />
        {onChange !== null && (
          <Button onClick={onChange} data-testid="standard-change">
            补充 <KeyHint keys="F3" />
          </Button>
        )}
      </header>
      <Facts
        columns={3}
        facts={[
          ['实施日期', row.inForceFrom ?? '没有登记'],
          ['代替它的', row.replacedBy],
          ['被代替日期', row.replacedOn],
          ['方法采用', used],
          ['受控编号', row.copies.join('、')],
          ['查新有效至', row.checkDue],
        ]}
      />
      {row.uses.length > 0 && (
        <ul className="jt-standard-uses">
          {row.uses.map(({ methodName, use, editionId, from, until }) => (
            <li key={`${methodName}${use}${editionId}`}>
              {methodName}：{useNames[use]}，按 {editionId} 版本的委托（{from} 起{until === null ? '' : `，${until} 止`}）
            </li>
          ))}
        </ul>
      )}
      <Dossier key={row.standardNo} subject="standard" subjectId={row.standardNo} subjectName={row.standardNo} onChanged={onEntered} />
    </div>
  );
} // prettier-ignore

// 不合格台账: every unqualified result, whether the authority has it in time and by what proof, and how it ended.
import { App, Button } from 'antd';
import { useRef, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { UnqualifiedRow } from '../../../shared/afterIssue/calls.ts';
import { toErrorInfo, useClient } from '../../client.ts';
import { DataGrid, type Column } from '../../design/DataGrid.tsx';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import { saveFile } from '../../design/files.ts';
import { useHotkeys } from '../../design/hotkeys.ts';
import { StateTag } from '../../design/StateTag.tsx';
import { showTime } from '../../design/time.ts';
import { useCommand } from '../../design/useCommand.ts';
import { usePermit } from '../../state/session.ts';
import { RetestDialog } from '../retests/RetestDialog.tsx';
import { HandleDialog } from './HandleDialog.tsx';
import { UnqualifiedDetail } from './UnqualifiedDetail.tsx';
import { sendingWords } from './words.ts';

type Part = 'open' | 'overdue' | 'closed' | 'all';
const parts: readonly (readonly [Part, string])[] = [
  ['open', '未办结'],
  ['overdue', '超时未上报'],
  ['closed', '已办结'],
  ['all', '全部'],
];

const columns: readonly Column<UnqualifiedRow>[] = [
  { key: 'no', title: '台账编号', width: '118px', render: (row) => row.ledgerNo },
  { key: 'sending', title: '上报', width: '116px', render: (row) => <StateTag state={sendingWords[row.sending]} /> },
  {
    key: 'what',
    title: '样品、结果与要求',
    width: 'minmax(180px, 2fr)',
    render: (row) => (
      <span title={`${row.sampleNo} ${row.structurePart}`}>
        {row.sampleNo} {row.parameterName} <b className="jt-tone-bad">{row.value}</b>（要求 {row.requirement}）
      </span>
    ),
  },
  { key: 'deadline', title: '上报时限', width: '104px', render: (row) => showTime(row.deadline).slice(5) },
  {
    key: 'end',
    title: '处置',
    width: '84px',
    render: (row) => (
      <StateTag
        state={
          row.closed
            ? { word: '已办结', tone: 'good', shape: '✓' }
            : { word: row.handling.length > 0 ? '处置中' : '未处置', tone: 'warn', shape: '▲' }
        }
      />
    ),
  },
];

export function UnqualifiedPane() {
  const client = useClient();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const mayHandle = usePermit('unqualified.handle');
  const mayRetest = usePermit('retest.begin');
  const [part, setPart] = useState<Part>('open');
  const [text, setText] = useState('');
  const [current, setCurrent] = useState<string | null>(null);
  const [handling, setHandling] = useState(false);
  const [retesting, setRetesting] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const query = useQuery({
    queryKey: ['unqualified.list', part, text],
    queryFn: () => client.call('unqualified.list', { part, text, limit: 200 }),
    // The time goes on: what was due becomes overdue, and receipts arrive.
    refetchInterval: 30_000,
    placeholderData: (previous) => previous,
  });
  const rows = query.data?.rows ?? [];
  const row = rows.find(({ ledgerNo }) => ledgerNo === current) ?? rows[0] ?? null;
  const can = mayHandle && row !== null && !row.closed;
  const canRetest = mayRetest && row !== null && !row.closed && row.retests.every(({ state }) => state === 'voided');
  const save = useCommand(async () => {
    const file = await client.call('unqualified.export', { part, text });
    saveFile(file.fileName, new Blob([file.text], { type: 'text/csv;charset=utf-8' }));
  });
  useHotkeys('不合格台账', [
    { keys: 'F7', name: '登记处置', run: () => setHandling(true), disabled: !can },
    { keys: 'Alt+R', name: '委托复检', run: () => setRetesting(true), disabled: !canRetest },
    { keys: 'Ctrl+S', name: '导出台账', run: () => void save.run() },
    { keys: 'F6', name: '查找', run: () => field.current?.focus() },
  ]);
  const counts = query.data?.counts;
  return (
    <div className="jt-ledger-pane" data-testid="unqualified">
      <div className="jt-ledger-bar">
        <select
          className="jt-input"
          aria-label="范围"
          value={part}
          onChange={(event) => setPart(event.target.value as Part)}
          data-testid="unqualified-part"
        >
          {parts.map(([id, name]) => (
            <option key={id} value={id}>
              {name}
              {id === 'open' && counts !== undefined ? ` ${counts.open}` : ''}
              {id === 'overdue' && counts !== undefined ? ` ${counts.overdue}` : ''}
            </option>
          ))}
        </select>
        <input
          ref={field}
          className="jt-input"
          aria-label="查找"
          placeholder="样品、委托、记录编号、工程或部位（F6）"
          value={text}
          maxLength={100}
          onChange={(event) => setText(event.target.value)}
          data-testid="unqualified-search"
        />
        {counts !== undefined && counts.overdue > 0 && (
          <strong className="jt-tone-bad" data-testid="unqualified-overdue">
            ✕ {counts.overdue} 条超过上报时限还没有平台回执
          </strong>
        )}
        <span className="jt-spring" />
        <Button onClick={() => void save.run()} loading={save.busy} data-testid="unqualified-export">
          导出 <kbd className="jt-key">Ctrl+S</kbd>
        </Button>
        {mayRetest && (
          <Button disabled={!canRetest} onClick={() => setRetesting(true)} data-testid="unqualified-retest">
            委托复检 <kbd className="jt-key">Alt+R</kbd>
          </Button>
        )}
        {mayHandle && (
          <Button type="primary" disabled={!can} onClick={() => setHandling(true)} data-testid="unqualified-handle">
            登记处置 <kbd className="jt-key">F7</kbd>
          </Button>
        )}
      </div>
      <ErrorBlock error={save.error} onClose={save.clear} />
      <ErrorBlock error={query.error === null ? null : toErrorInfo(query.error)} onRetry={() => void query.refetch()} />
      <div className="jt-split">
        <div className="jt-split-list">
          <DataGrid
            label="不合格台账"
            columns={columns}
            rows={rows}
            rowKey={({ ledgerNo }) => ledgerNo}
            current={row?.ledgerNo ?? null}
            onCurrent={setCurrent}
            onOpen={() => can && setHandling(true)}
            rowTone={(one) => (one.sending === 'overdue' ? 'bad' : one.closed ? undefined : 'warn')}
            empty={query.isPending ? '正在载入…' : part === 'open' ? '✓ 没有未办结的不合格结果。' : '没有记录。'}
            rowTestId="unqualified-row"
            autoFocus
          />
        </div>
        {row === null ? (
          <div className="jt-split-detail jt-empty">选一条，这里显示上报的凭据和处置经过。</div>
        ) : (
          <UnqualifiedDetail row={row} />
        )}
      </div>
      {retesting && row !== null && (
        <RetestDialog
          recordNo={row.recordNo}
          onClose={() => setRetesting(false)}
          onDone={({ commissionNo }) => {
            setRetesting(false);
            void message.success(`已登记复检委托 ${commissionNo}；标签在收样里打印。`);
            void cache.invalidateQueries({ queryKey: ['unqualified.list'] });
          }}
        />
      )}
      {handling && row !== null && (
        <HandleDialog
          row={row}
          onClose={() => setHandling(false)}
          onDone={() => {
            setHandling(false);
            void cache.invalidateQueries({ queryKey: ['unqualified.list'] });
          }}
        />
      )}
    </div>
  );
}

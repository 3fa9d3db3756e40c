// 原件收回: every replaced or void revision whose paper is still outside, and those that were answered for.
import { Button } from 'antd';
import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Original } from '../../../shared/afterIssue/calls.ts';
import { toErrorInfo, useClient } from '../../client.ts';
import { DataGrid, type Column } from '../../design/DataGrid.tsx';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import { useHotkeys } from '../../design/hotkeys.ts';
import { StateTag } from '../../design/StateTag.tsx';
import { showAge, showTime } from '../../design/time.ts';
import { usePermit } from '../../state/session.ts';
import { keyOfReport } from '../reportRow.ts';
import { causeWords, OriginalDialog } from './OriginalDialog.tsx';

const columns: readonly Column<Original>[] = [
  { key: 'report', title: '报告', width: '170px', render: (row) => `${row.reportNo} 第 ${row.revision} 版` },
  {
    key: 'state',
    title: '状态',
    width: '110px',
    render: (row) => (
      <StateTag
        state={
          row.handledAt === null
            ? { word: '待收回', tone: 'warn', shape: '▲' }
            : { word: '已登记', tone: 'good', shape: '✓' }
        }
      />
    ),
  },
  { key: 'cause', title: '收回原因', width: '110px', render: (row) => causeWords[row.cause] },
  {
    key: 'opened',
    title: '自',
    width: '190px',
    render: (row) => `${showTime(row.openedAt)}（${showAge(row.openedAt)}）`,
  },
  { key: 'copies', title: '打印', width: '60px', render: (row) => row.copies, align: 'right' },
  { key: 'returned', title: '收回', width: '60px', render: (row) => row.returned ?? '—', align: 'right' },
  {
    key: 'who',
    title: '交回、登记或未收回原因',
    width: 'minmax(160px, 1fr)',
    render: (row) =>
      [
        row.broughtBy === null ? '' : `${row.broughtBy} 交回 ${row.returnedOn ?? ''}`,
        row.missingReason === null ? '' : `未全部收回：${row.missingReason}`,
        row.handledBy === null ? '' : `${row.handledBy} 登记`,
      ]
        .filter(Boolean)
        .join('；') || '—',
  },
];

export function OriginalsPane() {
  const client = useClient();
  const cache = useQueryClient();
  const mayClose = usePermit('report.original');
  const [onlyOpen, setOnlyOpen] = useState(true);
  const [current, setCurrent] = useState<string | null>(null);
  const [closing, setClosing] = useState(false);
  const query = useQuery({
    queryKey: ['originals.list', onlyOpen],
    queryFn: () => client.call('originals.list', { open: onlyOpen }),
  });
  const rows = query.data?.rows ?? [];
  const row = rows.find((one) => keyOfReport(one) === current) ?? rows[0] ?? null;
  const can = mayClose && row !== null && row.handledAt === null;
  useHotkeys('原件收回', [
    { keys: 'F7', name: '登记收回', run: () => setClosing(true), disabled: !can },
    { keys: 'F6', name: '只看待收回的／全部', run: () => setOnlyOpen(!onlyOpen) },
  ]);
  return (
    <div className="jt-ledger-pane" data-testid="originals">
      <div className="jt-ledger-bar">
        <Button onClick={() => setOnlyOpen(!onlyOpen)} data-testid="originals-all">
          {onlyOpen ? '看全部' : '只看待收回的'} <kbd className="jt-key">F6</kbd>
        </Button>
        <span className="jt-soft">被代替或作废的纸质原件须收回或声明作废；登记之前一直列在这里。</span>
        <span className="jt-spring" />
        {mayClose && (
          <Button type="primary" disabled={!can} onClick={() => setClosing(true)} data-testid="original-close">
            登记收回 <kbd className="jt-key">F7</kbd>
          </Button>
        )}
      </div>
      <ErrorBlock error={query.error === null ? null : toErrorInfo(query.error)} onRetry={() => void query.refetch()} />
      <DataGrid
        label="原件收回"
        columns={columns}
        rows={rows}
        rowKey={keyOfReport}
        current={row === null ? null : keyOfReport(row)}
        onCurrent={setCurrent}
        onOpen={() => can && setClosing(true)}
        rowTone={(one) => (one.handledAt === null ? 'warn' : undefined)}
        empty={query.isPending ? '正在载入…' : onlyOpen ? '✓ 没有待收回的原件。' : '没有登记。'}
        rowTestId="original-row"
        autoFocus
      />
      {closing && row !== null && (
        <OriginalDialog
          original={row}
          onClose={() => setClosing(false)}
          onDone={() => {
            setClosing(false);
            void cache.invalidateQueries({ queryKey: ['originals.list'] });
            void cache.invalidateQueries({ queryKey: ['reports.history'] });
          }}
        />
      )}
    </div>
  );
}

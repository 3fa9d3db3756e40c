// 上传台账: every entry of the outbox in order, grouped by commission; its state in words, the platform's own words,
// when it is tried next, and the one step that helps.
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { CollectionDocument } from '../../shared/entities/collections.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { DataGrid, type Column } from '../design/DataGrid.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { Facts } from '../design/Facts.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { StateTag } from '../design/StateTag.tsx';
import { Tabs } from '../design/Tabs.tsx';
import { showTime } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';
import { ledgerKindWords, outboxWords } from '../design/words.ts';
import { useLive, useLiveOne } from '../live/useLive.tsx';
import { usePermit } from '../state/session.ts';
import { useUi } from '../state/ui.ts';
import { attemptOutcome, attemptText } from './attemptWords.ts';
import { nextStep } from './nextStep.ts';

export type Entry = CollectionDocument<'ledger'>;
type Part = 'open' | 'refused' | 'all';
const isRefused = (entry: Entry): boolean => entry.state === 'rejected' || entry.state === 'parked';

const columns: readonly Column<Entry>[] = [
  { key: 'kind', title: '内容', width: '96px', render: (entry) => ledgerKindWords[entry.kind] ?? entry.kind },
  {
    key: 'key',
    title: '编号',
    width: 'minmax(116px, 1fr)',
    render: (entry) => (
      <>
        {entry.key}
        {entry.revision > 1 && <span className="jt-soft"> 第 {entry.revision} 版</span>}
      </>
    ),
  },
  { key: 'state', title: '状态', width: '132px', render: (entry) => <StateTag state={outboxWords[entry.state]} /> },
  {
    key: 'words',
    title: '平台答复',
    width: 'minmax(110px, 2fr)',
    render: (entry) => <span title={entry.platformMessage ?? undefined}>{entry.platformMessage ?? '—'}</span>,
  },
  { key: 'attempts', title: '重试', width: '34px', render: (entry) => entry.attempts, align: 'right' },
  {
    key: 'next',
    title: '接收或下次',
    width: '110px',
    render: (entry) =>
      entry.state === 'accepted'
        ? showTime(entry.acceptedAt, true).slice(5)
        : entry.nextTryAt === null
          ? '—'
          : showTime(entry.nextTryAt, true).slice(5),
  },
];

export function LedgerPage() {
  const client = useClient();
  const mayManage = usePermit('sync.manage');
  const open = useUi((state) => state.open.ledger ?? null);
  const go = useUi((state) => state.go);
  const [part, setPart] = useState<Part>('open');
  const status = useLiveOne('status', 'now');
  const { rows, ready } = useLive('ledger');
  const shown = useMemo(() => {
    const newest = new Map<string, string>();
    for (const entry of rows) {
      const known = newest.get(entry.commissionNo);
      if (known === undefined || entry.createdAt > known) newest.set(entry.commissionNo, entry.createdAt);
    }
    return rows
      .filter((entry) => (part === 'all' ? true : part === 'refused' ? isRefused(entry) : entry.state !== 'accepted'))
      .sort(
        (a, b) =>
          (newest.get(b.commissionNo) ?? '').localeCompare(newest.get(a.commissionNo) ?? '') ||
          a.commissionNo.localeCompare(b.commissionNo) ||
          a.createdAt.localeCompare(b.createdAt) ||
          a.id.localeCompare(b.id),
      );
  }, [rows, part]);
  const entry = rows.find(({ id }) => id === open) ?? null;
  const push = useCommand(() => client.call('sync.pushNow', {}));
  const retry = useCommand((entryId: string) => client.call('sync.retry', { entryId }));
  const canRetry =
    mayManage && entry !== null && (isRefused(entry) || entry.state === 'unknown' || entry.state === 'pending');
  useHotkeys('上传台账', [
    { keys: 'F6', name: '立即上传', run: () => void push.run() },
    { keys: 'F9', name: '重试当前条目', run: () => void (entry !== null && retry.run(entry.id)), disabled: !canRetry },
  ]);
  return (
    <section className="jt-pane" data-testid="place-ledger">
      <Tabs
        label="上传台账"
        current={part}
        onChange={setPart}
        tabs={[
          { id: 'open', name: '未完成', count: rows.filter((row) => row.state !== 'accepted').length },
          { id: 'refused', name: '需处理', count: rows.filter(isRefused).length },
          { id: 'all', name: '全部近期', count: rows.length },
        ]}
      />
      <div className="jt-ledger-bar">
        <span>
          {status?.connectionText ?? '尚未联系监管平台'}
          {status?.platformUrl && <span className="jt-soft">（{status.platformUrl}）</span>}
        </span>
        <span className="jt-soft">最后联系 {showTime(status?.lastContactAt, true)}</span>
        {status?.clockOffsetMs !== null &&
          status?.clockOffsetMs !== undefined &&
          Math.abs(status.clockOffsetMs) > 60_000 && (
            <strong className="jt-tone-warn">
              ▲ 本机时钟与平台相差 {Math.round(status.clockOffsetMs / 1000)} 秒，请校准
            </strong>
          )}
        <span className="jt-spring" />
        <Button onClick={() => void push.run()} loading={push.busy} data-testid="ledger-push">
          立即上传 <kbd className="jt-key">F6</kbd>
        </Button>
      </div>
      <ErrorBlock
        error={push.error ?? retry.error}
        onClose={() => {
          push.clear();
          retry.clear();
        }}
      />
      <div className="jt-split">
        <div className="jt-split-list">
          <DataGrid
            label="上传条目"
            columns={columns}
            rows={shown}
            rowKey={({ id }) => id}
            current={open}
            onCurrent={(id) => go('ledger', id)}
            groupOf={(row) => `委托 ${row.commissionNo}`}
            rowTone={(row) => (isRefused(row) ? 'bad' : undefined)}
            empty={ready ? (part === 'open' ? '✓ 全部已上传，没有等待的内容。' : '没有条目。') : '正在载入…'}
            rowTestId="ledger-row"
            autoFocus
          />
        </div>
        {entry === null ? (
          <div className="jt-split-detail jt-empty">选一条，这里显示平台答复、历次尝试和该做什么。</div>
        ) : (
          <EntryDetail
            entry={entry}
            canRetry={canRetry}
            retrying={retry.busy}
            onRetry={() => void retry.run(entry.id)}
          />
        )}
      </div>
    </section>
  );
}

function EntryDetail({
  entry,
  canRetry,
  retrying,
  onRetry,
}: {
  entry: Entry;
  canRetry: boolean;
  retrying: boolean;
  onRetry: () => void;
}) {
  const client = useClient();
  const query = useQuery({
    queryKey: ['sync.entry', entry.id, entry.seq],
    queryFn: () => client.call('sync.entry', { entryId: entry.id }),
    placeholderData: (previous) => previous,
  });
  return (
    <div className="jt-split-detail" data-testid="ledger-detail">
      <header className="jt-detail-head">
        <h3>
          {ledgerKindWords[entry.kind] ?? entry.kind} {entry.key}
        </h3>
        <StateTag state={outboxWords[entry.state]} />
        <span className="jt-spring" />
        <Button disabled={!canRetry} loading={retrying} onClick={onRetry} data-testid="ledger-retry">
          重试 <kbd className="jt-key">F9</kbd>
        </Button>
      </header>
      <p className="jt-note">
        <b>下一步：</b>
        {nextStep(entry)}
      </p>
      <Facts
        columns={2}
        facts={[
          ['委托', entry.commissionNo],
          ['版本', String(entry.revision)],
          ['平台代码', entry.platformCode ?? ''],
          ['平台答复', entry.platformMessage ?? '', 'wide'],
          ['产生', showTime(entry.createdAt, true)],
          ['平台接收', showTime(entry.acceptedAt, true)],
          ['重试次数', String(entry.attempts)],
          ['下次尝试', showTime(entry.nextTryAt, true)],
        ]}
      />
      <ErrorBlock error={query.error === null ? null : toErrorInfo(query.error)} />
      <h4>历次尝试</h4>
      <table className="jt-table jt-table-tight">
        <thead>
          <tr>
            <th>时间</th>
            <th>结果</th>
            <th>说明</th>
          </tr>
        </thead>
        <tbody>
          {(query.data?.attempts ?? []).map((attempt) => (
            <tr key={`${attempt.at}${attempt.outcome}${attempt.text}`}>
              <td>{showTime(attempt.at, true)}</td>
              <td>
                <StateTag state={attemptOutcome(attempt.outcome)} />
              </td>
              <td className="jt-wrap">{attemptText(attempt.text)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {query.data?.attempts.length === 0 && <p className="jt-soft">还没有尝试过。</p>}
      {query.data !== undefined && query.data.payload !== '' && (
        <>
          <h4>上传内容</h4>
          <pre className="jt-payload">{pretty(query.data.payload)}</pre>
        </>
      )}
    </div>
  );
}

function pretty(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}

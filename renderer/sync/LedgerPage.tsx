// 上传台账: what waits, what was refused and why, what is frozen or set aside; by entry, by commission, by report; with the
// one step that helps. Entries are paged from the far side, however many there are.
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { LedgerGroup, LedgerPart, LedgerRow, SetAsideRow, SyncOverview } from '../../shared/sync/calls.ts';
import { kindName } from '../../shared/sync/words.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { DataGrid } from '../design/DataGrid.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { saveFile } from '../design/files.ts';
import { useHotkeys } from '../design/hotkeys.ts';
import { ReasonDialog } from '../design/ReasonDialog.tsx';
import { SearchField } from '../design/SearchField.tsx';
import { Tabs } from '../design/Tabs.tsx';
import { showTime } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';
import { usePagedSearch } from '../design/usePagedSearch.ts';
import { usePermit } from '../state/session.ts';
import { useUi } from '../state/ui.ts';
import { commissionColumns, entryColumns, reportColumns, setAsideColumns } from './columns.tsx';
import { canPutBack, canResolve, canRetry, canSetAside, EntryDetail, pretty } from './EntryDetail.tsx';
import { ResolveDialog } from './ResolveDialog.tsx';
import { ProgressLine, Standing } from './Standing.tsx';
import { useLedgerChanges, useOverview, useProgress } from './useLedger.ts';

type View = LedgerPart | 'commissions' | 'reports' | 'setAside';
interface Scope {
  by: 'commission' | 'report';
  key: string;
}

const views: readonly { id: View; name: string; count?: (overview: SyncOverview) => number }[] = [
  { id: 'open', name: '未完成', count: ({ counts: c }) => c.waiting + c.frozen + c.rejected + c.parked + c.aside },
  { id: 'todo', name: '需处理', count: ({ counts }) => counts.rejected + counts.parked },
  { id: 'frozen', name: '冻结', count: ({ counts }) => counts.frozen },
  { id: 'aside', name: '人工搁置', count: ({ counts }) => counts.aside },
  { id: 'closed', name: '办结', count: ({ counts }) => counts.closed },
  { id: 'all', name: '全部' },
  { id: 'commissions', name: '按委托' },
  { id: 'reports', name: '按报告' },
  { id: 'setAside', name: '未采用的答复', count: ({ setAside }) => setAside },
];
const emptyWords: Partial<Record<View, string>> = {
  open: '✓ 全部已上传，没有等待的内容。',
  todo: '✓ 没有需要处理的条目。',
  frozen: '✓ 没有被监管平台冻结的内容。',
  setAside: '✓ 平台发来的内容都已采用。',
};

export function LedgerPage() {
  const client = useClient();
  const mayManage = usePermit('sync.manage');
  const opened = useUi((state) => state.open.ledger ?? null);
  const go = useUi((state) => state.go);
  const [view, setView] = useState<View>('open');
  const [scope, setScope] = useState<Scope | null>(null);
  const [group, setGroup] = useState<string | null>(null);
  const [aside, setAside] = useState<SetAsideRow | null>(null);
  const [dialog, setDialog] = useState<'aside' | 'back' | 'resolve' | null>(null);
  const searchField = useRef<HTMLInputElement>(null);
  useLedgerChanges();
  const overview = useOverview();
  const progress = useProgress(overview?.progress ?? null);

  const grouped = view === 'commissions' || view === 'reports';
  const part: LedgerPart = grouped || view === 'setAside' ? 'all' : view;
  const scoped =
    scope === null ? {} : scope.by === 'commission' ? { commissionNo: scope.key } : { reportNo: scope.key };
  const entries = usePagedSearch<LedgerRow | LedgerGroup | SetAsideRow>(
    `sync.list ${view} ${scope?.by ?? ''} ${scope?.key ?? ''}`,
    (text, cursor) => {
      const page = { limit: 100, ...(cursor === undefined ? {} : { cursor }) };
      if (view === 'setAside') return client.call('sync.setAside', page);
      if (!grouped) return client.call('sync.entries', { part, text, ...scoped, ...page });
      return client.call('sync.groups', { by: view === 'commissions' ? 'commission' : 'report', text, open: text === '', ...page }); // prettier-ignore
    },
  );
  // While another view is being loaded the rows of the one before stand there: they are of another kind.
  const rows = entries.rows.filter((row) =>
    view === 'setAside' ? 'asideId' in row : grouped ? 'counts' in row : 'entryId' in row,
  );
  const query = useQuery({
    queryKey: ['sync.entry', opened],
    queryFn: () => client.call('sync.entry', { entryId: opened ?? '' }),
    enabled: opened !== null && !grouped && view !== 'setAside',
    placeholderData: (previous) => (previous?.row.entryId === opened ? previous : undefined),
  });
  const detail = opened === null ? null : (query.data ?? null);
  const standing = detail?.row.standing ?? null;

  const after = async (): Promise<void> => {
    await query.refetch();
    entries.retry();
  };
  const push = useCommand(() => client.call('sync.pushNow', {}));
  const stop = useCommand(() => client.call('sync.cancelPass', {}));
  const retry = useCommand(async () => {
    await client.call('sync.retry', { entryId: opened ?? '' });
    await after();
  });
  const file = useCommand(async (format: 'csv' | 'json') => {
    const { fileName, text } = await client.call('sync.export', { format, part, text: entries.text.trim(), ...scoped });
    saveFile(fileName, new Blob([text], { type: format === 'csv' ? 'text/csv;charset=utf-8' : 'application/json' }));
  });
  const show = (next: View): void => {
    setView(next);
    setScope(null);
    setAside(null);
    setGroup(null);
  };
  const step = (by: number): void => {
    const at = views.findIndex(({ id }) => id === view);
    show(views[(at + by + views.length) % views.length]?.id ?? 'open');
  };
  const enter = (row: LedgerGroup): void => {
    setScope({ by: view === 'reports' ? 'report' : 'commission', key: row.key });
    setView('all');
    entries.setText('');
  };
  const listed = !grouped && view !== 'setAside';
  const may = (can: (of: NonNullable<typeof standing>) => boolean): boolean =>
    mayManage && listed && standing !== null && can(standing);
  const again = (): void => {
    if (may(canPutBack)) setDialog('back');
    else if (may(canRetry)) void retry.run();
  };
  useHotkeys('上传台账', [
    { keys: 'F2', name: '下一栏', run: () => step(1) },
    { keys: 'Shift+F2', name: '上一栏', run: () => step(-1) },
    { keys: '/', name: '查找', run: () => searchField.current?.focus() },
    { keys: 'F4', name: '导出 CSV', run: () => void file.run('csv'), disabled: !listed },
    { keys: 'Shift+F4', name: '导出 JSON', run: () => void file.run('json'), disabled: !listed },
    { keys: 'F6', name: '立即上传', run: () => void push.run() },
    { keys: 'Shift+F6', name: '停止本次上传', run: () => void stop.run(), disabled: !mayManage || progress === null },
    { keys: 'F7', name: '办结当前条目', run: () => setDialog('resolve'), disabled: !may(canResolve) },
    { keys: 'F8', name: '搁置当前条目', run: () => setDialog('aside'), disabled: !may(canSetAside) },
    { keys: 'F9', name: '重试或放回当前条目', run: again, disabled: !may(canRetry) && !may(canPutBack) },
  ]);
  const named = detail === null ? '' : `${kindName(detail.row.kind)} ${detail.row.key}`;
  const close = (): void => setDialog(null);
  const empty = entries.loading ? '正在载入…' : entries.text === '' ? (emptyWords[view] ?? '没有条目。') : '没有找到。';
  return (
    <section className="jt-pane jt-sync" data-testid="place-ledger">
      <Tabs
        label="上传台账"
        current={view}
        onChange={show}
        tabs={views.map(({ id, name, count }) => ({
          id,
          name,
          ...(count && overview ? { count: count(overview) } : {}),
        }))}
      />
      <Standing overview={overview} />
      {progress !== null && <ProgressLine progress={progress} onStop={mayManage ? () => void stop.run() : null} />}
      <ErrorBlock
        error={push.error ?? stop.error ?? retry.error ?? file.error ?? entries.error}
        onClose={() => [push, stop, retry, file].forEach((command) => command.clear())}
      />
      <div className="jt-sync-tools">
        {scope !== null && (
          <Button onClick={() => setScope(null)} data-testid="ledger-scope">
            {scope.by === 'commission' ? '委托' : '报告'} {scope.key || '（无委托）'} ✕
          </Button>
        )}
        {view !== 'setAside' && (
          <SearchField
            search={entries}
            ref={searchField}
            placeholder={grouped ? '编号、工程 /' : '编号、内容或平台答复 /'}
            testId="ledger-search"
          />
        )}
        <span className="jt-spring" />
        <Button disabled={!listed} loading={file.busy} onClick={() => void file.run('csv')} data-testid="ledger-csv">
          导出 CSV <kbd className="jt-key">F4</kbd>
        </Button>
        <Button disabled={!listed} onClick={() => void file.run('json')} data-testid="ledger-json">
          JSON <kbd className="jt-key">Shift+F4</kbd>
        </Button>
        <Button type="primary" onClick={() => void push.run()} loading={push.busy} data-testid="ledger-push">
          立即上传 <kbd className="jt-key">F6</kbd>
        </Button>
      </div>
      {listed ? (
        <div className="jt-split jt-sync-split">
          <div className="jt-split-list">
            <DataGrid
              label="上传条目"
              columns={entryColumns}
              rows={rows as LedgerRow[]}
              rowKey={({ entryId }) => entryId}
              current={opened}
              onCurrent={(id) => go('ledger', id)}
              groupOf={(row) => (row.commissionNo === '' ? '不属于任何委托' : `委托 ${row.commissionNo}`)}
              rowTone={({ standing: of }) =>
                of === 'rejected' || of === 'parked' ? 'bad' : of === 'frozen' || of === 'aside' ? 'warn' : undefined
              }
              empty={empty}
              rowTestId="ledger-row"
              onEndReached={entries.more}
              autoFocus
            />
          </div>
          <EntryDetail
            detail={detail}
            error={query.error === null ? null : toErrorInfo(query.error)}
            mayManage={mayManage}
            busy={retry.busy}
            onRetry={again}
            onAside={() => setDialog('aside')}
            onResolve={() => setDialog('resolve')}
            onOpen={(id) => go('ledger', id)}
          />
        </div>
      ) : grouped ? (
        <DataGrid
          label={view === 'commissions' ? '委托' : '报告'}
          columns={view === 'commissions' ? commissionColumns : reportColumns}
          rows={rows as LedgerGroup[]}
          rowKey={({ key }) => key}
          current={group}
          onCurrent={setGroup}
          onOpen={enter}
          rowTone={({ counts, frozenAs }) =>
            counts.rejected + counts.parked > 0 ? 'bad' : frozenAs !== null ? 'warn' : undefined
          }
          empty={empty}
          rowTestId="ledger-group"
          onEndReached={entries.more}
          autoFocus
        />
      ) : (
        <div className="jt-split jt-sync-split">
          <div className="jt-split-list">
            <DataGrid
              label="未采用的答复"
              columns={setAsideColumns}
              rows={rows as SetAsideRow[]}
              rowKey={({ asideId }) => asideId}
              current={aside?.asideId ?? null}
              onCurrent={(_, row) => setAside(row)}
              empty={empty}
              rowTestId="ledger-set-aside"
              onEndReached={entries.more}
              autoFocus
            />
          </div>
          {aside === null ? (
            <div className="jt-split-detail jt-empty">平台发来、但与本机所发不符的内容保存在这里，没有采用。</div>
          ) : (
            <div className="jt-split-detail">
              <h3>{aside.subject}</h3>
              <p className="jt-note">
                {aside.reason}
                <br />
                <b>下一步：</b>请把下面的内容告知平台管理方核对；本机数据没有因此改变。
              </p>
              <p className="jt-soft">收到 {showTime(aside.at, true)}</p>
              <pre className="jt-payload">{pretty(aside.content)}</pre>
            </div>
          )}
        </div>
      )}
      {dialog === 'aside' && (
        <ReasonDialog
          title="搁置：暂不上传"
          usual={['等待客户确认', '等待平台管理方答复', '内容需要核对']}
          confirmText="搁置"
          onClose={close}
          onConfirm={async (reason) => {
            await client.call('sync.park', { entryId: opened ?? '', reason });
            close();
            await after();
          }}
        >
          <p>{named} 放回队列之前不会上传；依赖它的内容也会等待，其他内容照常上传。</p>
        </ReasonDialog>
      )}
      {dialog === 'back' && (
        <ReasonDialog
          title="放回队列"
          usual={['原因已消除', '搁置有误']}
          confirmText="放回队列"
          onClose={close}
          onConfirm={async (reason) => {
            await client.call('sync.putBack', { entryId: opened ?? '', reason });
            close();
            await after();
          }}
        >
          <p>{named} 将重新排队上传。</p>
        </ReasonDialog>
      )}
      {dialog === 'resolve' && (
        <ResolveDialog
          onClose={close}
          onConfirm={async (resolution) => {
            await client.call('sync.resolve', { entryId: opened ?? '', ...resolution });
            close();
            await after();
          }}
        >
          <p>
            <b>{named}</b>
          </p>
        </ResolveDialog>
      )}
    </section>
  );
}

// What a figure counts, row by row; Enter opens it where it is worked on, if this person may go there.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { FigureRow } from '../../shared/overview/calls.ts';
import { figures, type FigureId } from '../../shared/overview/figures.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { DataGrid, type Column } from '../design/DataGrid.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { daysUntil } from '../design/time.ts';
import { placesFor } from '../state/places.ts';
import { useUser } from '../state/session.ts';
import { useUi } from '../state/ui.ts';

const columns = (figure: FigureId): readonly Column<FigureRow>[] => [
  { key: 'title', title: '内容', width: 'minmax(200px, 1.4fr)', render: (row) => row.title },
  {
    key: 'detail',
    title: '工程、部位或说明',
    width: 'minmax(200px, 1.6fr)',
    render: (row) => <span title={row.detail}>{row.detail}</span>,
  },
  { key: 'day', title: '日期', width: '100px', render: (row) => row.day },
  { key: 'days', title: '', width: '100px', render: (row) => dayWords(figure, row.day) },
  { key: 'who', title: '人员', width: '90px', render: (row) => row.who || '—' },
];

const limits: ReadonlySet<FigureId> = new Set([
  ...(['tasksOverdue', 'tasksToday', 'tasksSoon'] as const),
  ...(['equipmentExpired', 'equipmentSoon', 'qualificationsExpired', 'qualificationsSoon'] as const),
]);

/** Days to a limit, or how long something has been waiting. */
function dayWords(figure: FigureId, day: string): string {
  if (day === '') return '—';
  const days = daysUntil(day);
  if (figure === 'tasksToday' && days !== 0) return '窗口内';
  if (figure === 'tasksOverdue' && days === 0) return '今天，时段已过';
  if (days === 0) return '今天';
  if (limits.has(figure)) return days < 0 ? `逾期 ${-days} 天` : `还有 ${days} 天`;
  return `已 ${-days} 天`;
}

export function FigureList({ figure, focus }: { figure: FigureId; focus: number }) {
  const client = useClient();
  const user = useUser();
  const go = useUi((state) => state.go);
  const [current, setCurrent] = useState<string | null>(null);
  const query = useInfiniteQuery({
    queryKey: ['overview.rows', figure],
    queryFn: ({ pageParam }) => client.call('overview.rows', { figure, offset: pageParam }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const loaded = pages.reduce((sum, page) => sum + page.rows.length, 0);
      return loaded < last.total && last.rows.length > 0 ? loaded : undefined;
    },
    refetchInterval: 60_000,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const mine = useMemo(() => new Set(placesFor(user.roles).map(({ id }) => id)), [user.roles]);
  const open = (row: FigureRow): void => {
    if (mine.has(row.opens.place)) go(row.opens.place, row.opens.key);
  };
  const chosen = rows.find(({ key }) => key === current) ?? rows[0] ?? null;
  return (
    <>
      <ErrorBlock error={query.error === null ? null : toErrorInfo(query.error)} onRetry={() => void query.refetch()} />
      <p className="jt-soft" data-testid="figure-meaning">
        {figures[figure].meaning}
      </p>
      <DataGrid
        key={`${figure} ${focus}`}
        label={figures[figure].name}
        columns={columns(figure)}
        rows={rows}
        rowKey={({ key }) => key}
        current={chosen?.key ?? null}
        onCurrent={setCurrent}
        onOpen={open}
        onEndReached={() => query.hasNextPage && !query.isFetching && void query.fetchNextPage()}
        empty={query.isPending ? '正在载入…' : `✓ ${figures[figure].name}：没有。`}
        rowTestId="figure-row"
        autoFocus={focus > 0}
      />
    </>
  );
}

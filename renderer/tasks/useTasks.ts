// Pages of the list of tasks, counted and sorted by the core; asked for again every half minute.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { TaskList, TaskRange, TaskRow, TaskScope } from '../../shared/tasks/calls.ts';
import { useClient } from '../client.ts';

export interface Tasks {
  rows: readonly TaskRow[];
  /** Counts of the newest answer; null until there is one. */
  list: TaskList | null;
  error: Error | null;
  loading: boolean;
  refetch(): Promise<unknown>;
  more(): void;
}

export function useTasks(query: { scope: TaskScope; range: TaskRange; day?: string; text: string }): Tasks {
  const client = useClient();
  const pages = useInfiniteQuery({
    queryKey: ['tasks.list', query],
    queryFn: ({ pageParam }) => client.call('tasks.list', { ...query, offset: pageParam }),
    initialPageParam: 0,
    getNextPageParam: (last, all) => {
      const loaded = all.reduce((sum, page) => sum + page.rows.length, 0);
      return loaded < last.total && last.rows.length > 0 ? loaded : undefined;
    },
    refetchInterval: 30_000,
  });
  const rows = useMemo(() => {
    // While pages are asked for one after the other, a task may move from one to the next.
    const byId = new Map(pages.data?.pages.flatMap((page) => page.rows).map((row) => [row.taskId, row]));
    return [...byId.values()];
  }, [pages.data]);
  return {
    rows,
    list: pages.data?.pages.at(-1) ?? null,
    error: pages.error,
    loading: pages.isPending,
    refetch: pages.refetch,
    more: () => {
      if (pages.hasNextPage && !pages.isFetching) void pages.fetchNextPage();
    },
  };
}

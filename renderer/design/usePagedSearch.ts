// Whole-history lists: SQL on the far side, page by page, searched as it is typed. The rows on the screen stay until
// the new ones are there.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ErrorInfo } from '../../shared/errors/appError.ts';
import { toErrorInfo } from '../client.ts';

export interface Page<Row> {
  rows: Row[];
  nextCursor: string | null;
}

export interface PagedSearch<Row> {
  text: string;
  setText: (text: string) => void;
  rows: readonly Row[];
  loading: boolean;
  error: ErrorInfo | null;
  retry: () => void;
  more: () => void;
  complete: boolean;
}

export function usePagedSearch<Row>(
  key: string,
  ask: (text: string, cursor: string | undefined) => Promise<Page<Row>>,
): PagedSearch<Row> {
  const [text, setText] = useState('');
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), 250);
    return () => clearTimeout(timer);
  }, [text]);
  const query = useInfiniteQuery({
    queryKey: [key, settled],
    queryFn: ({ pageParam }) => ask(settled, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const { fetchNextPage, hasNextPage, isFetching } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetching]);
  return {
    text,
    setText,
    rows,
    loading: isFetching,
    error: query.error === null ? null : toErrorInfo(query.error),
    retry: () => void query.refetch(),
    more,
    complete: !hasNextPage,
  };
}

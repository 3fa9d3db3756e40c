// What the ledger screen reads: where the queue stands, and the pages of entries. The far side counts and pages; a change
// there is one small document in the working set, and the screen asks again, at most once a second.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { SyncOverview, SyncProgress } from '../../shared/sync/calls.ts';
import { useClient } from '../client.ts';
import { useLiveOne } from '../live/useLive.tsx';

const askAgainMs = 1_000;

/** Asks again for everything the ledger shows when something changed, drawing bursts together. */
export function useLedgerChanges(): void {
  const queries = useQueryClient();
  const changed = `${useLiveOne('ledger', 'now')?.seq ?? 0} ${useLiveOne('status', 'now')?.seq ?? 0}`;
  const seen = useRef(changed);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    if (seen.current === changed) return;
    seen.current = changed;
    if (timer.current !== null) return;
    timer.current = setTimeout(() => {
      timer.current = null;
      void queries.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('sync.') });
    }, askAgainMs);
  }, [changed, queries]);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
}

export function useOverview(): SyncOverview | null {
  const client = useClient();
  const { data } = useQuery({
    queryKey: ['sync.overview'],
    queryFn: () => client.call('sync.overview', {}),
    refetchInterval: 10_000,
    placeholderData: (previous) => previous,
  });
  return data ?? null;
}

/** The upload under way, as the core tells it; null while it rests. */
export function useProgress(first: SyncProgress | null): SyncProgress | null {
  const client = useClient();
  const [told, setTold] = useState<SyncProgress | null | undefined>(undefined);
  useEffect(
    () =>
      client.subscribe((event) => {
        if (event.type === 'sync.progress') setTold(event.progress);
      }),
    [client],
  );
  return told === undefined ? first : told;
}

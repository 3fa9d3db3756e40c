// The lab's choices as they are now, in every window: the status document moves whenever one is changed, wherever that
// was done, and the answer is asked for again.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CallOutput } from '../../shared/contract/calls.ts';
import type { ErrorInfo } from '../../shared/errors/appError.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { useLiveOne } from '../live/useLive.tsx';

export interface PoliciesNow {
  answer: CallOutput<'policies.get'> | undefined;
  error: ErrorInfo | null;
  /** Asks again at once, without waiting for the live set. */
  reread: () => void;
}

export function usePolicies(): PoliciesNow {
  const client = useClient();
  const queries = useQueryClient();
  const moved = useLiveOne('status', 'now')?.seq ?? 0;
  const query = useQuery({
    queryKey: ['policies', moved],
    queryFn: () => client.call('policies.get', {}),
    placeholderData: keepPreviousData,
  });
  return {
    answer: query.data,
    error: query.error === null ? null : toErrorInfo(query.error),
    reread: () => void queries.invalidateQueries({ queryKey: ['policies'] }),
  };
}

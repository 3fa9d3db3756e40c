// The frame of a review by keyboard, the same for a checker's records and a signatory's reports: agree to what lies on the
// screen, skip, take back, and sign all that was agreed to with one password. What was agreed to is kept by the core.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Agreement, BatchResult } from '../../../shared/review/calls.ts';
import type { ErrorInfo } from '../../../shared/errors/appError.ts';
import { useClient } from '../../client.ts';
import { useHotkeys } from '../../design/hotkeys.ts';
import { useCommand } from '../../design/useCommand.ts';
import { useUser } from '../../state/session.ts';

/** What differs between records and reports. */
export interface BatchCalls {
  agreed(): Promise<Agreement[]>;
  agree(key: string, digest: string): Promise<Agreement>;
  takeBack(key: string): Promise<unknown>;
  sign(items: readonly Pick<Agreement, 'key' | 'digest'>[], password: string): Promise<BatchResult[]>;
}

export interface BatchInput {
  entity: 'record' | 'report';
  /** Title of its keys in F1. */
  title: string;
  calls: BatchCalls;
  /** Whether this person signs here at all. */
  permitted: boolean;
  /** Keys of what waits, in the order of the list, each with the stamp of its newest change. */
  waiting: readonly { key: string; seq: number }[];
  /** What lies open, with the digest of exactly what is on the screen; null while nothing can be agreed to. */
  open: { key: string; digest: string } | null;
  /** Shows more of what lies open; answers whether its end had been reached before. */
  readOn: () => boolean;
  onGo: (key: string) => void;
}

export type Mark = 'agreed' | 'changed' | 'skipped';

export interface Batch {
  permitted: boolean;
  agreements: readonly Agreement[];
  markOf(key: string): Mark | null;
  counts: { agreed: number; changed: number; skipped: number; open: number };
  error: ErrorInfo | null;
  clearError(): void;
  agree(): void;
  takeBack(): void;
  skip(): void;
  mayAgree: boolean;
  mayTakeBack: boolean;
  /** Reads anew how everything stands and opens the signature. */
  begin(): void;
  beginning: boolean;
  signing: boolean;
  endSigning(): void;
  sign(password: string): Promise<void>;
  progress: { done: number; total: number } | null;
  results: readonly BatchResult[] | null;
  endResults(): void;
}

export function useBatch({ entity, title, calls, permitted, waiting, open, readOn, onGo }: BatchInput): Batch {
  const client = useClient();
  const queries = useQueryClient();
  const user = useUser();
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(new Set());
  const [signing, setSigning] = useState(false);
  const [results, setResults] = useState<readonly BatchResult[] | null>(null);
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);

  const queryKey = ['review.agreed', entity, user.personId];
  const query = useQuery({ queryKey, queryFn: calls.agreed, enabled: permitted });
  const agreements = query.data ?? [];
  const put = (change: (rows: readonly Agreement[]) => readonly Agreement[]): void => {
    queries.setQueryData<readonly Agreement[]>(queryKey, (rows) => change(rows ?? []));
  };
  // Only a change of what was agreed to is worth asking the core about again.
  const stamp = waiting
    .filter(({ key }) => agreements.some((agreement) => agreement.key === key))
    .map(({ key, seq }) => `${key}@${seq}`)
    .join(' ');
  const known = useRef(stamp);
  useEffect(() => {
    if (known.current === stamp) return;
    const before = new Map(known.current.split(' ').map((text) => text.split('@') as [string, string]));
    const moved = stamp.split(' ').some((text) => {
      const [key = '', seq] = text.split('@');
      return before.has(key) && before.get(key) !== seq;
    });
    known.current = stamp;
    if (moved) void queries.invalidateQueries({ queryKey: ['review.agreed', entity] });
  }, [stamp, queries, entity]);
  useEffect(
    () =>
      client.subscribe((event) => {
        if (event.type === 'review.progress' && event.personId === user.personId) setProgress(event.progress);
      }),
    [client, user.personId],
  );

  const waits = new Set(waiting.map(({ key }) => key));
  const markOf = (key: string): Mark | null => {
    const agreement = agreements.find((one) => one.key === key);
    if (agreement !== undefined) return agreement.standing === 'changed' ? 'changed' : 'agreed';
    return skipped.has(key) ? 'skipped' : null;
  };
  /** The next one that nobody has said anything about; from the end back to the first. */
  const goOn = (from: string): void => {
    const index = waiting.findIndex(({ key }) => key === from);
    const round = [...waiting.slice(index + 1), ...waiting.slice(0, Math.max(0, index))];
    const next = round.find(({ key }) => markOf(key) === null || markOf(key) === 'changed') ?? waiting[index + 1];
    if (next !== undefined) onGo(next.key);
  };
  const agreeing = useCommand(async (key: string, digest: string) => {
    const agreement = await calls.agree(key, digest);
    put((rows) => [...rows.filter((row) => row.key !== key), agreement]);
    setSkipped((before) => new Set([...before].filter((one) => one !== key)));
    goOn(key);
  });
  const taking = useCommand(async (key: string) => {
    await calls.takeBack(key);
    put((rows) => rows.filter((row) => row.key !== key));
  });
  const beginning = useCommand(async () => {
    const rows = await calls.agreed();
    put(() => rows);
    if (rows.length > 0) setSigning(true);
  });
  const mark = open === null ? null : markOf(open.key);
  const mayAgree = permitted && open !== null && waits.has(open.key) && mark !== 'agreed';
  const mayTakeBack = permitted && open !== null && (mark === 'agreed' || mark === 'changed');
  const maySkip = permitted && open !== null && waits.has(open.key);
  const agree = (): void => {
    if (mayAgree && open !== null && readOn()) void agreeing.run(open.key, open.digest);
  };
  const takeBack = (): void => {
    if (open !== null) void taking.run(open.key);
  };
  const skip = (): void => {
    if (open === null) return;
    const { key } = open;
    if (mark === null) setSkipped((before) => new Set([...before, key]));
    goOn(key);
  };
  const ready = agreements.filter(({ standing }) => standing === 'ready');
  useHotkeys(title, [
    { keys: 'F7', name: '往下看，看完则已阅同意', run: agree, disabled: !mayAgree },
    { keys: 'Shift+F7', name: '取消同意', run: takeBack, disabled: !mayTakeBack },
    { keys: 'F2', name: '跳过，看下一份', run: skip, disabled: !maySkip },
    {
      keys: 'Shift+F8',
      name: '签已同意的全部',
      run: () => void beginning.run(),
      disabled: !permitted || agreements.length === 0,
    },
  ]);
  const count = (wanted: Mark | null): number => waiting.filter(({ key }) => markOf(key) === wanted).length;

  return {
    permitted,
    agreements,
    markOf,
    counts: { agreed: ready.length, changed: count('changed'), skipped: count('skipped'), open: count(null) },
    error: agreeing.error ?? taking.error ?? beginning.error,
    clearError() {
      agreeing.clear();
      taking.clear();
      beginning.clear();
    },
    agree,
    takeBack,
    skip,
    mayAgree,
    mayTakeBack,
    begin: () => void beginning.run(),
    beginning: beginning.busy,
    signing,
    endSigning: () => setSigning(false),
    async sign(password) {
      const rows = await calls.sign(ready, password);
      setSigning(false);
      setResults(rows);
      // What is signed waits no longer: the first that does lies open when the results are closed.
      const signed = new Set(rows.filter(({ outcome }) => outcome === 'signed').map(({ key }) => key));
      const next = waiting.find(({ key }) => !signed.has(key));
      if (next !== undefined && (open === null || signed.has(open.key))) onGo(next.key);
      await queries.invalidateQueries({ queryKey: ['review.agreed', entity] });
    },
    progress,
    results,
    endResults: () => setResults(null),
  };
}

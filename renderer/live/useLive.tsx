// Live queries for screens: rows of the working set that change by themselves. While the set is reloaded the last
// rows stay on the screen, so that nothing jumps.
import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { MangoQuery, RxDocument } from 'rxdb';
import type { CollectionDocument, CollectionName } from '../../shared/entities/collections.ts';
import type { KeptWorkingSet, LiveState } from './keepWorkingSet.ts';

const LiveContext = createContext<KeptWorkingSet | null>(null);

export function LiveProvider({ workingSet, children }: { workingSet: KeptWorkingSet | null; children: ReactNode }) {
  return <LiveContext.Provider value={workingSet}>{children}</LiveContext.Provider>;
}

const closedState: LiveState = { db: null, phase: 'closed' };
const nothing = (): (() => void) => () => undefined;

export function useLiveState(): LiveState {
  const workingSet = useContext(LiveContext);
  return useSyncExternalStore(workingSet?.subscribe ?? nothing, () => workingSet?.state() ?? closedState);
}

export interface LiveRows<N extends CollectionName> {
  rows: readonly CollectionDocument<N>[];
  /** False until the first rows are there. */
  ready: boolean;
}

/** Plain objects of documents; a document object stands for one revision, so its plain form can be kept. */
const plainOf = new WeakMap<object, unknown>();
function plain<T>(document: RxDocument<T>): T {
  let value = plainOf.get(document) as T | undefined;
  if (value === undefined) {
    value = document.toJSON() as T;
    plainOf.set(document, value);
  }
  return value;
}

/** Rows of a collection. The query is compared by content, so it may be written in place. */
export function useLive<N extends CollectionName>(name: N, query: MangoQuery<CollectionDocument<N>> = {}): LiveRows<N> {
  const { db } = useLiveState();
  const [answer, setAnswer] = useState<LiveRows<N>>({ rows: [], ready: false });
  const text = JSON.stringify(query);
  useEffect(() => {
    if (db === null) return undefined;
    // A failing query means that the set is being thrown away; the next one answers.
    const subscription = db.collections[name].find(JSON.parse(text) as never).$.subscribe({
      next: (documents: unknown) =>
        setAnswer({
          rows: (documents as RxDocument<CollectionDocument<N>>[]).map((document) => plain(document)),
          ready: true,
        }),
      error: () => undefined,
    });
    return () => subscription.unsubscribe();
  }, [db, name, text]);
  return answer;
}

/** One document by its key; null when it is not there (yet). */
export function useLiveOne<N extends CollectionName>(name: N, id: string | null): CollectionDocument<N> | null {
  const { rows } = useLive(name, { selector: { id: id ?? '' } } as MangoQuery<CollectionDocument<N>>);
  return useMemo(() => rows.find((row) => row.id === id) ?? null, [rows, id]);
}

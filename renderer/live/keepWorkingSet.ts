// Keeps a working set open as long as a person is signed in: any fault throws the set away and loads a fresh one,
// at growing pauses while the far side cannot be reached. Screens keep showing the last rows until then.
import type { ContractClient } from '../../shared/contract/client.ts';
import { openWorkingSet, type LiveDatabase, type WorkingSet } from './workingSet.ts';

export interface LiveState {
  /** The database to read; stays the old one while a new one is being loaded. */
  db: LiveDatabase | null;
  phase: 'closed' | 'loading' | 'live' | 'stale';
}

export interface KeptWorkingSet {
  state(): LiveState;
  subscribe(listener: () => void): () => void;
  /** While suspended (locked, or cut off), faults wait. Waking up pulls what is newer. */
  setSuspended(suspended: boolean): void;
  close(): Promise<void>;
}

export interface KeepOptions {
  client: ContractClient;
  /** First pause before a reload; doubles up to 5 s. */
  firstPauseMs?: number;
  open?: typeof openWorkingSet;
}

export function keepWorkingSet({ client, firstPauseMs = 100, open = openWorkingSet }: KeepOptions): KeptWorkingSet {
  let state: LiveState = { db: null, phase: 'loading' };
  let current: WorkingSet | null = null;
  let closed = false;
  let suspended = false;
  let faultWaits = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let work: Promise<void> = Promise.resolve();
  const listeners = new Set<() => void>();

  const set = (next: LiveState): void => {
    state = next;
    for (const listener of listeners) listener();
  };

  const load = async (): Promise<void> => {
    if (closed) return;
    // Closed first: the free edition counts open collections per process.
    await current?.close();
    current = null;
    let failed = false;
    const onFault = (): void => {
      failed = true;
      schedule();
    };
    try {
      const next = await open({ client, onFault });
      current = next;
      await next.ready;
      if (closed || failed) return;
      failures = 0;
      set({ db: next.db, phase: 'live' });
    } catch {
      if (!failed) schedule();
    }
  };

  const schedule = (): void => {
    if (closed || timer !== null) return;
    if (state.phase === 'live') set({ ...state, phase: 'stale' });
    if (suspended) {
      faultWaits = true;
      return;
    }
    failures += 1;
    const pause = Math.min(5_000, firstPauseMs * 2 ** (failures - 1));
    timer = setTimeout(() => {
      timer = null;
      work = work.then(load);
    }, pause);
  };

  work = load();

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setSuspended(value) {
      if (suspended === value) return;
      suspended = value;
      if (suspended) return;
      if (faultWaits) {
        faultWaits = false;
        schedule();
      } else current?.resync();
    },
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      // Closing what is being opened ends its `ready`, so that `work` cannot hang.
      await current?.close();
      await work.catch(() => undefined);
      await current?.close();
      set({ db: null, phase: 'closed' });
    },
  };
}

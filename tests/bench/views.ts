// Three ways for a window to follow the store, to be compared: the live working set as it is built, and what one would
// write without it: fetching the whole list again on every signal, or at every beat of a timer.
import type { ContractClient } from '../../shared/contract/client.ts';
import { openWorkingSet, type WorkingSet } from '../../renderer/live/workingSet.ts';
import { monotonicMs } from './measure.ts';

export interface View {
  /** The moment a tag was first to be seen, by tag. */
  readonly seen: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** Rows that the live query of a screen shows. */
const screenRows = 200;

/** A live query as the bench screen has it, over a set that is open; every emission is what the screen would draw. */
export function liveView(set: WorkingSet): View {
  const seen = new Map<string, number>();
  const subscription = set.db.tasks
    .find({ selector: { state: 'waiting' }, sort: [{ dueOn: 'asc' }, { id: 'asc' }], limit: screenRows })
    .$.subscribe((rows) => {
      const at = monotonicMs();
      for (const row of rows) if (!seen.has(row.structurePart)) seen.set(row.structurePart, at);
    });
  return {
    seen,
    close: () => {
      subscription.unsubscribe();
      return Promise.resolve();
    },
  };
}

/** The whole list again, on every signal (signals that come meanwhile are drawn together) or every `everyMs`. */
export function fetchingView(client: ContractClient, listUrl: string, everyMs: number | null): View {
  const seen = new Map<string, number>();
  const state = { open: true, dirty: false };
  let fetching: Promise<void> | null = null;

  const fetchAll = async (): Promise<void> => {
    const rows = (await (await fetch(listUrl)).json()) as { structurePart: string }[];
    const at = monotonicMs();
    for (const { structurePart } of rows) if (!seen.has(structurePart)) seen.set(structurePart, at);
  };
  const refetch = (): void => {
    state.dirty = true;
    fetching ??= (async () => {
      while (state.dirty && state.open) {
        state.dirty = false;
        await fetchAll();
      }
    })().finally(() => {
      fetching = null;
    });
  };

  const off = everyMs === null ? client.subscribe(({ type }) => type === 'resync' && refetch()) : () => undefined;
  const timer = everyMs === null ? null : setInterval(refetch, everyMs);
  return {
    seen,
    async close() {
      state.open = false;
      off();
      if (timer) clearInterval(timer);
      await fetching;
    },
  };
}

export async function openSet(client: ContractClient): Promise<WorkingSet> {
  const set = await openWorkingSet({ client });
  await set.ready;
  return set;
}

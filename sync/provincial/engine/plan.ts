// Which entries go next and together. Notices first; then what the order of each commission allows, oldest first,
// batchable entries of several commissions in one batch within the limits of count and bytes. An entry that has
// failed without an answer before travels alone, so that one poisoned entry cannot spoil a batch for the others.
import type { EntryKind, OutboxEntry, SyncStore } from '../sync-store.ts';
import { type CommissionView, stageOf, viewOf } from './order.ts';

export interface BatchLimits {
  maxEntries: number;
  maxBytes: number;
}

export type Action =
  | { kind: 'ask'; entries: OutboxEntry[]; batchId: string | null }
  | { kind: 'single'; entry: OutboxEntry }
  | { kind: 'batch'; entries: OutboxEntry[] };

const BATCHABLE = new Set<EntryKind>(['witness', 'acquisition', 'test-record', 'modification', 'unqualified-notice']);
const PAGE = 500;
/** The batch's own id and brackets around its entries. */
const ENVELOPE_BYTES = 200;
/** After this many tries without a definite answer an entry no longer shares a batch. */
export const ALONE_AFTER = 2;

export function bytesOf(entry: OutboxEntry): number {
  const { entryId, kind, key, revision, digest, payload } = entry;
  return Buffer.byteLength(JSON.stringify({ entryId, kind, key, revision, digest, payload })) + 1;
}

function batchesOf(entries: OutboxEntry[], limits: BatchLimits): Action[] {
  const actions: Action[] = [];
  let open: OutboxEntry[] = [];
  let bytes = 0;
  const close = (): void => {
    if (open.length > 0) actions.push({ kind: 'batch', entries: open });
    open = [];
    bytes = 0;
  };
  for (const entry of entries) {
    if (entry.attempts >= ALONE_AFTER) {
      actions.push({ kind: 'batch', entries: [entry] });
      continue;
    }
    const size = bytesOf(entry);
    if (open.length >= limits.maxEntries || (open.length > 0 && bytes + size > limits.maxBytes - ENVELOPE_BYTES))
      close();
    open.push(entry);
    bytes += size;
  }
  close();
  return actions;
}

/** Questions about what is unknown or queued: one per batch, one per single entry. */
function questionsOf(entries: OutboxEntry[]): Action[] {
  const byBatch = new Map<string, OutboxEntry[]>();
  const actions: Action[] = [];
  for (const entry of entries) {
    if (entry.batchId === null || !BATCHABLE.has(entry.kind)) {
      actions.push({ kind: 'ask', entries: [entry], batchId: null });
      continue;
    }
    const together = byBatch.get(entry.batchId);
    if (together !== undefined) together.push(entry);
    else {
      const list = [entry];
      byBatch.set(entry.batchId, list);
      actions.push({ kind: 'ask', entries: list, batchId: entry.batchId });
    }
  }
  return actions;
}

/**
 * The next actions, at most about `window` entries of them, found by paging through what is due: entries that wait
 * for something else are passed over, so that a long queue behind a refused entry does not hide the rest.
 */
export function planActions(
  store: Pick<SyncStore, 'dueEntries' | 'entriesOf'>,
  now: number,
  limits: BatchLimits,
  window: number,
): Action[] {
  const views = new Map<string, CommissionView>();
  const viewFor = (entry: OutboxEntry): CommissionView => {
    const queue = entry.commissionNo ?? '';
    const known = views.get(queue);
    if (known !== undefined) return known;
    const view = viewOf(store.entriesOf(entry.commissionNo));
    views.set(queue, view);
    return view;
  };

  const notices = store.dueEntries({ now, limit: window, afterSeq: 0, kind: 'unqualified-notice' });
  const asked: OutboxEntry[] = notices.filter((entry) => entry.state !== 'pending');
  const ready: OutboxEntry[] = [];
  let afterSeq = 0;
  while (ready.length + asked.length < window) {
    const page = store.dueEntries({ now, limit: PAGE, afterSeq });
    for (const entry of page) {
      afterSeq = entry.seq;
      if (entry.kind === 'unqualified-notice') continue;
      if (entry.state !== 'pending') asked.push(entry);
      else if (viewFor(entry).isReady(entry)) ready.push(entry);
      if (ready.length + asked.length >= window) break;
    }
    if (page.length < PAGE) break;
  }

  ready.sort((a, b) => stageOf(a.kind) - stageOf(b.kind) || a.seq - b.seq);
  const singles = ready.filter((entry) => !BATCHABLE.has(entry.kind));
  const batchable = ready.filter((entry) => BATCHABLE.has(entry.kind));
  return [
    ...batchesOf(
      notices.filter((entry) => entry.state === 'pending'),
      limits,
    ),
    ...questionsOf(asked),
    ...singles.map((entry): Action => ({ kind: 'single', entry })),
    ...batchesOf(batchable, limits),
  ];
}

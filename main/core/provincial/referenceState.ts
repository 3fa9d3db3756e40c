// Which reference data are in force here: the snapshot of every kind as the platform named it, and when the oldest of
// them was last confirmed by a download.
import type { Store } from '../../store/store.ts';

export interface ReferenceState {
  /** One name where all kinds have the same, else every kind with its own. */
  version: string;
  /** When the kind that was confirmed longest ago was last downloaded. */
  fetchedAt: string;
}

export function referenceState(store: Pick<Store, 'all'>): ReferenceState | null {
  const rows = store.all('SELECT kind, snapshot, fetchedAt FROM referenceCursor ORDER BY kind');
  const [first] = rows;
  if (first === undefined) return null;
  const snapshots = new Set(rows.map((row) => String(row['snapshot'])));
  const version =
    snapshots.size === 1 ? String(first['snapshot']) : rows.map((row) => `${row['kind']}:${row['snapshot']}`).join(' ');
  const fetchedAt = rows
    .map((row) => String(row['fetchedAt']))
    .sort()
    .at(0);
  return { version, fetchedAt: fetchedAt ?? '' };
}

// Which reference data are in force here: the snapshot of every kind as the platform named it, when the oldest of them
// was last confirmed by a download, and which kinds the last download did not bring down whole.
import { referenceKindNames } from '../../../shared/entities/reference.ts';
import { kindsOf } from '../../../sync/provincial/engine/download.ts';
import type { ReferenceFailure } from '../../../sync/provincial/sync-store.ts';
import type { Store } from '../../store/store.ts';
import { readFact } from './facts.ts';
import { profileInForce } from './profileInForce.ts';

export interface ReferenceState {
  /** One name where all kinds have the same, else every kind with its own. */
  version: string;
  /** When the kind that was confirmed longest ago was last downloaded. */
  fetchedAt: string;
}

/** A kind that fails, since when in a row. */
export type FailedKind = ReferenceFailure & { since: string };
export const failedKindsFact = 'referenceFailures';

export const failedKinds = (store: Pick<Store, 'get'>): (FailedKind & { name: string })[] =>
  (readFact<FailedKind[]>(store, failedKindsFact) ?? []).map((one) => ({
    ...one,
    name: referenceKindNames[one.kind],
  }));

/** Only kinds that the platform in force has: what another platform once gave does not grow old here. */
export function referenceState(store: Pick<Store, 'all' | 'get'>): ReferenceState | null {
  const kinds: readonly string[] = kindsOf(profileInForce(store).capabilities);
  const rows = store
    .all('SELECT kind, snapshot, fetchedAt FROM referenceCursor ORDER BY kind')
    .filter((row) => kinds.includes(String(row['kind'])));
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

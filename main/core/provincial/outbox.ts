// Puts something into the queue for the platform, inside the transaction that made it: what is saved is also queued,
// and what is queued is saved. The digest binds what will be sent, whatever happens to the rows later.
import { ulid } from 'ulid';
import { canonicalJson, digestOf } from '../../../sync/wire/digest.ts';
import { canCarry } from '../../../sync/provincial/not-carried.ts';
import type { EntryKind } from '../../../sync/provincial/sync-store.ts';
import type { Transaction } from '../../store/transaction.ts';
import { profileInForce } from './profileInForce.ts';

export interface QueueInput {
  kind: EntryKind;
  /** Null for what belongs to no commission. */
  commissionNo: string | null;
  key: string;
  /** Left out: one more than the newest of this key. */
  revision?: number;
  payload?: Record<string, unknown>;
  /** For `media` and `report-file`: the bytes; for `code`: the digest of the report. */
  sha256?: string;
}

/** Null where the platform in force can never take it: nothing is queued, and who calls says what is done instead. */
export function queue(tx: Transaction, input: QueueInput): string | null {
  if (!canCarry(profileInForce(tx).capabilities, input.kind)) return null;
  const newest = tx.first(
    'SELECT max(revision) AS revision FROM outbox WHERE kind = ? AND key = ?',
    input.kind,
    input.key,
  );
  const revision = input.revision ?? Number(newest?.['revision'] ?? 0) + 1;
  const entryId = ulid();
  const bytes = input.kind === 'media' || input.kind === 'report-file';
  tx.insert('outbox', {
    entryId,
    kind: input.kind,
    commissionNo: input.commissionNo ?? '',
    key: input.key,
    revision,
    digest: input.payload ? digestOf(input.payload) : (input.sha256 ?? ''),
    payload: input.payload ? canonicalJson(input.payload) : null,
    mediaSha256: bytes ? (input.sha256 ?? null) : null,
    state: 'pending',
    attempts: 0,
    nextTryAt: null,
    batchId: null,
    failureClass: null,
    platformCode: null,
    platformMessage: null,
    platformDetailsJson: null,
    createdAt: Date.now(),
    acceptedAt: null,
  });
  return entryId;
}

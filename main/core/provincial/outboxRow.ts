// A row of the outbox as the sync engine sees it.
import type { EntryKind, EntryState, OutboxEntry } from '../../../sync/provincial/sync-store.ts';
import { nullableNumber as time, nullableText as nullable } from '../../store/cells.ts';
import type { Row } from '../../store/tables.ts';

export function entryOf(row: Row): OutboxEntry {
  const details = row['platformDetailsJson'];
  return {
    entryId: String(row['entryId']),
    seq: Number(row['seq']),
    kind: String(row['kind']) as EntryKind,
    commissionNo: nullable(row['commissionNo']) || null,
    key: String(row['key']),
    revision: Number(row['revision']),
    digest: String(row['digest']),
    payload: row['payload'] === null ? null : (JSON.parse(String(row['payload'])) as OutboxEntry['payload']),
    mediaSha256: nullable(row['mediaSha256']),
    state: String(row['state']) as EntryState,
    attempts: Number(row['attempts']),
    nextTryAt: time(row['nextTryAt']),
    batchId: nullable(row['batchId']),
    failureClass: nullable(row['failureClass']) as OutboxEntry['failureClass'],
    platformCode: nullable(row['platformCode']),
    platformMessage: nullable(row['platformMessage']),
    platformDetails:
      details === null || details === undefined
        ? null
        : (JSON.parse(String(details)) as OutboxEntry['platformDetails']),
    createdAt: Number(row['createdAt']),
    acceptedAt: time(row['acceptedAt']),
    ...(row['settledAt'] == null ? {} : { settled: true }),
  };
}

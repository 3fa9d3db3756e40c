// The facts of the banner: is the platform there, how old is the reference data, does the queue stand still.
import type { CollectionDocument } from '../../../shared/entities/collections.ts';
import type { ClockOffset, Halt } from '../../../sync/provincial/sync-store.ts';
import type { Context } from '../context.ts';
import { settingsOf } from '../sessions/settings.ts';
import { readFact } from './facts.ts';

export interface ConnectionFact {
  state: 'online' | 'offline';
  text: string;
  lastContactAt: string | null;
}

export function statusDocument(context: Context): Omit<CollectionDocument<'status'>, 'id' | 'seq'> {
  const { store } = context;
  const halt = readFact<Halt | null>(store, 'halt');
  const connection = readFact<ConnectionFact>(store, 'connection');
  const reference = store.first('SELECT max(snapshot) AS snapshot, min(fetchedAt) AS fetchedAt FROM referenceCursor');
  return {
    platformUrl: settingsOf(context).platformUrl,
    connection: halt ? 'stopped' : (connection?.state ?? 'unknown'),
    connectionText: halt ? halt.message : (connection?.text ?? '尚未与监管平台联系'),
    lastContactAt: connection?.lastContactAt ?? null,
    referenceSnapshot: reference?.['snapshot'] ? String(reference['snapshot']) : null,
    referenceFetchedAt: reference?.['fetchedAt'] ? String(reference['fetchedAt']) : null,
    clockOffsetMs: readFact<ClockOffset>(store, 'clockOffset')?.offsetMs ?? null,
  };
}

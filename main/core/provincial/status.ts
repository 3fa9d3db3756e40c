// The facts of the banner: is the platform there, how old is the reference data, does the queue stand still.
import type { CollectionDocument } from '../../../shared/entities/collections.ts';
import type { ClockOffset, Halt } from '../../../sync/provincial/sync-store.ts';
import { backupStatus } from '../backup/status.ts';
import type { Context } from '../context.ts';
import { toldClock } from '../clock/clockGuard.ts';
import { settingsOf } from '../sessions/settings.ts';
import { readFact } from './facts.ts';
import { failedKinds, referenceState } from './referenceState.ts';

export interface ConnectionFact {
  state: 'online' | 'offline';
  text: string;
  lastContactAt: string | null;
}

export function statusDocument(context: Context): Omit<CollectionDocument<'status'>, 'id' | 'seq'> {
  const { store } = context;
  const halt = readFact<Halt | null>(store, 'halt');
  const connection = readFact<ConnectionFact>(store, 'connection');
  const reference = referenceState(store);
  const clock = toldClock(store);
  return {
    platformUrl: settingsOf(context).platformUrl,
    connection: halt ? 'stopped' : (connection?.state ?? 'unknown'),
    connectionText: halt ? halt.message : (connection?.text ?? '尚未与监管平台联系'),
    lastContactAt: connection?.lastContactAt ?? null,
    referenceSnapshot: reference?.version ?? null,
    referenceFetchedAt: reference?.fetchedAt ?? null,
    referenceFailed: failedKinds(store).map(({ name, code, message, since }) => ({
      name,
      since,
      words: `${code} ${message}`,
    })),
    clockOffsetMs: readFact<ClockOffset>(store, 'clockOffset')?.offsetMs ?? null,
    clock: clock.state,
    clockText: clock.state === 'right' ? null : clock.text,
    held: store.all(`SELECT * FROM referenceHeld WHERE state = 'waiting' ORDER BY heldId`).map((row) => ({
      heldId: String(row['heldId']),
      kind: String(row['kind']),
      at: String(row['at']),
      lost: Number(row['lostCount']),
    })),
    referenceRefuseDays: settingsOf(context).referenceRefuseDays,
    ...backupStatus(context),
  };
}

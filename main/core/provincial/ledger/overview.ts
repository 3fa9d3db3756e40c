// Where the whole queue stands: counts, the engine, why it halts, which commissions are frozen. Reads only; the command line
// asks it without an engine.
import { toWallTime } from '../../../../shared/entities/scalars.ts';
import type { SyncOverview } from '../../../../shared/sync/calls.ts';
import type { EngineStatus } from '../../../../sync/provincial/engine.ts';
import type { ClockOffset, Halt } from '../../../../sync/provincial/sync-store.ts';
import { nullableText as nullable, textOf as text } from '../../../store/cells.ts';
import { readFact } from '../facts.ts';
import type { ConnectionFact } from '../status.ts';
import { ledgerCounts, type Reader } from './parts.ts';

const mostFrozen = 200;
const wall = (at: number | null): string | null => (at === null ? null : toWallTime(at));

/** What a person does about a halt: the clock first, then the key. */
const haltSteps: Record<string, string> = {
  BAD_SIGNATURE: '请系统管理员先核对本机时钟，再到“设置”核对机构代码、访问键和密钥，然后按 F6 再试一次。',
  REPLAY: '请先核对本机时钟，再按 F6 再试一次；仍被拒绝请联系平台管理方。',
  FORBIDDEN: '平台停用了本机构的访问。请联系平台管理方恢复，再按 F6 再试一次。',
};
const haltStep = '请系统管理员核对本机时钟和平台连接设置，再按 F6 再试一次。';

export interface EngineStanding {
  status: EngineStatus;
  pausedBy: string | null;
}

export function syncOverview(
  store: Reader,
  standing: EngineStanding | null,
  now: number,
): Omit<SyncOverview, 'progress'> {
  const halt = readFact<Halt | null>(store, 'halt');
  const clock = readFact<ClockOffset>(store, 'clockOffset');
  const connection = readFact<ConnectionFact>(store, 'connection');
  const status = standing?.status ?? null;
  const setAside = store.first('SELECT count(*) AS n FROM setAside');
  const next = store.first(
    `SELECT min(nextTryAt) AS at FROM outbox WHERE state IN ('pending', 'unknown', 'queued') AND nextTryAt > ?`,
    now,
  );
  return {
    counts: ledgerCounts(store),
    setAside: Number(setAside?.['n'] ?? 0),
    engine: status?.state ?? (halt ? 'halted' : 'none'),
    platformUrl: text(store.get('setting', 'platformUrl')?.['value']),
    halt: halt
      ? { code: halt.code, message: halt.message, at: toWallTime(halt.at), next: haltSteps[halt.code] ?? haltStep }
      : null,
    pausedUntil: wall(status?.pausedUntil ?? null),
    pausedBy: standing?.pausedBy ?? null,
    nextAt: wall(next?.['at'] == null ? null : Number(next['at'])),
    lastAnswerAt: wall(status?.lastAnswerAt ?? null) ?? connection?.lastContactAt ?? null,
    lastFailure: status?.lastFailure ? { ...status.lastFailure, at: toWallTime(status.lastFailure.at) } : null,
    clockOffsetMs: clock?.offsetMs ?? null,
    clockMeasuredAt: wall(clock?.measuredAt ?? null),
    frozen: store
      .all(
        `SELECT commissionNo, platformState, platformReason FROM commission WHERE platformState <> 'active'
         ORDER BY commissionNo DESC LIMIT ?`,
        mostFrozen,
      )
      .map((row) => ({
        commissionNo: text(row['commissionNo']),
        state: text(row['platformState']) as 'locked' | 'voided',
        reason: nullable(row['platformReason']),
      })),
  };
}

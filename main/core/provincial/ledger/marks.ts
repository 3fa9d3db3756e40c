// What a person decides about an entry: aside, back, settled outside. The decision is evidence of its own (`outboxMark`,
// audited); the platform's words stay as they came, and nothing here ever makes an entry accepted.
import { ulid } from 'ulid';
import { toWallTime } from '../../../../shared/entities/scalars.ts';
import { AppError } from '../../../../shared/errors/appError.ts';
import { kindName, standingNames, type Standing } from '../../../../shared/sync/words.ts';
import { textOf as text } from '../../../store/cells.ts';
import type { Row } from '../../../store/tables.ts';
import type { Transaction } from '../../../store/transaction.ts';
import type { Caller, Context } from '../../context.ts';
import { LedgerRows } from './rows.ts';

export type MarkAction = 'aside' | 'back' | 'settled' | 'retry';

export interface Second {
  id: string;
  name: string;
}

const undecidable = (standing: Standing, what: string): AppError =>
  new AppError({
    code: 'SYNC_NOT_POSSIBLE',
    message: `这个条目现在是“${standingNames[standing]}”，不能${what}。`,
    meaning: '什么也没有改变。',
    next:
      standing === 'asking' || standing === 'sending' || standing === 'queued'
        ? '请等程序向平台查清结果后再看。'
        : '请刷新上传台账后再看。',
  });

/** Reads, judges, and writes in one transaction. */
function decide(
  context: Context,
  caller: Caller,
  entryId: string,
  change: { action: MarkAction; what: string; allowed: readonly Standing[]; reason: string; second?: Second },
  write: (tx: Transaction, row: Row, now: number) => void,
): void {
  const now = context.now().getTime();
  context.store.transact(caller.actor, (tx) => {
    const row = tx.get('outbox', entryId);
    const line = new LedgerRows(context.store).one(entryId);
    if (row === undefined || line === null) {
      throw new AppError({
        code: 'NOT_FOUND',
        message: '上传台账中没有这个条目。',
        meaning: '什么也没有改变。',
        next: '请刷新上传台账后再看。',
      });
    }
    const still = line.standing !== 'frozen' || (row['state'] !== 'sending' && isVoid(tx, line.commissionNo));
    if (!change.allowed.includes(line.standing) || !still) throw undecidable(line.standing, change.what);
    tx.insert(
      'outboxMark',
      {
        markId: ulid(),
        entryId,
        action: change.action,
        reason: change.reason,
        byId: caller.user.personId,
        byName: caller.user.name,
        secondId: change.second?.id ?? null,
        secondName: change.second?.name ?? null,
        at: toWallTime(now),
      },
      `${kindName(line.kind)} ${line.key}：${change.reason}`,
    );
    write(tx, row, now);
  });
}

/** Nothing of a void commission is sent or asked about any more; a lock may be lifted. */
const isVoid = (tx: Transaction, commissionNo: string): boolean =>
  tx.get('commission', commissionNo)?.['platformState'] === 'voided';

/** What waits or was refused is not sent until somebody puts it back. What is under way is not: its outcome is not known. */
export function setEntryAside(context: Context, caller: Caller, entryId: string, reason: string): void {
  const allowed = ['waiting', 'rejected', 'parked'] as const;
  decide(context, caller, entryId, { action: 'aside', what: '搁置', allowed, reason }, (tx, _row, now) =>
    tx.update('outbox', entryId, { state: 'parked', asideAt: now, nextTryAt: null }),
  );
}

/** Settled outside, as a person states and a second one confirms. Only of a void commission may it be what is on its way. */
export function settleEntry(context: Context, caller: Caller, entryId: string, reason: string, second: Second): void {
  const allowed = ['rejected', 'parked', 'aside', 'frozen'] as const;
  decide(context, caller, entryId, { action: 'settled', what: '办结', allowed, reason, second }, (tx, row, now) =>
    tx.update('outbox', entryId, {
      settledAt: now,
      nextTryAt: null,
      ...(row['state'] === 'rejected' ? {} : { state: 'parked' }),
    }),
  );
}

/** Back into the queue; the engine then treats it as one that a person retries. */
export function putEntryBack(context: Context, caller: Caller, entryId: string, reason: string): void {
  const allowed = ['aside', 'settled'] as const;
  decide(context, caller, entryId, { action: 'back', what: '放回队列', allowed, reason }, (tx, row) => {
    refuseReplaced(tx, row);
    tx.update('outbox', entryId, { state: 'pending', asideAt: null, settledAt: null, attempts: 0, nextTryAt: null });
  });
}

const retryable: readonly Standing[] = ['rejected', 'parked', 'waiting', 'asking', 'queued'];

/** Whether a retry by a person makes sense; noted, so that the ledger tells who asked for it. */
export function noteRetry(context: Context, caller: Caller, entryId: string): void {
  const reason = '人工重试';
  decide(context, caller, entryId, { action: 'retry', what: '重试', allowed: retryable, reason }, (tx, row) =>
    refuseReplaced(tx, row),
  );
}

/** An older revision must not come after the one that replaced it. */
function refuseReplaced(tx: Transaction, row: Row): void {
  if (row['kind'] === 'code' || row['kind'] === 'report-file') return;
  if (row['state'] !== 'rejected' && row['state'] !== 'parked') return;
  const newest = tx.first(
    'SELECT max(revision) AS revision FROM outbox WHERE kind = ? AND key = ?',
    row['kind'] ?? '',
    row['key'] ?? '',
  );
  if (Number(newest?.['revision']) === Number(row['revision'])) return;
  throw new AppError({
    code: 'SYNC_REPLACED',
    message: `${kindName(text(row['kind']))} ${text(row['key'])} 已由第 ${text(newest?.['revision'])} 版代替。`,
    meaning: '旧版不会再上传，什么也没有改变。',
    next: '请查看新版本的条目。',
  });
}

// From what the platform answered to what becomes of an entry: the table of error classes (provincial README) in one
// place. Freezing a commission happens here; stopping the queue and pausing the line happen where the call is made.
import type { FailureClass, PlatformFailure } from '../port.ts';
import { unreachable } from '../unreachable.ts';
import type { EntryChange, OutboxEntry } from '../sync-store.ts';
import { type EngineContext, pollAt, retryAt } from './context.ts';
import { viewOf } from './order.ts';
import { ALONE_AFTER } from './plan.ts';

function change(entry: OutboxEntry, next: Partial<EntryChange> & Pick<EntryChange, 'state'>): EntryChange {
  return {
    entryId: entry.entryId,
    attempts: entry.attempts,
    nextTryAt: null,
    batchId: entry.batchId,
    failureClass: null,
    platformCode: null,
    platformMessage: null,
    platformDetails: null,
    acceptedAt: null,
    ...next,
  };
}

function words(failure: PlatformFailure): Partial<EntryChange> {
  return {
    failureClass: failure.class,
    platformCode: failure.code,
    platformMessage: failure.message,
    platformDetails: failure.details ?? null,
  };
}

export function accepted(ctx: EngineContext, entry: OutboxEntry): EntryChange {
  return change(entry, { state: 'accepted', acceptedAt: ctx.clock.now() });
}

/** The platform holds nothing of it: it goes again as soon as its turn comes. */
export function backToPending(entry: OutboxEntry): EntryChange {
  return change(entry, { state: 'pending', batchId: null });
}

/** Taken in and not decided: asked about at growing intervals. */
export function queued(ctx: EngineContext, entry: OutboxEntry, failure?: PlatformFailure): EntryChange {
  const attempts = entry.attempts + 1;
  return change(entry, {
    state: 'queued',
    attempts,
    nextTryAt: pollAt(ctx, attempts, failure?.retryAfterS),
    ...(failure === undefined ? {} : words(failure)),
  });
}

/** Still not known: asked again later. */
export function stillUnknown(ctx: EngineContext, entry: OutboxEntry, failure: PlatformFailure): EntryChange {
  const attempts = entry.attempts + 1;
  return change(entry, {
    state: 'unknown',
    attempts,
    nextTryAt: Math.max(retryAt(ctx, attempts), ctx.line.pausedUntil),
    ...words(failure),
  });
}

/** The platform read it and says no, in its own words. */
export function refused(entry: OutboxEntry, failure: PlatformFailure): EntryChange {
  return change(entry, { state: 'rejected', ...words(failure) });
}

/** Set aside on this side, for a person. */
export function parked(entry: OutboxEntry, code: string, message: string): EntryChange {
  return change(entry, { state: 'parked', failureClass: 'local', platformCode: code, platformMessage: message });
}

function freeze(ctx: EngineContext, entry: OutboxEntry, failure: PlatformFailure, state: 'locked' | 'voided'): void {
  if (entry.commissionNo === null) return;
  ctx.store.freezeCommission(entry.commissionNo, {
    state,
    code: failure.code,
    message: failure.message,
    at: ctx.clock.now(),
  });
  ctx.log.warn({ commissionNo: entry.commissionNo, code: failure.code }, 'commission frozen by the supervisor');
}

/**
 * Something it refers to is missing over there although it was accepted before (a platform restored from a backup),
 * or was not waited for (a notice). What it refers to is sent again once; if it is then still missing, the entry is
 * refused for good with the platform's own words.
 */
function dependencyMissing(ctx: EngineContext, entry: OutboxEntry, failure: PlatformFailure): EntryChange[] {
  const attempts = entry.attempts + 1;
  const dependencies = viewOf(ctx.store.entriesOf(entry.commissionNo)).dependenciesOf(entry);
  const onTheirWay = dependencies.some((other) => !['accepted', 'rejected', 'parked'].includes(other.state));
  const alreadyResent = entry.failureClass === 'dependency' && entry.platformCode === failure.code;
  const present = dependencies.filter((other) => other.state === 'accepted');
  if (!onTheirWay && (alreadyResent || present.length === 0)) {
    return [{ ...refused(entry, failure), attempts }];
  }
  const again = alreadyResent
    ? []
    : present.map((other) => change(other, { state: 'pending', attempts: 0, batchId: null }));
  // A notice keeps trying while the rest is on its way; that must not use up its one resending.
  const remembered = onTheirWay ? { ...words(failure), failureClass: null } : words(failure);
  return [change(entry, { state: 'pending', attempts, nextTryAt: retryAt(ctx, attempts), ...remembered }), ...again];
}

/** A whole batch refused for one of these says nothing about each of its entries: they go again one by one. */
const ABOUT_ONE_ENTRY = new Set<FailureClass>(['rejected', 'conflict', 'frozen', 'dependency', 'later']);

/** What becomes of an entry (and, rarely, of those it refers to) after a failed try. `alone`: nothing to halve. */
export function afterFailure(
  ctx: EngineContext,
  entry: OutboxEntry,
  failure: PlatformFailure,
  alone: boolean,
): EntryChange[] {
  if (!alone && ABOUT_ONE_ENTRY.has(failure.class)) {
    return [
      change(entry, {
        state: 'pending',
        batchId: null,
        attempts: Math.max(entry.attempts, ALONE_AFTER),
        ...words(failure),
      }),
    ];
  }
  switch (failure.class) {
    case 'same':
      return [accepted(ctx, entry)];
    case 'unknown-outcome':
      // Certain that nothing arrived: the line is at fault, not this entry.
      return failure.sent
        ? [stillUnknown(ctx, entry, failure)]
        : [change(entry, { state: 'pending', batchId: null, nextTryAt: ctx.line.pausedUntil, ...words(failure) })];
    case 'auth':
      // A request that the network delivered twice may have been done the first time.
      return [change(entry, { state: failure.repeatOnce === true ? 'unknown' : 'pending', ...words(failure) })];
    case 'clock':
      return [change(entry, { state: 'pending', nextTryAt: ctx.line.pausedUntil, ...words(failure) })];
    case 'rejected':
      return [refused(entry, failure)];
    case 'dependency':
      return dependencyMissing(ctx, entry, failure);
    case 'conflict':
      return [change(entry, { state: 'parked', ...words(failure) })];
    case 'frozen': {
      freeze(ctx, entry, failure, failure.freezes ?? 'locked');
      const attempts = entry.attempts + 1;
      return [change(entry, { state: 'pending', attempts, nextTryAt: retryAt(ctx, attempts), ...words(failure) })];
    }
    case 'later':
      return [queued(ctx, entry, failure)];
    case 'slow-down':
      if (failure.tooLarge !== true) {
        return [change(entry, { state: 'pending', nextTryAt: ctx.line.pausedUntil, ...words(failure) })];
      }
      return [alone ? refused(entry, failure) : backToPending(entry)];
    default:
      return unreachable(failure.class);
  }
}

/** A commission's state as the platform tells it. */
export function afterCommissionState(
  ctx: EngineContext,
  entry: OutboxEntry,
  state: { state: 'active' | 'locked' | 'voided'; reason?: string | undefined },
): void {
  if (state.state === 'active' || entry.commissionNo === null) return;
  const code = state.state === 'locked' ? 'LOCKED' : 'VOIDED';
  freeze(ctx, entry, { class: 'frozen', code, message: state.reason ?? '', sent: true }, state.state);
}

// What flows the other way: the institution's own data, the reference data page by page, what the supervisor did, and
// whether frozen commissions still are. A cursor is stored together with the page it follows, never before it.
import { type PlatformCapabilities, REFERENCE_KINDS, type ReferenceKind } from '../port.ts';
import type { OutboxEntry, ReferenceFailure } from '../sync-store.ts';
import { attemptRow, call, type EngineContext } from './context.ts';

export interface PullFailure {
  code: string;
  message: string;
}

export interface PullReport {
  ok: boolean;
  pages: number;
  rows: number;
  /** Kinds the store holds back until a person has looked. */
  held: ReferenceKind[];
  /** Of the institution's own data, else of the first kind that failed. */
  failure: PullFailure | null;
  /** Every kind that did not come down whole. */
  failures: ReferenceFailure[];
}

/** What a platform must offer for a kind to be asked for. */
const KIND_NEEDS: Record<ReferenceKind, keyof PlatformCapabilities> = {
  item: 'catalogue',
  person: 'personnel',
  'person-qualification': 'personnel',
  equipment: 'equipment',
  project: 'project',
  contract: 'contract',
};

export const kindsOf = (capabilities: PlatformCapabilities): ReferenceKind[] =>
  REFERENCE_KINDS.filter((kind) => capabilities[KIND_NEEDS[kind]]);

/** A platform that always says there is more must not keep the engine for ever. */
const MAX_PAGES_PER_KIND = 10_000;

/** Why this kind did not come down whole; `null` when it did, or waits for a person. */
async function pullKind(ctx: EngineContext, kind: ReferenceKind, report: PullReport): Promise<PullFailure | null> {
  const seen = new Set<string | null>();
  for (let count = 0; count < MAX_PAGES_PER_KIND && !ctx.signal.aborted; count += 1) {
    const cursor = ctx.store.referenceCursor(kind);
    seen.add(cursor);
    const answer = await call(ctx, (o) => ctx.port.referencePage(kind, cursor, ctx.port.limits.pageSize, o));
    if (answer.outcome === 'failed') {
      ctx.store.recordOutcome({ attempt: attemptRow(answer, { entryIds: [], batchId: null }), changes: [] });
      return { code: answer.failure.code, message: answer.failure.message };
    }
    const { rows, nextCursor, more, snapshot } = answer.value;
    // A cursor that was there before, with more to come, would go round in circles.
    if (more && seen.has(nextCursor)) {
      return { code: 'REFERENCE_LOOP', message: `平台的 ${kind} 资料翻页停在原处，已停止下载。` };
    }
    const at = ctx.clock.now();
    if (ctx.store.applyReferencePage({ kind, rows, cursor: nextCursor, snapshot, more, at }) === 'held') {
      report.held.push(kind);
      return null;
    }
    report.pages += 1;
    report.rows += rows.length;
    if (!more) return null;
  }
  return { code: 'REFERENCE_NOT_FINISHED', message: '资料没有下载完，下次接着下载。' };
}

/** Access refused, or the line rests: whatever is asked next fares the same. */
const lineIsDown = (ctx: EngineContext): boolean =>
  ctx.signal.aborted || ctx.store.halt() !== null || ctx.line.pausedUntil > ctx.clock.now();

/**
 * Institution (it says which controls are enforced), then every kind the platform has from its stored cursor on. Each by
 * itself: one that fails is noted and keeps no other from coming down.
 */
export async function pullReference(ctx: EngineContext): Promise<PullReport> {
  const report: PullReport = { ok: false, pages: 0, rows: 0, held: [], failure: null, failures: [] };
  const institution = await call(ctx, (o) => ctx.port.institution(o));
  if (institution.outcome === 'failed') {
    ctx.store.recordOutcome({ attempt: attemptRow(institution, { entryIds: [], batchId: null }), changes: [] });
    report.failure = { code: institution.failure.code, message: institution.failure.message };
  } else ctx.store.saveInstitution(institution.value, ctx.clock.now());
  let down = institution.outcome === 'failed' && lineIsDown(ctx) ? report.failure : null;
  for (const kind of kindsOf(ctx.port.capabilities)) {
    const failure = down ?? (await pullKind(ctx, kind, report));
    if (failure === null) continue;
    report.failures.push({ kind, ...failure });
    report.failure ??= failure;
    if (lineIsDown(ctx)) down = failure;
  }
  ctx.store.saveReferenceFailures(report.failures, ctx.clock.now());
  report.ok = report.failure === null && !ctx.signal.aborted;
  return report;
}

const MAX_EVENT_PAGES = 100;

/** Everything the supervisor did since the stored cursor. */
export async function pullEvents(ctx: EngineContext): Promise<void> {
  if (!ctx.port.capabilities.events) return;
  for (let count = 0; count < MAX_EVENT_PAGES && !ctx.signal.aborted; count += 1) {
    const cursor = ctx.store.eventsCursor();
    const answer = await call(ctx, (o) => ctx.port.events(cursor, o));
    if (answer.outcome === 'failed') return;
    const { events, nextCursor } = answer.value;
    // Events under the very cursor that was asked with would come again with every question.
    if (nextCursor === cursor) {
      if (events.length > 0) ctx.log.warn({ cursor }, 'events stand still at their cursor; not taken');
      return;
    }
    ctx.store.applyEvents(events, nextCursor, ctx.clock.now());
    if (events.length === 0) return;
  }
}

/** A lock may have been lifted without an event reaching us. */
export async function recheckFrozen(ctx: EngineContext): Promise<void> {
  for (const { commissionNo, state } of ctx.store.frozenCommissions()) {
    if (state === 'voided' || ctx.signal.aborted) continue;
    const answer = await call(ctx, (o) => ctx.port.getCommission(commissionNo, o));
    if (answer.outcome === 'failed') return;
    if (answer.value?.state === 'active') ctx.store.unfreezeCommission(commissionNo, ctx.clock.now());
  }
}

/** What a retry by a person means for an entry; `null` when there is nothing to retry. */
export function retried(entry: OutboxEntry): 'pending' | 'unknown' | 'queued' | null {
  switch (entry.state) {
    case 'rejected':
    case 'parked':
    case 'pending':
      return 'pending';
    case 'unknown':
    case 'queued':
      return entry.state;
    default:
      return null;
  }
}

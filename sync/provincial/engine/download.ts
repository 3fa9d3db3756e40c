// What flows the other way: the institution's own data, the reference data page by page, what the supervisor did, and
// whether frozen commissions still are. A cursor is stored together with the page it follows, never before it.
import { REFERENCE_KINDS, type ReferenceKind } from '../port.ts';
import type { OutboxEntry } from '../sync-store.ts';
import { attemptRow, call, type EngineContext } from './context.ts';

export interface PullReport {
  ok: boolean;
  pages: number;
  rows: number;
  /** Kinds the store holds back until a person has looked. */
  held: ReferenceKind[];
  failure: { code: string; message: string } | null;
}

/** A platform that always says there is more must not keep the engine for ever. */
const MAX_PAGES_PER_KIND = 10_000;

async function pullKind(ctx: EngineContext, kind: ReferenceKind, report: PullReport): Promise<void> {
  const seen = new Set<string | null>();
  for (let count = 0; count < MAX_PAGES_PER_KIND && !ctx.signal.aborted; count += 1) {
    const cursor = ctx.store.referenceCursor(kind);
    seen.add(cursor);
    const answer = await call(ctx, (o) => ctx.port.referencePage(kind, cursor, ctx.port.limits.pageSize, o));
    if (answer.outcome === 'failed') {
      ctx.store.recordOutcome({ attempt: attemptRow(answer, { entryIds: [], batchId: null }), changes: [] });
      report.failure = { code: answer.failure.code, message: answer.failure.message };
      return;
    }
    const { rows, nextCursor, more, snapshot } = answer.value;
    // A cursor that was there before, with more to come, would go round in circles.
    if (more && seen.has(nextCursor)) {
      report.failure = { code: 'REFERENCE_LOOP', message: `平台的 ${kind} 资料翻页停在原处，已停止下载。` };
      return;
    }
    const at = ctx.clock.now();
    if (ctx.store.applyReferencePage({ kind, rows, cursor: nextCursor, snapshot, more, at }) === 'held') {
      report.held.push(kind);
      return;
    }
    report.pages += 1;
    report.rows += rows.length;
    if (!more) return;
  }
}

/** Institution first (it says which controls are enforced), then every kind from its stored cursor on. */
export async function pullReference(ctx: EngineContext): Promise<PullReport> {
  const report: PullReport = { ok: false, pages: 0, rows: 0, held: [], failure: null };
  const institution = await call(ctx, (o) => ctx.port.institution(o));
  if (institution.outcome === 'failed') {
    ctx.store.recordOutcome({ attempt: attemptRow(institution, { entryIds: [], batchId: null }), changes: [] });
    report.failure = { code: institution.failure.code, message: institution.failure.message };
    return report;
  }
  ctx.store.saveInstitution(institution.value, ctx.clock.now());
  for (const kind of REFERENCE_KINDS) {
    await pullKind(ctx, kind, report);
    if (report.failure !== null || ctx.signal.aborted) break;
  }
  report.ok = report.failure === null && !ctx.signal.aborted;
  return report;
}

const MAX_EVENT_PAGES = 100;

/** Everything the supervisor did since the stored cursor. */
export async function pullEvents(ctx: EngineContext): Promise<void> {
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

// Asking before repeating. An entry whose outcome is unknown is looked up by its natural key; an entry that is queued
// over there is polled. Where the answer proves that the platform holds what was sent, nothing is sent again. Where it
// only proves that something is there under that key (a commission's state carries no digest), the same content is
// sent once more: writes are idempotent by key and digest, and the answer is then definite.
import type { PlatformAnswer } from '../port.ts';
import type { EntryChange, OutboxEntry } from '../sync-store.ts';
import { receiveCode } from './codes.ts';
import { attemptRow, call, type EngineContext } from './context.ts';
import { accepted, afterCommissionState, backToPending, queued, stillUnknown } from './outcomes.ts';
import { changesFromReceipts } from './receipts.ts';
import { changesFromReportState, sendSingle } from './send.ts';

/** An answer that nobody can read does not get clearer by asking again: after this many, the write is repeated. */
const ASK_AT_MOST = 3;

function unanswered(
  ctx: EngineContext,
  entry: OutboxEntry,
  answer: PlatformAnswer<unknown> & { outcome: 'failed' },
): EntryChange {
  const { failure } = answer;
  if (entry.state === 'queued' && failure.class !== 'rejected')
    return queued(ctx, entry, { ...failure, class: 'later' });
  const unreadable = failure.class === 'rejected' || failure.code === 'ANSWER_NOT_IN_CONTRACT';
  if (unreadable && entry.attempts >= ASK_AT_MOST) {
    const waiting = stillUnknown(ctx, entry, failure);
    return { ...waiting, state: 'pending', batchId: null };
  }
  return stillUnknown(ctx, entry, failure);
}

async function askBatch(ctx: EngineContext, entries: OutboxEntry[], batchId: string): Promise<void> {
  const subject = { entryIds: entries.map((entry) => entry.entryId), batchId };
  const answer = await call(ctx, (o) => ctx.port.getBatch(batchId, o), subject);
  const attempt = attemptRow(answer, subject);
  const record = (changes: EntryChange[]): void => ctx.store.recordOutcome({ attempt, changes });
  if (answer.outcome === 'failed') record(entries.map((entry) => unanswered(ctx, entry, answer)));
  else if (answer.value === null || answer.value.batchId !== batchId) record(entries.map(backToPending));
  else record(changesFromReceipts(ctx, entries, answer.value, 'pending'));
}

async function askOne(ctx: EngineContext, entry: OutboxEntry): Promise<void> {
  const subject = { entryIds: [entry.entryId], batchId: entry.batchId };
  const finish = <T>(answer: PlatformAnswer<T>, onOk: (value: T) => EntryChange[]): void => {
    const changes = answer.outcome === 'ok' ? onOk(answer.value) : [unanswered(ctx, entry, answer)];
    ctx.store.recordOutcome({ attempt: attemptRow(answer, subject), changes });
  };
  switch (entry.kind) {
    case 'commission': {
      const answer = await call(ctx, (o) => ctx.port.getCommission(entry.key, o), subject);
      finish(answer, (state) => {
        if (state !== null) afterCommissionState(ctx, entry, state);
        return [backToPending(entry)];
      });
      return;
    }
    case 'media': {
      const answer = await call(ctx, (o) => ctx.port.hasMedia(entry.mediaSha256 ?? '', o), subject);
      finish(answer, (present) => [present ? accepted(ctx, entry) : backToPending(entry)]);
      return;
    }
    case 'report': {
      const answer = await call(ctx, (o) => ctx.port.getReport(entry.key, entry.revision, o), subject);
      finish(answer, (state) => {
        if (state === null) return [backToPending(entry)];
        // A state that follows a queued submission, or that carries our digest, is about our content for certain.
        const ours = entry.state === 'queued' || state.code?.digest === entry.digest;
        return ours ? changesFromReportState(ctx, entry, state) : [backToPending(entry)];
      });
      return;
    }
    case 'code': {
      // Queued means refused as not ready or being issued: asking for it again is the poll.
      if (entry.state === 'queued') {
        await sendSingle(ctx, entry);
        return;
      }
      const answer = await call(ctx, (o) => ctx.port.getReport(entry.key, entry.revision, o), subject);
      if (answer.outcome === 'ok' && answer.value?.code !== undefined) {
        receiveCode(ctx, entry, answer.value.code, attemptRow(answer, subject));
      } else finish(answer, () => [backToPending(entry)]);
      return;
    }
    case 'report-file': {
      const answer = await call(ctx, (o) => ctx.port.getReport(entry.key, entry.revision, o), subject);
      const code = answer.outcome === 'ok' ? answer.value?.code : undefined;
      if (answer.outcome !== 'ok' || answer.value?.state !== 'filed' || code === undefined) {
        finish(answer, () => [backToPending(entry)]);
        return;
      }
      ctx.store.recordOutcome({ attempt: attemptRow(answer, subject), changes: [] });
      const check = await call(ctx, (o) => ctx.port.verify(code.code, o), subject);
      finish(check, (verification) => [
        verification?.fileSha256 === entry.mediaSha256 ? accepted(ctx, entry) : backToPending(entry),
      ]);
      return;
    }
    case 'void': {
      const answer = await call(ctx, (o) => ctx.port.getReport(entry.key, entry.revision, o), subject);
      finish(answer, (state) => [state?.state === 'void' ? accepted(ctx, entry) : backToPending(entry)]);
      return;
    }
    // Nothing on the platform tells whether these arrived but sending them again: idempotent by their natural keys.
    case 'change-order':
    case 'registration':
      await sendSingle(ctx, entry);
      return;
    default:
      // Never travelled in a batch, so nothing can have arrived.
      ctx.store.recordOutcome({ attempt: null, changes: [backToPending(entry)] });
  }
}

export async function ask(ctx: EngineContext, entries: OutboxEntry[], batchId: string | null): Promise<void> {
  if (batchId !== null) await askBatch(ctx, entries, batchId);
  else for (const entry of entries) await askOne(ctx, entry);
}

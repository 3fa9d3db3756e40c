// Sending: the entry is checked against its own digest, marked `sending` on disk, sent once, and its outcome put on
// disk together with the ledger row of the exchange. If the process dies in between, the mark is what is found.
import { ulid } from 'ulid';
import { digestOf, sha256Hex } from '../../wire/digest.ts';
import type {
  PlatformAnswer,
  PlatformFailure,
  RegistrationKind,
  RegistrationState,
  ReportState,
  VoidRequest,
} from '../port.ts';
import type { EntryChange, EntryKind, OutboxEntry } from '../sync-store.ts';
import { canCarry, NOT_CARRIED, notCarriedSentence } from '../not-carried.ts';
import { unreachable } from '../unreachable.ts';
import { receiveCode } from './codes.ts';
import { attemptRow, call, type EngineContext } from './context.ts';
import { accepted, afterCommissionState, afterFailure, parked, queued, refused } from './outcomes.ts';
import { changesFromReceipts } from './receipts.ts';

/** What was signed is what is sent: a payload or a file that no longer has its digest is not sent at all. */
function localFault(entry: OutboxEntry, bytes: Uint8Array | null): EntryChange | null {
  if (entry.kind === 'code') return null;
  if (entry.kind === 'media' || entry.kind === 'report-file') {
    if (bytes === null) return parked(entry, 'LOCAL_FILE_MISSING', '本机找不到要上传的文件。');
    if (sha256Hex(bytes) !== entry.mediaSha256)
      return parked(entry, 'LOCAL_FILE_CHANGED', '本机文件的内容与登记的摘要不符，未上传。');
    return null;
  }
  if (entry.payload === null) return parked(entry, 'LOCAL_PAYLOAD_MISSING', '本机找不到要上传的内容。');
  if (digestOf(entry.payload) !== entry.digest) {
    return parked(entry, 'LOCAL_DIGEST_MISMATCH', '要上传的内容与登记的摘要不符，未上传。');
  }
  return null;
}

function bytesFor(ctx: EngineContext, entry: OutboxEntry): Uint8Array | null {
  return entry.mediaSha256 === null ? null : ctx.store.readBytes(entry.mediaSha256);
}

/** What a report's state means for the entry that submitted it. */
export function changesFromReportState(ctx: EngineContext, entry: OutboxEntry, state: ReportState): EntryChange[] {
  switch (state.state) {
    case 'submitted':
      return [queued(ctx, entry)];
    case 'accepted':
    case 'coded':
    case 'filed':
    case 'replaced':
      return [accepted(ctx, entry)];
    case 'rejected': {
      const failure = state.failure ?? { class: 'rejected' as const, code: 'REJECTED', message: '', sent: true };
      return afterFailure(ctx, entry, failure, true);
    }
    case 'void':
      return [parked(entry, 'REPORT_VOID', '平台上该报告已作废。')];
    default:
      return unreachable(state.state);
  }
}

/** Approved, refused, or not decided yet: then it is asked again by sending the same entry. */
function changeFromRegistration(ctx: EngineContext, entry: OutboxEntry, answer: RegistrationState): EntryChange {
  switch (answer.state) {
    case 'approved':
      return accepted(ctx, entry);
    case 'pending': {
      const message = answer.reason ?? '平台尚未审批。';
      return queued(ctx, entry, { class: 'later', code: 'PENDING_APPROVAL', message, sent: true });
    }
    case 'rejected': {
      const message = answer.reason ?? '平台没有写明理由。';
      return refused(entry, { class: 'rejected', code: 'REGISTRATION_REJECTED', message, sent: true });
    }
    default:
      return unreachable(answer.state);
  }
}

const ABOUT_A_REPORT = new Set<EntryKind>(['change-order', 'report', 'code', 'report-file', 'void']);

/**
 * `VOIDED` said about a report may mean the report alone. The commission is frozen only when the platform says so of
 * the commission itself; otherwise only this entry stops.
 */
async function onlyTheReport(ctx: EngineContext, entry: OutboxEntry, failure: PlatformFailure): Promise<boolean> {
  if (failure.class !== 'frozen' || entry.commissionNo === null) return false;
  const { commissionNo } = entry;
  const answer = await call(ctx, (o) => ctx.port.getCommission(commissionNo, o));
  return answer.outcome === 'ok' && answer.value?.state === 'active';
}

async function sendOne(ctx: EngineContext, entry: OutboxEntry, bytes: Uint8Array | null): Promise<void> {
  const { port } = ctx;
  const subject = { entryIds: [entry.entryId], batchId: null };
  const submission = { digest: entry.digest, payload: entry.payload ?? {} };
  const finish = async <T>(answer: PlatformAnswer<T>, onOk: (value: T) => EntryChange[]): Promise<void> => {
    if (
      answer.outcome === 'failed' &&
      ABOUT_A_REPORT.has(entry.kind) &&
      (await onlyTheReport(ctx, entry, answer.failure))
    ) {
      const change = parked(entry, answer.failure.code, answer.failure.message);
      ctx.store.recordOutcome({
        attempt: attemptRow(answer, subject),
        changes: [{ ...change, failureClass: 'frozen' }],
      });
      return;
    }
    const changes = answer.outcome === 'ok' ? onOk(answer.value) : afterFailure(ctx, entry, answer.failure, true);
    ctx.store.recordOutcome({ attempt: attemptRow(answer, subject), changes });
  };
  switch (entry.kind) {
    case 'commission': {
      const answer = await call(ctx, (o) => port.putCommission(entry.key, submission, o), subject);
      await finish(answer, (state) => {
        afterCommissionState(ctx, entry, state);
        return [accepted(ctx, entry)];
      });
      return;
    }
    case 'media': {
      const answer = await call(ctx, (o) => port.putMedia(entry.mediaSha256 ?? '', bytes!, o), subject);
      await finish(answer, () => [accepted(ctx, entry)]);
      return;
    }
    case 'report': {
      const answer = await call(ctx, (o) => port.putReport(entry.key, entry.revision, submission, o), subject);
      await finish(answer, (state) => changesFromReportState(ctx, entry, state));
      return;
    }
    case 'code': {
      const answer = await call(ctx, (o) => port.obtainCode(entry.key, entry.revision, o), subject);
      if (answer.outcome === 'ok') receiveCode(ctx, entry, answer.value, attemptRow(answer, subject));
      else await finish(answer, () => []);
      return;
    }
    case 'report-file': {
      const sha256 = entry.mediaSha256 ?? '';
      const answer = await call(ctx, (o) => port.fileReport(entry.key, entry.revision, sha256, bytes!, o), subject);
      await finish(answer, () => [accepted(ctx, entry)]);
      return;
    }
    case 'change-order': {
      const answer = await call(ctx, (o) => port.postChange(entry.key, submission, o), subject);
      await finish(answer, () => [accepted(ctx, entry)]);
      return;
    }
    case 'void': {
      const request = voidRequestOf(entry);
      const answer = await call(ctx, (o) => port.voidReport(entry.key, request, o), subject);
      await finish(answer, () => [accepted(ctx, entry)]);
      return;
    }
    case 'registration': {
      const { entryId, key, revision, digest } = entry;
      const [kind = '', ...rest] = key.split('/');
      const localId = rest.join('/');
      const sent = { entryId, kind, key: localId, revision, digest, payload: submission.payload };
      const answer = await call(ctx, (o) => port.putRegistration(kind as RegistrationKind, localId, sent, o), subject);
      if (answer.outcome === 'failed') await finish(answer, () => []);
      else {
        const changes = [changeFromRegistration(ctx, entry, answer.value)];
        ctx.store.applyRegistration(entryId, answer.value, { attempt: attemptRow(answer, subject), changes });
      }
      return;
    }
    default:
      await sendBatch(ctx, [entry]);
  }
}

function voidRequestOf(entry: OutboxEntry): VoidRequest {
  const { reason, by, at } = entry.payload ?? {};
  return { reason: String(reason), by: String(by), at: String(at) };
}

/** What this platform never takes is not tried: it is set aside with what people do instead. */
function notTaken(ctx: EngineContext, entries: readonly OutboxEntry[]): EntryChange[] {
  return entries
    .filter((entry) => !canCarry(ctx.port.capabilities, entry.kind))
    .map((entry) => parked(entry, NOT_CARRIED, notCarriedSentence(entry.kind)));
}

export async function sendSingle(ctx: EngineContext, entry: OutboxEntry): Promise<void> {
  const never = notTaken(ctx, [entry]);
  if (never.length > 0) {
    ctx.store.recordOutcome({ attempt: null, changes: never });
    return;
  }
  const bytes = bytesFor(ctx, entry);
  const fault = localFault(entry, bytes);
  if (fault !== null) {
    ctx.store.recordOutcome({ attempt: null, changes: [fault] });
    return;
  }
  ctx.store.markSending([entry.entryId], null, ctx.clock.now());
  await sendOne(ctx, { ...entry, state: 'sending', batchId: null }, bytes);
}

function halve(ctx: EngineContext, sent: number): void {
  ctx.limits.maxEntries = Math.max(1, Math.floor(Math.min(sent, ctx.limits.maxEntries) / 2));
  ctx.limits.maxBytes = Math.max(1024, Math.floor(ctx.limits.maxBytes / 2));
  ctx.log.info({ ...ctx.limits }, 'batch too large; halved');
}

export async function sendBatch(ctx: EngineContext, all: OutboxEntry[]): Promise<void> {
  const never = notTaken(ctx, all);
  const faults = [
    ...never,
    ...all
      .filter((entry) => !never.some(({ entryId }) => entryId === entry.entryId))
      .map((entry) => localFault(entry, null))
      .filter((fault) => fault !== null),
  ];
  if (faults.length > 0) ctx.store.recordOutcome({ attempt: null, changes: faults });
  const faulty = new Set(faults.map((fault) => fault.entryId));
  const batchId = ulid(ctx.clock.now());
  const entries = all
    .filter((entry) => !faulty.has(entry.entryId))
    .map((entry): OutboxEntry => ({ ...entry, state: 'sending', batchId }));
  if (entries.length === 0) return;
  const subject = { entryIds: entries.map((entry) => entry.entryId), batchId };
  ctx.store.markSending(subject.entryIds, batchId, ctx.clock.now());
  const answer = await call(
    ctx,
    (o) =>
      ctx.port.postBatch(
        batchId,
        entries.map(({ entryId, kind, key, revision, digest, payload }) => ({
          entryId,
          kind,
          key,
          revision,
          digest,
          payload: payload ?? {},
        })),
        o,
      ),
    subject,
  );
  const attempt = attemptRow(answer, subject);
  if (answer.outcome === 'failed') {
    const alone = entries.length === 1;
    if (answer.failure.tooLarge === true && !alone) halve(ctx, entries.length);
    const changes = entries.flatMap((entry) => afterFailure(ctx, entry, answer.failure, alone));
    ctx.store.recordOutcome({ attempt, changes });
    return;
  }
  if (answer.value.batchId !== batchId) {
    ctx.store.setAside({
      kind: 'receipt',
      subject: answer.value.batchId,
      reason: `发送的是批次 ${batchId}，回执却属于另一批次`,
      content: { ...answer.value },
      at: ctx.clock.now(),
    });
    const failure = {
      class: 'unknown-outcome',
      code: 'BATCH_MISMATCH',
      message: '平台答复了另一批次的回执。',
      sent: true,
    } as const;
    ctx.store.recordOutcome({ attempt, changes: entries.flatMap((entry) => afterFailure(ctx, entry, failure, true)) });
    return;
  }
  ctx.store.recordOutcome({ attempt, changes: changesFromReceipts(ctx, entries, answer.value, 'unknown') });
}

// Batches: every entry is judged by itself and the receipts are kept, so that a lab that lost the answer asks for them
// by the batch's id. A batch is one transaction; a refused entry simply writes nothing into it. What is `queued` is
// decided when somebody asks.
import { z } from 'zod';
import { digestOf, sha256Hex } from '../wire/digest.ts';
import { type BatchReceipt, entrySchema, type WireEntry, type WireReceipt } from '../wire/schemas.ts';
import { digestProblem, parseOrRefuse, type PlatformContext, problemsOf } from './context.ts';
import { entryRevisions } from './entries.ts';
import { judgeEntry, refused } from './judgement.ts';
import { PlatformError } from './platform-error.ts';
import { institutionOf } from './reference.ts';
import { isRegistrationKind } from './registrations.ts';
import { problemOf, ruleFor, useUp } from './rules.ts';
import { joinWaiting, putOffEntry, putOffRegistration, settle } from './undecided.ts';

/** Only what must be readable to answer with receipts; each entry is read by itself afterwards. */
const envelopeSchema = z.object({
  batchId: z.string().min(1).max(64),
  entries: z.array(z.looseObject({ entryId: z.string().min(1).max(64) })).min(1),
});

interface BatchRow {
  digest: string;
  receipts: string;
}

function findBatch(context: PlatformContext, orgCode: string, batchId: string): BatchRow | undefined {
  return context.db
    .prepare<[string, string], BatchRow>('SELECT digest, receipts FROM batch WHERE org_code = ? AND batch_id = ?')
    .get(orgCode, batchId);
}

function receiptsOf(row: BatchRow): WireReceipt[] {
  return JSON.parse(row.receipts) as WireReceipt[];
}

function receiptsNow(context: PlatformContext, orgCode: string, batchId: string, row: BatchRow): WireReceipt[] {
  const { receipts, changed } = settle(context, orgCode, batchId, receiptsOf(row));
  if (changed) {
    context.db
      .prepare('UPDATE batch SET receipts = ? WHERE org_code = ? AND batch_id = ?')
      .run(JSON.stringify(receipts), orgCode, batchId);
  }
  return receipts;
}

/** Inside the caller's transaction: a question may be what a queued entry waited for. */
export function getBatch(context: PlatformContext, orgCode: string, batchId: string): BatchReceipt {
  const row = findBatch(context, orgCode, batchId);
  if (row === undefined) throw new PlatformError('NOT_FOUND', `没有批次 ${batchId}`);
  return { batchId, receipts: receiptsNow(context, orgCode, batchId, row) };
}

/** An entry that cannot be written as canonical JSON is refused by itself; it must not take the batch with it. */
function batchDigest(entries: readonly unknown[]): string {
  try {
    return digestOf(entries);
  } catch {
    return sha256Hex(JSON.stringify(entries));
  }
}

/** The item an entry is about, as far as its payload says so; the payload has not been read by a schema here. */
function itemCodesOf(entry: WireEntry): string[] {
  const itemCode = entry.payload['itemCode'];
  return typeof itemCode === 'string' ? [itemCode] : [];
}

function isNew(context: PlatformContext, orgCode: string, entry: WireEntry): boolean {
  return !entryRevisions(context, orgCode, entry.kind, entry.key).some((row) => row.revision === entry.revision);
}

/** Rules look at new content that is what it claims to be; registrations meet them where they are registered. */
function takeIn(context: PlatformContext, orgCode: string, batchId: string, entry: WireEntry): WireReceipt {
  if (isRegistrationKind(entry.kind)) {
    const receipt = judgeEntry(context, orgCode, entry);
    return receipt.state === 'queued' ? putOffRegistration(context, orgCode, batchId, entry) : receipt;
  }
  if (digestProblem(entry.digest, entry.payload) !== undefined || !isNew(context, orgCode, entry)) {
    return judgeEntry(context, orgCode, entry);
  }
  const waiting = joinWaiting(context, orgCode, batchId, entry);
  if (waiting !== undefined) return waiting;
  const rule = ruleFor(context, { kind: entry.kind, key: entry.key, itemCodes: itemCodesOf(entry) });
  if (rule === undefined) return judgeEntry(context, orgCode, entry);
  useUp(context, rule.id);
  if (rule.verdict !== 'refuse') return putOffEntry(context, orgCode, batchId, entry, rule);
  return refused(entry.entryId, [problemOf(rule)]);
}

function judge(context: PlatformContext, orgCode: string, batchId: string, raw: { entryId: string }): WireReceipt {
  const entry = entrySchema.safeParse(raw);
  if (entry.success) return takeIn(context, orgCode, batchId, entry.data);
  const errors = problemsOf(entry.error).map(({ code, field, message }) => ({
    code,
    message,
    ...(field === undefined ? {} : { field }),
  }));
  return { entryId: raw.entryId, state: 'rejected', errors };
}

/** Inside the caller's transaction. The same batch again answers as the first time, with what was decided since. */
export function postBatch(context: PlatformContext, orgCode: string, body: unknown): BatchReceipt {
  const { batchId, entries } = parseOrRefuse(envelopeSchema, body);
  const limit = institutionOf(context.db, orgCode).limits.maxBatchEntries;
  if (limit !== undefined && entries.length > limit) {
    throw new PlatformError('TOO_LARGE', `一批最多 ${limit} 条，收到 ${entries.length} 条`);
  }
  const digest = batchDigest(entries);
  const known = findBatch(context, orgCode, batchId);
  if (known !== undefined) {
    if (known.digest !== digest) throw new PlatformError('CONFLICT_CONTENT', `批次 ${batchId} 已以不同内容上传`);
    return { batchId, receipts: receiptsNow(context, orgCode, batchId, known) };
  }
  const receipts = entries.map((entry) => judge(context, orgCode, batchId, entry));
  context.db
    .prepare('INSERT INTO batch (org_code, batch_id, digest, receipts, received_at) VALUES (?, ?, ?, ?, ?)')
    .run(orgCode, batchId, digest, JSON.stringify(receipts), context.now());
  return { batchId, receipts };
}

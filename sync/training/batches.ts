// Batches: every entry is judged by itself and the receipts are kept, so that a lab that lost the answer asks for them
// by the batch's id. A batch is one transaction; a refused entry simply writes nothing into it.
import { z } from 'zod';
import { digestOf, sha256Hex } from '../wire/digest.ts';
import { type BatchReceipt, entrySchema, type WireReceipt } from '../wire/schemas.ts';
import { parseOrRefuse, type PlatformContext, problemsOf } from './context.ts';
import { judgeEntry } from './judgement.ts';
import { PlatformError } from './platform-error.ts';
import { institutionOf } from './reference.ts';

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

export function getBatch(context: PlatformContext, orgCode: string, batchId: string): BatchReceipt {
  const row = findBatch(context, orgCode, batchId);
  if (row === undefined) throw new PlatformError('NOT_FOUND', `没有批次 ${batchId}`);
  return { batchId, receipts: receiptsOf(row) };
}

/** An entry that cannot be written as canonical JSON is refused by itself; it must not take the batch with it. */
function batchDigest(entries: readonly unknown[]): string {
  try {
    return digestOf(entries);
  } catch {
    return sha256Hex(JSON.stringify(entries));
  }
}

function judge(context: PlatformContext, orgCode: string, raw: { entryId: string }): WireReceipt {
  const entry = entrySchema.safeParse(raw);
  if (entry.success) return judgeEntry(context, orgCode, entry.data);
  const errors = problemsOf(entry.error).map(({ code, field, message }) => ({
    code,
    message,
    ...(field === undefined ? {} : { field }),
  }));
  return { entryId: raw.entryId, state: 'rejected', errors };
}

/** Inside the caller's transaction. The same batch again answers as the first time. */
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
    return { batchId, receipts: receiptsOf(known) };
  }
  const receipts = entries.map((entry) => judge(context, orgCode, entry));
  context.db
    .prepare('INSERT INTO batch (org_code, batch_id, digest, receipts, received_at) VALUES (?, ?, ?, ?, ?)')
    .run(orgCode, batchId, digest, JSON.stringify(receipts), context.now());
  return { batchId, receipts };
}

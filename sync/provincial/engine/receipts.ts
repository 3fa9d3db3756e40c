// Reading a batch's receipts. Only what was sent in this batch is touched; a receipt for anything else is kept aside
// and never applied. Two receipts that contradict each other say nothing: the entry stays unknown.
import type { BatchReceipt, EntryReceipt } from '../port.ts';
import type { EntryChange, OutboxEntry } from '../sync-store.ts';
import type { EngineContext } from './context.ts';
import { accepted, afterFailure, backToPending, queued, stillUnknown } from './outcomes.ts';

function setAside(ctx: EngineContext, receipt: BatchReceipt, one: EntryReceipt): void {
  ctx.store.setAside({
    kind: 'receipt',
    subject: one.entryId,
    reason: `批次 ${receipt.batchId} 的回执中有未随该批次发送的条目`,
    content: { batchId: receipt.batchId, receipt: one },
    at: ctx.clock.now(),
  });
  ctx.log.warn({ batchId: receipt.batchId, entryId: one.entryId }, 'receipt for an entry not sent; set aside');
}

/** Changes for `asked`, the entries of this batch that wait for an answer. `missing`: what no receipt at all means. */
export function changesFromReceipts(
  ctx: EngineContext,
  asked: OutboxEntry[],
  receipt: BatchReceipt,
  missing: 'unknown' | 'pending',
): EntryChange[] {
  const waiting = new Map(asked.map((entry) => [entry.entryId, entry]));
  const received = new Map<string, EntryReceipt | 'contradictory'>();
  for (const one of receipt.receipts) {
    if (!waiting.has(one.entryId)) {
      // Answered earlier, in this very batch: nothing new. Anything else was never part of it.
      if (ctx.store.entry(one.entryId)?.batchId !== receipt.batchId) setAside(ctx, receipt, one);
      continue;
    }
    const before = received.get(one.entryId);
    const differs = before !== undefined && (before === 'contradictory' || before.state !== one.state);
    received.set(one.entryId, differs ? 'contradictory' : one);
  }
  const changes = new Map<string, EntryChange>();
  const put = (list: EntryChange[]): void => {
    for (const one of list) if (!changes.has(one.entryId)) changes.set(one.entryId, one);
  };
  for (const entry of asked) {
    const one = received.get(entry.entryId);
    if (one === undefined && missing === 'pending') put([backToPending(entry)]);
    else if (one === undefined || one === 'contradictory') {
      const message = one === undefined ? '回执中没有这个条目。' : '回执对这个条目有两种互相矛盾的说法。';
      put([stillUnknown(ctx, entry, { class: 'unknown-outcome', code: 'NO_RECEIPT', message, sent: true })]);
    } else if (one.state === 'rejected') put(afterFailure(ctx, entry, one.failure, true));
    else if (one.state === 'queued') put([queued(ctx, entry)]);
    else put([accepted(ctx, entry)]);
  }
  return [...changes.values()];
}

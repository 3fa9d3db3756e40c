// One password for many signatures, each of which is a signature of its own: own transaction, own question to the gate,
// own time and digest. What is refused is told and does not stop the rest; an end of the program leaves no half of one.
import type { BatchResult } from '../../../shared/review/calls.ts';
import type { Caller, Context } from '../context.ts';
import { refuseWrongClock } from '../clock/refuse.ts';
import { toErrorInfo } from '../dispatch.ts';
import { GateRefused, keepRefusal } from '../gate/decisions.ts';

/** `sign` throws what stands against this one. */
export async function signEach<T extends { key: string }>(
  context: Context,
  caller: Caller,
  items: readonly T[],
  sign: (item: T, place: number) => Promise<void>,
): Promise<BatchResult[]> {
  const results: BatchResult[] = [];
  const { personId } = caller.user;
  const total = items.length;
  let told = 0;
  for (const [index, item] of items.entries()) {
    const { key } = item;
    try {
      await refuseWrongClock(context);
      await sign(item, index + 1);
      results.push({ key, outcome: 'signed', error: null });
    } catch (cause) {
      if (cause instanceof GateRefused) keepRefusal(context, caller.actor, cause);
      const error = toErrorInfo(cause, 'batch', context.log);
      results.push({ key, outcome: error.code === 'CONTENT_CHANGED' ? 'changed' : 'refused', error });
    }
    // At most four in a second: the screen needs no more.
    if (Date.now() - told >= 250) {
      told = Date.now();
      context.emit({ type: 'review.progress', personId, progress: { done: index + 1, total } });
    }
    // Benches and other windows go on in between.
    await new Promise((resolve) => setImmediate(resolve));
  }
  context.emit({ type: 'review.progress', personId, progress: null });
  return results;
}

/** What the audit chain says beside a signature of a batch. */
export const batchWords = (meaning: string, place: number, count: number, agreedAt: string): string =>
  `批量${meaning}签名：一次输入密码签 ${count} 份，本份为第 ${place} 份，${agreedAt.slice(0, 19).replace('T', ' ')} 已阅同意`;

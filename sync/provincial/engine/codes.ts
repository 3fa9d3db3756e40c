// The gate a supervision code must pass before it is bound to a report. A code on the wrong report is worse than no
// code: it must name the report revision and the digest that were sent, be visible ASCII, and be the only one this
// revision ever gets. Anything else is kept aside for people and nothing is overwritten.
import type { ReportCode } from '../port.ts';
import type { AttemptRow, OutboxEntry } from '../sync-store.ts';
import type { EngineContext } from './context.ts';
import { accepted, parked } from './outcomes.ts';

const VISIBLE_ASCII = /^[\x21-\x7e]{1,64}$/;
const MAX_URL = 2048;

/** Why a code may not be bound to this entry's report; `null` when it may. */
export function codeFault(entry: OutboxEntry, code: ReportCode, reportDigest: string | null): string | null {
  if (!VISIBLE_ASCII.test(code.code)) return '标识码不是 1 至 64 个可见 ASCII 字符';
  if (code.reportNo !== entry.key) return `标识码属于另一份报告 ${code.reportNo}`;
  if (code.revision !== entry.revision) return `标识码属于第 ${code.revision} 版，而不是第 ${entry.revision} 版`;
  if (code.digest !== entry.digest) return '标识码所绑定的摘要与所申请的报告内容不一致';
  if (reportDigest !== null && code.digest !== reportDigest) return '标识码所绑定的摘要与已上传的报告内容不一致';
  if (code.verifyUrl.length > MAX_URL || !/^https?:\/\/[\x21-\x7e]+$/.test(code.verifyUrl)) return '查验网址无法使用';
  return null;
}

function reportDigestOf(ctx: EngineContext, entry: OutboxEntry): string | null {
  if (entry.commissionNo === null) return null;
  const reports = ctx.store
    .entriesOf(entry.commissionNo)
    .filter((other) => other.kind === 'report' && other.key === entry.key && other.revision === entry.revision)
    .filter((other) => other.state === 'accepted');
  return reports.at(-1)?.digest ?? null;
}

/** Binds the code, or sets it aside and parks the entry. */
export function receiveCode(ctx: EngineContext, entry: OutboxEntry, code: ReportCode, attempt: AttemptRow): void {
  const fault = codeFault(entry, code, reportDigestOf(ctx, entry));
  if (fault === null) {
    const result = ctx.store.applyCode(entry.entryId, code, { attempt, changes: [accepted(ctx, entry)] });
    if (result !== 'conflict') return;
  }
  const reason = fault ?? '该报告版本已绑定另一个标识码';
  ctx.store.setAside({
    kind: 'code',
    subject: `${entry.key}/${entry.revision}`,
    reason,
    content: { ...code },
    at: ctx.clock.now(),
  });
  ctx.log.warn({ reportNo: entry.key, revision: entry.revision, reason }, 'code not accepted; set aside');
  const change = parked(
    entry,
    fault === null ? 'CODE_CONFLICT' : 'CODE_MISMATCH',
    `${reason}。收到的标识码已另行保存，未使用。`,
  );
  ctx.store.recordOutcome({ attempt, changes: [change] });
}

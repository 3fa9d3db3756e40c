// Against the one witness that nobody in the lab can edit: the platform holds what every report was sent with, and with it
// the head of the audit chain as of the approval. A chain that was made anew, down to outbox and signatures, still
// differs from what the platform was told.
import type { PlatformAnswer, ReportState } from '../../../sync/provincial/port.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { Store } from '../../store/store.ts';
import { reportHeads, sayReport, type ReportHead } from './heads.ts';

export interface WitnessCheck {
  ok: boolean;
  /** Reports the platform was asked about. */
  asked: number;
  /** Heads that the platform confirmed. */
  witnessed: number;
  /** Reports that have no code yet: the platform does not say what it was sent. */
  unanswered: number;
  /** Up to this entry the history is as it was told to the platform; null where nothing is confirmed yet. */
  upToSeq: number | null;
  /** Entries written since, which no report has carried yet. */
  since: number;
  firstFault: string | null;
}

export type AskReport = (reportNo: string, revision: number) => Promise<PlatformAnswer<ReportState | null> | null>;

export async function verifyAgainstPlatform(
  store: Pick<Store, 'all' | 'first'>,
  ask: AskReport,
  { onProgress, signal }: { onProgress?: (done: number, total: number) => void; signal?: AbortSignal } = {},
): Promise<WitnessCheck> {
  const heads = reportHeads(store);
  const last = Number(store.first('SELECT max(seq) AS seq FROM audit')?.['seq'] ?? 0);
  const check: WitnessCheck = {
    ok: true,
    asked: 0,
    witnessed: 0,
    unanswered: 0,
    upToSeq: null,
    since: last,
    firstFault: null,
  };
  const fault = (firstFault: string): WitnessCheck => ({ ...check, ok: false, firstFault });
  for (const [index, head] of heads.entries()) {
    signal?.throwIfAborted();
    onProgress?.(index, heads.length);
    const state = await stateOf(ask, head);
    check.asked += 1;
    const wrong = faultOf(head, state);
    if (wrong !== null) return fault(wrong);
    if (state?.code === undefined) {
      check.unanswered += 1;
      continue;
    }
    check.witnessed += 1;
    check.upToSeq = Math.max(check.upToSeq ?? 0, head.seq ?? 0);
  }
  check.since = last - (check.upToSeq ?? 0);
  return check;
}

/** What the platform's answer proves wrong of what lies here; null when it fits. */
function faultOf(head: ReportHead, state: ReportState | null): string | null {
  if (state === null)
    return head.accepted
      ? `平台没有${sayReport(head)}，而本机记着平台已经接收：连接的不是原来的平台，或一方的数据被改动过。`
      : null;
  if (state.code !== undefined && state.code.digest !== head.digest)
    return `${sayReport(head)} 与平台见证的内容不一致（本机 ${head.digest.slice(0, 16)}，平台 ${state.code.digest.slice(0, 16)}）：批准之后本机的数据和审计链被改写过。`;
  if (head.seq === null)
    return `平台见证的审计链头 ${head.head.slice(0, 16)}（${sayReport(head)}）已不在本机的审计链里：历史被整体重写过。`;
  return null;
}

async function stateOf(ask: AskReport, head: ReportHead): Promise<ReportState | null> {
  const answer = await ask(head.reportNo, head.revision);
  if (answer === null) {
    throw new AppError({
      code: 'PLATFORM_NOT_SET',
      message: '还没有设置监管平台的地址和密钥。',
      meaning: '没有见证可以核对，什么也没有改动。',
      next: '请系统管理员在“设置”里填写平台连接。',
    });
  }
  if (answer.outcome === 'ok') return answer.value;
  throw new AppError({
    code: 'PLATFORM_UNREACHABLE',
    message: `平台没有回答${sayReport(head)} 的情况：${answer.failure.code} ${answer.failure.message}`,
    meaning: '与平台的核对没有做完，结果还不知道；什么也没有改动。',
    next: '请稍后再试。',
  });
}

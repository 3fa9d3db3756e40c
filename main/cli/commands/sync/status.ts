// jiantai sync status: how the queue stands, without talking to anybody.
import type { SyncOverview } from '../../../../shared/sync/calls.ts';
import { syncOverview } from '../../../core/provincial/ledger/overview.ts';
import { write } from '../lines.ts';
import { exitOfQueue } from './exit.ts';
import { openLedger, type SyncOptions } from './options.ts';

const words = ['complete', 'attention', '', 'unreachable', 'waiting'] as const;

/** The shape that `status` and `push` print with `--json`. */
export function queueFacts(
  folder: string,
  overview: Omit<SyncOverview, 'progress' | 'engine' | 'pausedUntil' | 'pausedBy' | 'lastFailure'>,
) {
  const { counts, setAside, platformUrl, halt, nextAt, lastAnswerAt, clockOffsetMs, frozen } = overview;
  const state = words[exitOfQueue(overview)] ?? 'waiting';
  return {
    dataFolder: folder,
    platformUrl,
    state,
    counts,
    setAside,
    halt,
    nextAt,
    lastAnswerAt,
    clockOffsetMs,
    frozen,
  };
}
export type QueueFacts = ReturnType<typeof queueFacts>;

export function saidOf(facts: QueueFacts): string {
  const { counts: c, halt } = facts;
  return [
    `数据文件夹 ${facts.dataFolder}`,
    `监管平台 ${facts.platformUrl || '（没有设置）'}，最后应答 ${facts.lastAnswerAt ?? '—'}`,
    `等待 ${c.waiting}，冻结 ${c.frozen}，平台退回 ${c.rejected}，程序搁置 ${c.parked}，人工搁置 ${c.aside}，办结 ${c.closed}，已接收 ${c.accepted}`,
    ...(facts.setAside > 0 ? [`未采用的平台答复 ${facts.setAside}`] : []),
    ...(facts.clockOffsetMs === null ? [] : [`平台时钟与本机相差 ${facts.clockOffsetMs} ms`]),
    ...(facts.nextAt === null ? [] : [`下次尝试 ${facts.nextAt}`]),
    ...(halt === null ? [] : [`上传已停止：${halt.code} ${halt.message}`, `下一步：${halt.next}`]),
    ...facts.frozen.map(
      (one) => `委托 ${one.commissionNo} ${one.state === 'locked' ? '被锁定' : '已作废'}：${one.reason ?? ''}`,
    ),
  ].join('\n');
}

export function syncStatus(options: SyncOptions): number {
  const { folder, store } = openLedger(options);
  try {
    const overview = syncOverview(store, null, Date.now());
    const facts = queueFacts(folder, overview);
    if (options.json) write(facts);
    else process.stdout.write(`${saidOf(facts)}\n`);
    return exitOfQueue(overview);
  } finally {
    store.close();
  }
}

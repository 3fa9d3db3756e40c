// jiantai sync push: sends what waits until nothing can go now, or the time given is over. A stop for refused access is
// tried once more, as when a person presses the key.
import { setTimeout as sleep } from 'node:timers/promises';
import { resolve } from 'node:path';
import type { ProvincialEngine } from '../../../../sync/provincial/engine.ts';
import { syncOverview } from '../../../core/provincial/ledger/overview.ts';
import type { SyncSession } from '../../../core/provincial/session.ts';
import { toWallTime } from '../../../../shared/entities/scalars.ts';
import { write } from '../lines.ts';
import { exitOfQueue, exits } from './exit.ts';
import { platformNotSet, withSession, type SyncOptions } from './options.ts';
import { queueFacts, saidOf } from './status.ts';

/** Not worth a longer wait at a time: something else may come due. */
const longestWaitMs = 5_000;

async function send(engine: ProvincialEngine, session: SyncSession, until: number): Promise<void> {
  await engine.measureClock();
  await engine.pullEvents();
  await engine.pushNow();
  for (;;) {
    // A code that came in is a coded report to be filed.
    await session.issuer.sweep();
    const report = await engine.runOnce();
    if (report.halt !== null || report.pausedUntil !== null) return;
    if (report.actions > 0 || report.more) continue;
    const now = Date.now();
    if (report.nextAt === null || report.nextAt > until) return;
    await sleep(Math.min(longestWaitMs, Math.max(50, report.nextAt - now)));
  }
}

export function syncPush(options: SyncOptions): Promise<number> {
  return withSession(options, async (session) => {
    const { context, link } = session;
    const startedAt = Date.now();
    const before = syncOverview(context.store, null, startedAt);
    const standing = await link.once(async (engine) => {
      await send(engine, session, startedAt + options.seconds * 1_000);
      return link.standing();
    });
    if (standing === null) throw platformNotSet();
    const overview = syncOverview(context.store, standing, Date.now());
    const { lastFailure, lastAnswerAt } = standing.status;
    const lost = lastFailure !== null && (lastAnswerAt === null || lastFailure.at > lastAnswerAt);
    const failure = lost ? { ...lastFailure, at: toWallTime(lastFailure.at) } : null;
    const facts = {
      ...queueFacts(resolve(options.data), overview),
      sent: overview.counts.accepted - before.counts.accepted,
      seconds: Math.round((Date.now() - startedAt) / 1_000),
      failure,
    };
    if (failure !== null) facts.state = 'unreachable';
    if (options.json) write(facts);
    else {
      const words = failure === null ? '' : `\n连不上监管平台：${failure.code} ${failure.message}`;
      process.stdout.write(`本次接收 ${facts.sent} 条，用时 ${facts.seconds} 秒\n${saidOf(facts)}${words}\n`);
    }
    return failure === null ? exitOfQueue(overview) : exits.unreachable;
  });
}

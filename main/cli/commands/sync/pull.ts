// jiantai sync pull: institution, reference data and the supervisor's events, now.
import { resolve } from 'node:path';
import { referenceKindNames } from '../../../../shared/entities/reference.ts';
import { referenceState } from '../../../core/provincial/referenceState.ts';
import { write } from '../lines.ts';
import { exits } from './exit.ts';
import { platformNotSet, withSession, type SyncOptions } from './options.ts';

export function syncPull(options: SyncOptions): Promise<number> {
  return withSession(options, async ({ context, link }) => {
    const report = await link.once(async (engine) => {
      await engine.measureClock();
      const pulled = await engine.pullReference();
      await engine.pullEvents();
      return pulled;
    });
    if (report === null) throw platformNotSet();
    const state = referenceState(context.store);
    const facts = {
      dataFolder: resolve(options.data),
      ok: report.ok && report.held.length === 0,
      pages: report.pages,
      rows: report.rows,
      held: report.held,
      failure: report.failure,
      failures: report.failures,
      snapshot: state?.version ?? null,
      fetchedAt: state?.fetchedAt ?? null,
    };
    if (options.json) write(facts);
    else {
      const lines = [`取回基础数据 ${facts.rows} 行（${facts.pages} 页），版本 ${facts.snapshot ?? '—'}`];
      if (report.held.length > 0)
        lines.push(`暂缓采用：${report.held.join('、')}，请有权限的人在检台里查看后决定（Alt+K）。`);
      for (const { kind, code, message } of report.failures)
        lines.push(`没有取全 ${referenceKindNames[kind]}：${code} ${message}`);
      if (report.failure !== null && report.failures.length === 0)
        lines.push(`没有取全 机构资质：${report.failure.code} ${report.failure.message}`);
      process.stdout.write(`${lines.join('\n')}\n`);
    }
    if (report.failure !== null) return exits.unreachable;
    return report.held.length > 0 ? exits.attention : exits.done;
  });
}

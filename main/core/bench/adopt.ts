// After a crash: run files that no record knows yet are read back and saved as what they are, sealed or interrupted.
// Nothing is repaired; a file that held no load is left where it is.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditActor } from '../../store/audit.ts';
import { readRunFile, recomputeRun } from '../../instruments/run/run-file.ts';
import { programActor, type Context } from '../context.ts';
import { saveRun } from './saveRun.ts';

export async function adoptRunFiles(context: Context): Promise<string[]> {
  const { store } = context;
  const known = new Set(store.all('SELECT runId FROM run').map((row) => String(row['runId'])));
  const adopted: string[] = [];
  const names = (await readdir(context.files.runsFolder)).filter((name) => name.endsWith('.run')).sort();
  for (const name of names) {
    const runId = name.slice(0, -'.run'.length);
    if (known.has(runId)) continue;
    const path = join(context.files.runsFolder, name);
    const file = await readRunFile(path);
    if (file.state === 'damaged') {
      context.log('error', 'damaged run file', { runId, fault: file.fault?.message });
      continue;
    }
    if (file.state === 'armed') continue;
    const summary = await recomputeRun(path);
    if (summary.sampleCount === 0) continue;
    const record = store.get('testRecord', summary.context.recordNo);
    if (!record) {
      context.log('warn', 'run file without a record', { runId });
      continue;
    }
    const who: AuditActor = {
      actor: String(summary.context['operatorActor'] ?? programActor('恢复').actor),
      workstation: String(summary.context['workstation'] ?? 'core'),
    };
    adopted.push(store.transact(who, (tx) => saveRun(tx, context.files.runsFolder, summary)));
  }
  return adopted;
}

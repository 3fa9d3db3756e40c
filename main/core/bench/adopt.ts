// After a crash: run files that no record knows yet are read back and saved as what they are, sealed or interrupted.
// Nothing is repaired; a file that held no load is left where it is.
import { open, readFile, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditActor } from '../../store/audit.ts';
import { parseRunFile, recomputeRun } from '../../instruments/run/run-file.ts';
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
    const bytes = await readFile(path);
    const file = parseRunFile(path, bytes);
    if (file.state === 'damaged') {
      context.log('error', 'damaged run file', { runId, fault: file.fault?.message });
      continue;
    }
    if (file.state === 'armed') continue;
    if (file.state === 'interrupted' && !(await takeOver(context, path, bytes))) continue;
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

/**
 * A port process that hung in a driver while its core died still has the file open, and ends its run there as soon as it
 * comes to itself. What is adopted is therefore put under the same name as a file of its own: the late bytes reach only
 * the old one, which has no name any more. Where the system refuses to replace an open file, it is left for next time.
 */
async function takeOver(context: Context, path: string, bytes: Uint8Array): Promise<boolean> {
  const own = `${path}.adopted`;
  try {
    const handle = await open(own, 'w');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(own, path);
  } catch (cause) {
    context.log('warn', 'run file still held by another process', { path, cause: String(cause) });
    return false;
  }
  if (process.platform === 'win32') return true;
  const folder = await open(context.files.runsFolder, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
  return true;
}

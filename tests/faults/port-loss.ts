// The line to the machine fails in the middle of a run: the cable comes out, or the port process dies. The run is marked,
// its bytes stay, the specimen is pressed again, and the job comes to its end without a restart of the core.
import { join } from 'node:path';
import { readRunFile, verifyRunFile } from '../../main/instruments/run/run-file.ts';
import { openReadOnly } from '../../main/store/readOnly.ts';
import { portProcessesOf } from './bed/children.ts';
import type { FaultLab } from './bed/lab.ts';
import { sleep } from './bed/random.ts';

export type Loss = 'cable' | 'port process';

export interface LossResult {
  runNo: string;
  validity: string;
  reason: string;
  /** Bytes of the machine that the run file holds. */
  bytes: number;
  intact: boolean;
  /** Greatest load that a window showed of it, and what the run kept, kN. */
  shownKn: number;
  keptKn: number;
  /** Number of the run that counts for the same specimen. */
  repeatedBy: string;
}

/** Load above which a run is certainly under way, kN. */
const wellLoadedKn = 80;

export async function loseInMidRun(lab: FaultLab, sampleCode: string, loss: Loss): Promise<LossResult> {
  const job = lab.openJob(sampleCode);
  try {
    const before = new Set(lab.ledger.shownLoads.keys());
    const finished = job.run();
    finished.catch(() => undefined);
    const loaded = () =>
      [...lab.ledger.shownLoads].find(([runId, load]) => !before.has(runId) && load > wellLoadedKn)?.[0];
    while (loaded() === undefined) await Promise.race([sleep(5), finished.then(() => fail('no run was loaded'))]);
    const runId = loaded()!;
    if (loss === 'cable') {
      lab.machine.control.pull();
      await sleep(700);
      lab.machine.control.plug();
    } else {
      const [pid] = portProcessesOf(lab.core.pid ?? 0);
      process.kill(pid ?? fail('no port process'), 'SIGKILL');
    }
    await finished;
    return await describe(lab, runId);
  } finally {
    job.close();
  }
}

async function describe(lab: FaultLab, runId: string): Promise<LossResult> {
  const store = openReadOnly(lab.dataFolder);
  try {
    const row = store.get('run', runId) ?? fail(`run ${runId} is lost`);
    const path = join(lab.dataFolder, 'runs', String(row['file']));
    const file = await readRunFile(path);
    const after = store.first(
      `SELECT runNo FROM run WHERE recordNo = ? AND specimenNo = ? AND validity = 'valid' AND runNo > ?`,
      row['recordNo'] ?? '',
      row['specimenNo'] ?? 0,
      row['runNo'] ?? '',
    );
    return {
      runNo: String(row['runNo']),
      validity: String(row['validity']),
      reason: String(row['reason'] ?? ''),
      bytes: file.blocks.reduce((sum, { type, payload }) => sum + (type === 1 ? payload.length : 0), 0),
      intact: (await verifyRunFile(path, String(row['rawDigest']))).ok,
      shownKn: lab.ledger.shownLoads.get(runId) ?? 0,
      keptKn: Number(row['peakKn'] ?? 0),
      repeatedBy: String(after?.['runNo'] ?? ''),
    };
  } finally {
    store.close();
  }
}

function fail(message: string): never {
  throw new Error(message);
}

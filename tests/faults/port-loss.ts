// The line to the machine fails in the middle of a run: the cable comes out, or the port process dies. The run is marked,
// its bytes stay, the specimen is pressed again, and the job comes to its end without a restart of the core.
//   node tests/faults/port-loss.ts --times 5 --seed 1
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readRunFile, verifyRunFile } from '../../main/instruments/run/run-file.ts';
import { openReadOnly } from '../../main/store/readOnly.ts';
import { isAlive, portProcessesOf } from './bed/children.ts';
import { FaultLab } from './bed/lab.ts';
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

/** What a run says that ended for this reason; on a busy machine it may end by itself a moment before. */
const struck: Record<Loss, (run: LossResult) => boolean> = {
  cable: ({ reason }) => reason.includes('断开'),
  'port process': ({ validity }) => validity === 'interrupted',
};

export async function loseInMidRun(lab: FaultLab, sampleCode: string, loss: Loss): Promise<LossResult> {
  const run = await loseOnce(lab, sampleCode, loss);
  if (struck[loss](run)) return run;
  const again = await loseOnce(lab, `${sampleCode}-2`, loss);
  return struck[loss](again) ? again : loseOnce(lab, `${sampleCode}-3`, loss);
}

async function loseOnce(lab: FaultLab, sampleCode: string, loss: Loss): Promise<LossResult> {
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

/**
 * The core dies while its port process hangs in a driver; the next core is at work before the hung process comes to
 * itself and ends its run. Resolves when the job is finished.
 */
export async function lingerPastRestart(lab: FaultLab, sampleCode: string): Promise<void> {
  const job = lab.openJob(sampleCode);
  try {
    const before = new Set(lab.ledger.shownLoads.keys());
    const finished = job.run();
    finished.catch(() => undefined);
    const loaded = () => [...lab.ledger.shownLoads].some(([runId, load]) => !before.has(runId) && load > wellLoadedKn);
    while (!loaded()) await Promise.race([sleep(5), finished.then(() => fail('no run was loaded'))]);
    const [pid = fail('no port process')] = portProcessesOf(lab.core.pid ?? 0);
    process.kill(pid, 'SIGSTOP');
    await lab.core.kill();
    lab.core.restart();
    await lab.core.ready();
    await sleep(1_000);
    if (isAlive(pid)) process.kill(pid, 'SIGCONT');
    await finished;
  } finally {
    job.close();
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { times: { type: 'string', default: '5' }, seed: { type: 'string', default: '1' } },
  });
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const lab = await FaultLab.start({ seed: Number(values.seed) });
  let faults: string[] = ['broken off'];
  try {
    for (let time = 1; time <= Number(values.times); time += 1) {
      for (const loss of ['cable', 'port process'] as const) {
        const run = await loseInMidRun(lab, `LOSS-${time}-${loss === 'cable' ? 'C' : 'P'}`, loss);
        const bytes = `${run.bytes} bytes ${run.intact ? 'kept' : 'DAMAGED'}`;
        say(
          `${loss}: ${run.runNo} ${run.validity}, ${bytes}, shown ${run.shownKn} kN, kept ${run.keptKn} kN, repeated by ${run.repeatedBy}`,
        );
      }
      await lingerPastRestart(lab, `LOSS-${time}-L`);
      say('hanging port process past a restart of the core: job finished');
    }
    faults = await lab.settle();
    say(`violations ${faults.length}`);
    for (const fault of faults) say(`  ${fault}`);
  } finally {
    await lab.stop(faults.length > 0);
  }
  process.exitCode = faults.length === 0 ? 0 : 1;
}

// Measured apart, because it takes minutes: a store of 200,000 records is backed up while a bench writes 20 times a second.
//   node tests/bench/backup.ts [--records 200000] [--to <folder>]
// Told: the longest block of the core's event loop without a backup, with the program's own (a thread of its own), and
// with SQLite's backup in the core's loop at several sizes of a step; times of the commits beside it; then the drill.
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { startJob } from '../../main/core/backup/job.ts';
import { listBackups } from '../../main/core/backup/manifest.ts';
import { openReadOnly } from '../../main/store/readOnly.ts';
import { storeFileName, type Store } from '../../main/store/store.ts';
import type { Row } from '../../main/store/tables.ts';
import { signTest, testedGroup } from '../support/mainJob.ts';
import { openTestCore } from '../support/testCore.ts';
import { decisionRow, insertCommission } from '../support/testStore.ts';
import { percentile } from './measure.ts';

const { values } = parseArgs({ options: { records: { type: 'string', default: '200000' }, to: { type: 'string' } } });
const records = Number(values.records);
const actor = { actor: '基准', workstation: '基准' };
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const sleep = (ms: number): Promise<void> => new Promise((go) => setTimeout(go, ms));

/** More of what one real record consists of, through the one way in: rows, audit entries, change feed. */
async function fill(store: Store, count: number): Promise<void> {
  const one = (sql: string): Row => store.first(sql) ?? {};
  const [commission, sample, task, record] = [
    one('SELECT * FROM commission LIMIT 1'),
    one('SELECT * FROM sample LIMIT 1'),
    one('SELECT * FROM task LIMIT 1'),
    one('SELECT * FROM testRecord LIMIT 1'),
  ];
  for (let done = 0; done < count; done += 500) {
    store.transact(actor, (tx) => {
      const commissionNo = `B${done}`;
      insertCommission(tx, { ...commission, commissionNo });
      for (let n = done; n < Math.min(done + 500, count); n += 1) {
        const sampleNo = `BY${n}`;
        tx.insert('sample', { ...sample, commissionNo, sampleNo, sampleCode: `BC${n}` });
        tx.insert('task', { ...task, sampleNo, taskId: `BT${n}` });
        tx.insert('gateDecision', decisionRow('record', `BR${n}`, 'run-start'));
        tx.insert('testRecord', { ...record, recordNo: `BR${n}`, taskId: `BT${n}`, commissionNo, sampleNo, state: 'testing', resultJson: null, reportKey: null }); // prettier-ignore
      }
    });
    if (done % 20_000 === 0) {
      say(`  ${done} records`);
      await sleep(0);
    }
  }
}

interface Measured {
  longestMs: number;
  p99Ms: number;
  commits: number[];
  seconds: number;
}

/** The event loop and the commits of a bench while `work` is under way. */
async function beside(store: Store, work: () => Promise<unknown>): Promise<Measured> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const commits: number[] = [];
  let n = 0;
  const timer = setInterval(() => {
    const start = performance.now();
    store.transact(actor, (tx) => {
      tx.put('setting', { key: 'telephone', value: String((n += 1)) }, '基准');
      tx.put('draft', { userId: 'bench', form: 'f', content: 'x'.repeat(2000), savedAt: String(n) });
    });
    commits.push(performance.now() - start);
  }, 50);
  await sleep(200);
  delay.enable();
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1000;
  delay.disable();
  clearInterval(timer);
  return { longestMs: delay.max / 1e6, p99Ms: delay.percentile(99) / 1e6, commits, seconds };
}

function tell(name: string, { longestMs, p99Ms, commits, seconds }: Measured, before?: Measured): void {
  const sorted = [...commits].sort((a, b) => a - b);
  const ratio = before ? `, ratio ${(longestMs / before.longestMs).toFixed(1)}` : '';
  say(
    `${name}: longest block ${longestMs.toFixed(1)} ms${ratio}, P99 ${p99Ms.toFixed(1)} ms; ${commits.length} commits, ` +
      `median ${percentile(sorted, 0.5).toFixed(1)} ms, P99 ${percentile(sorted, 0.99).toFixed(1)} ms, longest ${(sorted.at(-1) ?? 0).toFixed(1)} ms; ${seconds.toFixed(1)} s`,
  );
}

const target = resolve(values.to ?? mkdtempSync(join(tmpdir(), 'jiantai-bench-backup-')));
mkdirSync(target, { recursive: true });
const lab = await openTestCore();
try {
  const { record } = await testedGroup(lab);
  await signTest(lab, record.recordNo);
  say(`a store of ${records.toLocaleString('en')} records is made`);
  await fill(lab.store, records);
  lab.store.database.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = statSync(join(lab.folder, storeFileName)).size;
  say(`store ${(bytes / 1024 ** 2).toFixed(0)} MB, ${lab.store.auditHead().seq.toLocaleString('en')} audit entries`);
  const quiet = await beside(lab.store, () => sleep(15_000));
  tell('a bench alone', quiet);
  const keeping = { daily: 3, weekly: 1 };
  const input = { dataFolder: lab.folder, target, passphrase: null, create: true, keeping };
  const own = await beside(lab.store, () => startJob('make', input).done);
  tell('backup in a thread of its own, with all checks', own, quiet);
  for (const pages of [100, 256, 1024, 8192]) {
    const source = openReadOnly(lab.folder);
    const to = join(target, `in-loop-${pages}.sqlite`);
    const inLoop = await beside(lab.store, () => source.database.backup(to, { progress: () => pages }));
    source.close();
    rmSync(to, { force: true });
    tell(`copy alone in the core's loop, ${pages} pages a step, unchecked`, inLoop, quiet);
  }
  const backup = listBackups(target).found[0]?.folder ?? '';
  const drilling = await beside(lab.store, async () => {
    const result = await startJob('drill', { backup, workFolder: target, passphrase: null }).done;
    say(
      `drill: ${result.ok ? 'passed' : `FAILED ${result.faults[0]}`}, ${JSON.stringify(result.counts)}, ${JSON.stringify(result.checked)}`,
    );
    if (!result.ok || result.counts.records !== records + 1) process.exitCode = 1;
  });
  tell('drill', drilling, quiet);
} finally {
  await lab.stop();
  if (values.to === undefined) rmSync(target, { recursive: true, force: true });
}

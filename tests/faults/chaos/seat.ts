// One seat as a process of its own, to be killed: the program's own store and engine over one of the profiles. It does
// what the program does when a code or a receipt comes (coded file, change, void), and says what is left to do.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { ClockGuard } from '../../../main/core/clock/clockGuard.ts';
import type { Context } from '../../../main/core/context.ts';
import { SqliteSyncStore } from '../../../main/core/provincial/syncStore.ts';
import { openStore } from '../../../main/store/store.ts';
import { createProvincialEngine } from '../../../sync/provincial/engine.ts';
import { createExchangePort } from '../../../sync/provincial/profiles/exchange-tables/index.ts';
import { createFormPort } from '../../../sync/provincial/profiles/form/index.ts';
import { createReferencePort } from '../../../sync/provincial/profiles/reference/index.ts';
import { QUICK } from '../../../sync/provincial/testing/lab.ts';
import { actor, afterIssue, jobsOf, keepBytes, put } from './work.ts';

export interface SeatState {
  /** Entries that are neither accepted nor refused for good, and reports on which something is still to be done. */
  left: number;
  halt: string | null;
  counts: Record<string, number>;
  /** How long this process kept its other work waiting since the last time, ms: P99 and most. */
  delayMs: { p99: number; most: number };
  rssBytes: number;
}

const { values } = parseArgs({
  options: {
    profile: { type: 'string', default: 'reference' },
    folder: { type: 'string', default: '' },
    url: { type: 'string', default: '' },
    org: { type: 'string', default: '' },
    key: { type: 'string', default: '' },
    seat: { type: 'string', default: '1' },
    records: { type: 'string', default: '1' },
    reports: { type: 'string', default: '1' },
    skew: { type: 'string', default: '0' },
  },
});
const { folder } = values;
const skewMs = Number(values.skew);
const now = (): number => Date.now() + skewMs;

const store = openStore(folder, actor);
const log = (): undefined => undefined;
const clock = new ClockGuard({ store, now: () => new Date(now()), log });
const context = { store, dataFolder: folder, now: () => new Date(now()), clock, log, emit: log } as unknown as Context;
const syncStore = new SqliteSyncStore(context, () => engine.wake());
const connection = {
  baseUrl: values.url,
  orgCode: values.org,
  accessKey: values.key,
  secret: process.env['SEAT_SECRET'] ?? '',
  clockOffset: () => syncStore.clockOffset()?.offsetMs ?? 0,
  timeoutMs: 400,
  uploadTimeoutMs: 400,
  now,
};
// A little longer than the proxy keeps back what comes late.
const settleMs = 1_500;
const ports = {
  reference: () => createReferencePort(connection),
  form: () => createFormPort({ ...connection, settleMs }),
  'exchange-tables': () => createExchangePort({ ...connection, busyMs: 300 }),
};
const profile = values.profile as keyof typeof ports;
const port = ports[profile]();
const engine = createProvincialEngine({
  port,
  store: syncStore,
  clock: {
    now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, Math.min(ms, 500));
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      }),
  },
  timing: {
    ...QUICK,
    retryBaseMs: 10,
    retryMaxMs: 200,
    pollBaseMs: 20,
    pollMaxMs: 200,
    idleMs: 100,
    eventsEveryMs: 500,
    frozenEveryMs: 500,
  },
});

const jobs = jobsOf(Number(values.seat), Number(values.records), Number(values.reports), profile);
const jobOf = new Map(jobs.map((job) => [job.numbers.reportNo, job]));

/** What the program does by itself or a person does next; answers how many reports are not at their end. */
function nextSteps(): number {
  const rows = store.all('SELECT * FROM report ORDER BY revision DESC');
  let left = 0;
  const seen = new Set<string>();
  for (const row of rows) {
    const reportNo = String(row['reportNo']);
    const revision = Number(row['revision']);
    const job = jobOf.get(reportNo)!;
    if (job.refused) continue;
    const newest = !seen.has(reportNo);
    seen.add(reportNo);
    const key = String(row['reportKey']);
    if (row['code'] !== null && row['codedSha256'] === null) {
      store.transact(actor, (tx) => {
        const pdf = Buffer.from(`%PDF-1.7\n% ${key} ${String(row['code'])}\n%%EOF\n`);
        const sha256 = keepBytes(folder, tx, pdf, 'report');
        tx.update('report', key, { codedSha256: sha256 });
        const { commissionNo } = job.numbers;
        put(tx, { kind: 'report-file', commissionNo, key: reportNo, revision, digest: sha256, mediaSha256: sha256 });
      });
      left += 1;
    } else if (row['filedAt'] === null) left += 1;
    else if (newest && job.after !== 'nothing') {
      const wanted = job.after.startsWith('change') && revision === 1 ? 'change-order' : 'void';
      if (wanted === 'void' && !job.after.endsWith('void')) continue;
      if (store.first('SELECT 1 FROM outbox WHERE kind = ? AND key = ?', wanted, reportNo)) continue;
      store.transact(actor, (tx) => afterIssue(tx, job, revision));
      left += 1;
    }
  }
  return left;
}

const refusedCommissions = jobs.filter((job) => job.refused).map((job) => job.numbers.commissionNo);

function say(): void {
  const open = nextSteps();
  const row = store.first(
    `SELECT count(*) AS n FROM outbox WHERE state NOT IN ('accepted', 'rejected', 'parked') AND NOT
      (kind IN ('report', 'code', 'modification') AND commissionNo = ?)`,
    refusedCommissions[0] ?? '',
  );
  const state: SeatState = {
    left: open + Number(row?.['n']),
    halt: syncStore.halt()?.code ?? null,
    counts: syncStore.counts(),
    delayMs: { p99: delay.percentile(99) / 1e6, most: delay.max / 1e6 },
    rssBytes: process.memoryUsage().rss,
  };
  delay.reset();
  process.send?.(state);
}

process.on('message', (message) => {
  if (message === 'push') void engine.pushNow();
});
process.on('disconnect', () => process.exit(0));
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
engine.start();
setInterval(say, 150);
say();

// What is measured. Alternatives are measured in the same run, in turns, so that a busy machine burdens both alike.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContractClient } from '../../shared/contract/client.ts';
import { createReportRenderer } from '../../main/reports/renderer.ts';
import { sampleCode, sampleReport, sampleVerifyUrl } from '../../main/reports/sample-content.test-helper.ts';
import { openDatabase } from '../../main/store/database.ts';
import { openStore } from '../../main/store/store.ts';
import { sleep } from '../faults/bed/random.ts';
import type { Committed, Host } from './host-child.ts';
import { line, median, total, type Section } from './measure.ts';
import { fetchingView, liveView, openSet, type View } from './views.ts';

export interface Sizes {
  /** Commits per way of following. */
  commits: number;
  burst: number;
  inserts: number;
  papers: number;
  loads: number;
  /** Recomputed in memory, and read back through a store. */
  records: number;
  stored: number;
  /** In a store of years, and how often each question is put to it. */
  archive: number;
  rounds: number;
}
export const fullSizes: Sizes = {
  commits: 200,
  burst: 1_000,
  inserts: 300,
  papers: 100,
  loads: 7,
  records: 10_000,
  stored: 1_000,
  archive: 1_000_000,
  rounds: 15,
};
export const quickSizes: Sizes = {
  commits: 20,
  burst: 200,
  inserts: 30,
  papers: 10,
  loads: 2,
  records: 500,
  stored: 40,
  archive: 20_000,
  rounds: 5,
};

const pollMs = 1_000;
const spacingMs = 80;
const waitLimitMs = 20_000;

async function until(condition: () => boolean): Promise<void> {
  for (const limit = Date.now() + waitLimitMs; !condition(); await sleep(5)) {
    if (Date.now() > limit) throw new Error('a change was never to be seen');
  }
}

let rounds = 0;

/** Latency of so many commits in a view, ms. */
async function follow(host: Host, view: View, count: number, everyMs: number): Promise<number[]> {
  const committed: Committed[] = [];
  rounds += 1;
  await host.commit(count, everyMs, `f${rounds}`, (one) => committed.push(one));
  await until(() => committed.length === count && committed.every(({ tag }) => view.seen.has(tag)));
  return committed.map(({ tag, at }) => (view.seen.get(tag) ?? Number.NaN) - at);
}

export async function commitToScreen(host: Host, client: ContractClient, { commits }: Sizes): Promise<Section> {
  const found = { live: [] as number[], busy: [] as number[], signal: [] as number[], poll: [] as number[] };
  const blocks = 4;
  for (let block = 0; block < blocks; block += 1) {
    const count = Math.ceil(commits / blocks);
    const set = await openSet(client);
    const live = liveView(set);
    await sleep(300);
    found.live.push(...(await follow(host, live, count, spacingMs)));
    found.busy.push(...(await follow(host, live, count, 8)));
    await live.close();
    await set.close();
    const signal = fetchingView(client, host.listUrl, null);
    found.signal.push(...(await follow(host, signal, count, spacingMs)));
    await signal.close();
    const poll = fetchingView(client, host.listUrl, pollMs);
    found.poll.push(...(await follow(host, poll, count, spacingMs)));
    await poll.close();
  }
  const live = line('live query, a commit every 80 ms', found.live);
  return {
    title: '(a) From commit to another window, through the bench server, 5,000 tasks in the list',
    lines: [
      live,
      line('live query, a commit every 8 ms (drawn together at 40 ms)', found.busy, live),
      line('whole list fetched again on every signal', found.signal, live),
      line(`whole list fetched every ${pollMs} ms`, found.poll, live),
    ],
    notes: [
      'from the return of COMMIT in the core to the emission of the live query (or the parsed list) here;',
      'the list is fetched past the contract by one prepared statement, as cheap as it can be',
    ],
  };
}

interface Cost {
  window: number;
  host: number;
  elapsed: number;
}

async function costOf(host: Host, view: View, count: number): Promise<Cost> {
  rounds += 1;
  const tag = `b${rounds}`;
  const hostBefore = await host.cpuMs();
  const before = process.cpuUsage();
  const started = performance.now();
  await host.commit(count, 0, tag);
  await until(() => view.seen.has(`${tag}-${count - 1}`));
  const elapsed = performance.now() - started;
  await sleep(100);
  const { user, system } = process.cpuUsage(before);
  return { window: (user + system) / 1000, host: (await host.cpuMs()) - hostBefore, elapsed };
}

export async function burst(host: Host, client: ContractClient, { burst: count }: Sizes): Promise<Section> {
  const live: Cost[] = [];
  const fetching: Cost[] = [];
  const idle: Cost[] = [];
  for (let round = 0; round < 3; round += 1) {
    const set = await openSet(client);
    const view = liveView(set);
    await sleep(300);
    live.push(await costOf(host, view, count));
    await view.close();
    await set.close();
    const fetched = fetchingView(client, host.listUrl, null);
    fetching.push(await costOf(host, fetched, count));
    await fetched.close();
    const last = { has: () => true } as unknown as ReadonlyMap<string, number>;
    idle.push(await costOf(host, { seen: last, close: () => Promise.resolve() }, count));
  }
  const of = (costs: readonly Cost[], part: keyof Cost) => median(costs.map((cost) => cost[part]));
  const both = (costs: readonly Cost[]) => median(costs.map(({ window, host: far }) => window + far));
  const own = of(idle, 'host');
  const liveWindow = total('window: pulled into RxDB on RESYNC', of(live, 'window'));
  const liveBoth = total('window and core, pulled', both(live) - own);
  return {
    title: `(b) Processor time of a burst of ${count.toLocaleString('en')} changes, list of 5,000`,
    lines: [
      liveWindow,
      total('window: whole list fetched again', of(fetching, 'window'), liveWindow),
      liveBoth,
      total('window and core, fetched again', both(fetching) - own, liveBoth),
    ],
    notes: [
      `median of 3; the core's own ${own.toFixed(0)} ms for the commits are taken off`,
      `shown after ${of(live, 'elapsed').toFixed(0)} ms pulled, ${of(fetching, 'elapsed').toFixed(0)} ms fetched again`,
    ],
  };
}

export function transact({ inserts }: Sizes): Section {
  const folder = mkdtempSync(join(tmpdir(), 'jiantai-bench-'));
  const actor = { actor: '量测', workstation: 'bench' };
  const store = openStore(folder, actor);
  const raw = openDatabase(join(folder, 'raw.sqlite'));
  raw.exec(
    'CREATE TABLE project (projectId TEXT PRIMARY KEY, name TEXT, supervisionCode TEXT, authority TEXT, ownerUnit TEXT, state TEXT, version INTEGER) STRICT',
  );
  const insert = raw.prepare(
    'INSERT INTO project VALUES (@projectId, @name, @supervisionCode, @authority, @ownerUnit, @state, @version)',
  );
  const rowOf = (index: number) => ({
    projectId: `G${index}`,
    name: '云岭花园二期 3 号住宅楼',
    supervisionCode: 'YJD-2026-0117',
    authority: '云岭区建设工程质量安全监督站',
    ownerUnit: '云岭置业发展有限公司',
    state: 'active',
    version: index,
  });
  const times = { plain: [] as number[], audited: [] as number[] };
  const timed = (into: number[], work: () => unknown): void => {
    const started = performance.now();
    work();
    into.push(performance.now() - started);
  };
  try {
    for (let index = 0; index < inserts; index += 1) {
      timed(times.plain, () => raw.transaction(() => insert.run(rowOf(index))).immediate());
      timed(times.audited, () => store.transact(actor, (tx) => tx.insert('project', rowOf(index))));
    }
  } finally {
    raw.close();
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const plain = line('better-sqlite3, one row', times.plain);
  return {
    title: '(c) One commit: plain SQLite against transact (both WAL, synchronous=FULL)',
    lines: [plain, line('store.transact: row, audit entry with hash, change feed', times.audited, plain)],
    notes: [],
  };
}

export async function paper({ papers }: Sizes): Promise<Section> {
  const renderer = createReportRenderer();
  const content = (index: number) =>
    sampleReport(3, { reportNo: `BG2026-${index}`, code: { code: sampleCode, verifyUrl: sampleVerifyUrl } });
  const render = async (index: number): Promise<number> => {
    const started = performance.now();
    await renderer.renderReport(content(index), { coded: true });
    return performance.now() - started;
  };
  try {
    const first = await render(0);
    const single: number[] = [];
    for (let index = 1; index <= Math.max(10, papers / 4); index += 1) single.push(await render(index));
    const started = performance.now();
    await Promise.all(
      Array.from({ length: papers }, (_, index) => renderer.renderReport(content(1_000 + index), { coded: true })),
    );
    const batch = performance.now() - started;
    const one = line('one report', single);
    return {
      title: '(d) Coded report, three groups of cubes with curves, PDF/A-2b',
      lines: [
        one,
        total(`batch of ${papers}, all together`, batch),
        total(`batch of ${papers}, each`, batch / papers, one),
        total('the first one after the start (worker and fonts)', first, one),
      ],
      notes: [],
    };
  } finally {
    await renderer.close();
  }
}

export async function load(client: ContractClient, { loads }: Sizes): Promise<Section> {
  const times: number[] = [];
  let documents = 0;
  let megabytes = 0;
  for (let round = 0; round < loads; round += 1) {
    const before = process.memoryUsage().heapUsed;
    const started = performance.now();
    const set = await openSet(client);
    times.push(performance.now() - started);
    documents = Object.values(await set.counts()).reduce((sum, count) => sum + count, 0);
    megabytes = (process.memoryUsage().heapUsed - before) / 1e6;
    await set.close();
  }
  return {
    title: '(e) A window opens its working set through the bench server',
    lines: [line(`${documents.toLocaleString('en')} documents in 12 collections`, times)],
    notes: [`heap of the last one before collection: about ${megabytes.toFixed(0)} MB`],
  };
}

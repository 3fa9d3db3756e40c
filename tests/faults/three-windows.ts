// Three windows over slow lines, reloads at any moment, several people writing, an import, a machine delivering runs and
// the sync engine at work: in the end every window holds exactly what the store holds, in every collection.
//   node tests/faults/three-windows.ts --seeds 20 [--from 1] [--seconds 4]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import type { CallInput, CallName, CallOutput } from '../../shared/contract/calls.ts';
import { createClient, type ContractClient } from '../../shared/contract/client.ts';
import { collectionNames, type CollectionName } from '../../shared/entities/collections.ts';
import { AppError } from '../../shared/errors/appError.ts';
import { createCore, type OpenCore } from '../../main/core/core.ts';
import { project } from '../../main/core/replication/projections.ts';
import { trainingPassword } from '../../main/core/training/trainingLab.ts';
import { startBenchServer, type BenchServer } from '../../main/server/bench-server.ts';
import { openKeyFileSecrets } from '../../main/server/key-file-secrets.ts';
import { commissionInput, importFile } from './bed/commissions.ts';
import { seededRandom, sleep, type Random } from './bed/random.ts';
import { WindowChild } from './bed/window-child.ts';

const windowCount = 3;
const latencyMs = 60;
const settleLimitMs = 15_000;
const machineId = 'E001';

export interface WindowsRun {
  seed: number;
  writes: number;
  refused: number;
  reloads: number;
  /** Changes of the feed while the windows watched. */
  changes: number;
  documents: number;
  /** What a window holds otherwise than the store, after everything has come to rest. */
  differences: string[];
  /** Documents that a commit changed without a word in the change feed; no window could know. */
  untold: string[];
}

/** One core with its server for all seeds of a campaign; windows are fresh for every seed. */
export class WindowsBed {
  readonly #core: OpenCore;
  readonly #server: BenchServer;
  readonly #folder: string;
  #parts = 0;

  private constructor(core: OpenCore, server: BenchServer, folder: string) {
    this.#core = core;
    this.#server = server;
    this.#folder = folder;
  }

  static async start(): Promise<WindowsBed> {
    const folder = mkdtempSync(join(tmpdir(), 'jiantai-windows-'));
    const secrets = await openKeyFileSecrets(folder);
    const core = await createCore({ dataFolder: folder, secrets, training: true, virtualSpeed: 50 });
    const server = await startBenchServer({ core, host: '127.0.0.1', port: 0, rendererFolder: folder });
    return new WindowsBed(core, server, folder);
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    await this.#core.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** `machine`: one sample goes all the way from the machine to its report meanwhile, which takes its own time. */
  async run(seed: number, seconds = 4, machine = true): Promise<WindowsRun> {
    const random = seededRandom(seed);
    const { store } = this.#core.context;
    const before = store.sequence();
    const watch = watchFeed(this.#core);
    const windows = Array.from({ length: windowCount }, (_, index) => this.#window(seed * 10 + index));
    try {
      await Promise.all(windows.map((window) => window.ready()));
      this.#parts += 1;
      const people = await this.#signIn();
      const writers = new Writers(this.#core, people, random, `S${seed}-${this.#parts}`);
      const end = Date.now() + seconds * 1000;
      const reloading = this.#reload(windows, seededRandom(seed + 7), end);
      await Promise.all([writers.scatter(end), writers.import(end), ...(machine ? [writers.bench()] : [])]);
      await reloading;
      await this.#rest();
      const differences = await this.#compare(windows);
      return {
        seed,
        writes: writers.done,
        refused: writers.refused,
        reloads: windows.reduce((sum, window) => sum + window.reloads, 0),
        changes: store.sequence() - before,
        documents: Number(store.first('SELECT count(*) AS n FROM changeFeed')?.['n']),
        differences,
        untold: watch.untold,
      };
    } finally {
      watch.end();
      await Promise.all(windows.map((window) => window.end()));
    }
  }

  #window(seed: number): WindowChild {
    return new WindowChild({
      url: this.#server.url,
      enterUrl: this.#server.enterUrl(),
      username: 'zhiliang',
      password: trainingPassword,
      seed,
      latencyMs,
    });
  }

  async #signIn(): Promise<Record<string, ContractClient>> {
    const people: Record<string, ContractClient> = {};
    for (const username of ['shouyang', 'zhiliang', 'jiance', 'jiaohe', 'pizhun', 'shebei', 'admin']) {
      const connection = this.#core.connect(() => undefined, '试验');
      const client = createClient({
        send: (name, input) => connection.call(name, input),
        subscribe: () => () => undefined,
      });
      await client.call('session.signIn', { username, password: trainingPassword });
      people[username] = client;
    }
    return people;
  }

  async #reload(windows: readonly WindowChild[], random: Random, end: number): Promise<void> {
    while (Date.now() < end) {
      await sleep(random.between(50, 900));
      if (Date.now() < end) random.pick(windows).reload();
    }
  }

  /** Until nothing commits any more: the queue is empty and the feed stands still. */
  async #rest(): Promise<void> {
    const { store } = this.#core.context;
    const limit = Date.now() + settleLimitMs;
    for (let last = -1; Date.now() < limit;) {
      const now = store.sequence();
      const waiting = store.first(`SELECT 1 FROM outbox WHERE state IN ('pending', 'sending', 'unknown')`);
      if (now === last && !waiting) return;
      last = now;
      await sleep(400);
    }
  }

  /** Windows are given time, and nothing else: what they do not fetch by themselves is a fault. */
  async #compare(windows: readonly WindowChild[]): Promise<string[]> {
    let differences: string[] = [];
    for (const limit = Date.now() + settleLimitMs; Date.now() < limit; await sleep(150)) {
      const expected = expectedDocuments(this.#core);
      const held = await Promise.all(windows.map((window) => window.documents()));
      differences = held.flatMap((documents, index) => compare(expected, documents, `window ${index + 1}`));
      if (differences.length === 0) return [];
    }
    return differences;
  }
}

type Documents = Map<string, Record<string, unknown>>;

/** Everything that a window shall hold now. */
function expectedDocuments({ context }: OpenCore): Map<CollectionName, Documents> {
  return new Map(
    collectionNames.map((name) => {
      const rows = context.store.all('SELECT key, seq FROM changeFeed WHERE kind = ?', name);
      const documents = rows.flatMap((row) => {
        const [id, seq] = [String(row['key']), Number(row['seq'])];
        const document = project(context, name, id);
        return document ? [[id, { id, seq, ...document }] as const] : [];
      });
      return [name, new Map<string, Record<string, unknown>>(documents)];
    }),
  );
}

/** After every commit: a document that is other than before must have a new sequence. */
export function watchFeed(core: OpenCore): { untold: string[]; end: () => void } {
  let before = expectedDocuments(core);
  const untold: string[] = [];
  const end = core.context.store.onCommit(() => {
    const now = expectedDocuments(core);
    for (const [name, documents] of now) {
      for (const [id, document] of documents) {
        const old = before.get(name)?.get(id);
        if (!old || old['seq'] !== document['seq'] || isDeepStrictEqual(old, document)) continue;
        const fields = Object.keys(document).filter((key) => !isDeepStrictEqual(old[key], document[key]));
        untold.push(`${name} ${id}: ${fields.join(', ')}`);
      }
    }
    before = now;
  });
  return { untold, end };
}

function compare(
  expected: ReadonlyMap<CollectionName, ReadonlyMap<string, Record<string, unknown>>>,
  held: Record<string, Record<string, unknown>[]>,
  where: string,
): string[] {
  const differences: string[] = [];
  for (const name of collectionNames) {
    const wanted = expected.get(name) ?? new Map<string, Record<string, unknown>>();
    const found = new Map((held[name] ?? []).map((document) => [String(document['id']), document]));
    for (const [id, document] of wanted) {
      const mine = found.get(id);
      if (!mine) differences.push(`${where}: ${name} ${id} is lost`);
      else if (!isDeepStrictEqual(mine, document)) {
        const fields = Object.keys(document).filter((key) => !isDeepStrictEqual(mine[key], document[key]));
        const shown = fields.map(
          (key) => `${key} ${JSON.stringify(mine[key])} instead of ${JSON.stringify(document[key])}`,
        );
        differences.push(`${where}: ${name} ${id} is stale (${shown.join(', ')})`);
      }
    }
    for (const id of found.keys()) if (!wanted.has(id)) differences.push(`${where}: ${name} ${id} should be gone`);
  }
  return differences;
}

/** People who work at the same time; a refusal of the program is an answer like any other. */
class Writers {
  readonly #core: OpenCore;
  readonly #people: Record<string, ContractClient>;
  readonly #random: Random;
  readonly #mark: string;
  done = 0;
  refused = 0;
  #registered = 0;

  constructor(core: OpenCore, people: Record<string, ContractClient>, random: Random, mark: string) {
    this.#core = core;
    this.#people = people;
    this.#random = random;
    this.#mark = mark;
  }

  async scatter(end: number): Promise<void> {
    const acts = [
      () => this.#register(),
      () => this.#register(),
      () => this.#stopMachine(),
      () => this.#changeUser(),
      () => this.#acknowledge(),
      () => this.#print(),
      () => this.#call('shouyang', 'drafts.save', { form: 'commission.new', content: this.#mark }),
      () => this.#call('zhiliang', 'sync.pushNow', {}),
    ];
    while (Date.now() < end) {
      await Promise.all(Array.from({ length: this.#random.between(1, 3) }, () => this.#random.pick(acts)()));
      await sleep(this.#random.between(0, 120));
    }
  }

  /** One sample from the machine to its report; a specimen is repeated, the record is returned once. */
  async bench(): Promise<void> {
    const commission = await this.#call('zhiliang', 'commissions.register', commissionInput(`${this.#mark}-BENCH`));
    const sampleCode = commission?.samples[0]?.sampleCode ?? '';
    const found = await this.#call('jiance', 'scan.resolve', { code: sampleCode });
    const opened = await this.#call('jiance', 'bench.open', { taskId: found?.taskId ?? '', equipmentId: machineId });
    if (!opened) return;
    const { recordNo } = opened;
    const environment = { temperatureC: '20.1', humidityPercent: '60' };
    await this.#call('jiance', 'bench.environment', { recordNo, environment });
    await this.#call('jiance', 'bench.virtual', { equipmentId: machineId, action: 'load' });
    const first = await this.#until(recordNo, (record) => record.runs.length > 0);
    const runNo = first?.runs[0]?.runNo ?? '';
    await this.#call('jiance', 'bench.repeat', { runNo, reason: '试件没有放正' });
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const record = await this.#until(recordNo, ({ result }) => result !== null, 12_000);
      if (record?.result) break;
      await this.#call('jiance', 'bench.virtual', { equipmentId: machineId, action: 'load' });
    }
    await this.#call('jiance', 'bench.close', { recordNo });
    await this.#sign('jiance', 'records.signTest', recordNo);
    await this.#call('jiaohe', 'records.return', { recordNo, reason: '请核对环境温度' });
    await this.#sign('jiance', 'records.signTest', recordNo);
    await this.#sign('jiaohe', 'records.signCheck', recordNo);
    const rows = await this.#call('pizhun', 'reports.search', { text: commission?.commissionNo ?? '', limit: 1 });
    const { reportNo = '', revision = 1 } = rows?.rows[0] ?? {};
    const preview = await this.#call('pizhun', 'reports.preview', { reportNo, revision });
    const digest = preview?.digest ?? '';
    await this.#call('pizhun', 'reports.approve', { reportNo, revision, digest, password: trainingPassword });
  }

  async import(end: number): Promise<void> {
    await sleep(this.#random.between(0, Math.max(0, end - Date.now() - 500)));
    const bytesBase64 = importFile(this.#mark, 60);
    const preview = await this.#call('zhiliang', 'imports.preview', { fileName: 'samples.csv', bytesBase64 });
    if (preview) {
      await this.#call('zhiliang', 'imports.commit', { importId: preview.importId, acceptPartial: true });
    }
  }

  async #register(): Promise<void> {
    this.#registered += 1;
    const who = this.#random.pick(['shouyang', 'zhiliang']);
    await this.#call(who, 'commissions.register', commissionInput(`${this.#mark}-${this.#registered}`));
  }

  async #stopMachine(): Promise<void> {
    const equipmentId = this.#random.pick(['E003', 'E004', 'E005']);
    const state = this.#random.pick(['inUse', 'stopped'] as const);
    await this.#call('shebei', 'equipment.setState', { equipmentId, state, reason: '期间核查' });
  }

  async #changeUser(): Promise<void> {
    const listed = await this.#call('admin', 'users.list', {});
    const user = listed?.users.find(({ username }) => username === 'jiance2');
    if (!user) return;
    const roles = this.#random.chance(0.5) ? (['technician'] as const) : (['technician', 'receiver'] as const);
    const change = { userId: user.userId, roles: [...roles], disabled: this.#random.chance(0.3), reason: '岗位调整' };
    await this.#call('admin', 'users.change', change);
  }

  async #acknowledge(): Promise<void> {
    const row = this.#core.context.store.first('SELECT noticeId FROM notice WHERE acknowledgedBy IS NULL');
    if (row) await this.#call('zhiliang', 'notices.acknowledge', { noticeId: String(row['noticeId']) });
  }

  async #print(): Promise<void> {
    const row = this.#core.context.store.first(`SELECT reportNo, revision FROM report WHERE state = 'filed'`);
    if (!row) return;
    const report = { reportNo: String(row['reportNo']), revision: Number(row['revision']) };
    await this.#call('zhiliang', 'reports.print', { reports: [report], purpose: 'print' });
  }

  async #sign(who: string, name: 'records.signTest' | 'records.signCheck', recordNo: string): Promise<void> {
    const record = await this.#call(who, 'records.get', { recordNo });
    if (record) await this.#call(who, name, { recordNo, digest: record.digest, password: trainingPassword });
  }

  async #until(
    recordNo: string,
    condition: (record: CallOutput<'records.get'>) => boolean,
    limitMs = 15_000,
  ): Promise<CallOutput<'records.get'> | null> {
    for (const limit = Date.now() + limitMs; Date.now() < limit; await sleep(60)) {
      const record = await this.#call('jiance', 'records.get', { recordNo });
      if (!record || condition(record)) return record;
    }
    return null;
  }

  async #call<N extends CallName>(who: string, name: N, input: CallInput<N>): Promise<CallOutput<N> | null> {
    try {
      const answer = await this.#people[who]!.call(name, input);
      this.done += 1;
      return answer;
    } catch (error) {
      if (!(error instanceof AppError) || error.info.code === 'INTERNAL') throw error;
      this.refused += 1;
      return null;
    }
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '8' },
      from: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '4' },
    },
  });
  const bed = await WindowsBed.start();
  let wrong = 0;
  try {
    const from = Number(values.from);
    for (let seed = from; seed < from + Number(values.seeds); seed += 1) {
      const run = await bed.run(seed, Number(values.seconds));
      const { writes, refused, reloads, changes, documents, differences, untold } = run;
      wrong += differences.length + untold.length;
      process.stdout.write(
        `seed ${seed}: ${writes} calls done, ${refused} refused, ${reloads} reloads, ${changes} changes, ` +
          `${documents} documents × 3 windows, ${differences.length} differences, ${untold.length} untold changes\n`,
      );
      for (const difference of [...differences, ...untold].slice(0, 20)) process.stdout.write(`  ${difference}\n`);
    }
  } finally {
    await bed.stop();
  }
  process.stdout.write(`differences and untold changes: ${wrong}\n`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

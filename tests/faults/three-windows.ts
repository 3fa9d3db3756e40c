// Three windows over slow lines, reloads at any moment, several people writing, an import, a machine delivering runs and
// the sync engine at work: in the end every window holds exactly what the store holds, in every collection.
//   node tests/faults/three-windows.ts --seeds 20 [--from 1] [--seconds 4]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { createClient } from '../../shared/contract/client.ts';
import { collectionNames, type CollectionName } from '../../shared/entities/collections.ts';
import { createCore, type OpenCore } from '../../main/core/core.ts';
import { project } from '../../main/core/replication/projections.ts';
import { trainingPassword } from '../../main/core/training/trainingLab.ts';
import { startBenchServer, type BenchServer } from '../../main/server/bench-server.ts';
import { openKeyFileSecrets } from '../../main/server/key-file-secrets.ts';
import { seededRandom, sleep, type Random } from './bed/random.ts';
import { WindowChild } from './bed/window-child.ts';
import { Writers, type People } from './bed/writers.ts';

const windowCount = 3;
const latencyMs = 60;
const settleLimitMs = 15_000;

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

/** One core with its server, its people and three windows for all seeds of a campaign; every seed reloads the windows. */
export class WindowsBed {
  readonly #core: OpenCore;
  readonly #server: BenchServer;
  readonly #folder: string;
  readonly #people: People;
  readonly #windows: readonly WindowChild[];

  private constructor(
    core: OpenCore,
    server: BenchServer,
    parts: { folder: string; people: People; windows: readonly WindowChild[] },
  ) {
    this.#core = core;
    this.#server = server;
    this.#folder = parts.folder;
    this.#people = parts.people;
    this.#windows = parts.windows;
  }

  static async start(): Promise<WindowsBed> {
    const folder = mkdtempSync(join(tmpdir(), 'jiantai-windows-'));
    const secrets = await openKeyFileSecrets(folder);
    const core = await createCore({ dataFolder: folder, secrets, training: true, virtualSpeed: 50 });
    const server = await startBenchServer({ core, host: '127.0.0.1', port: 0, rendererFolder: folder });
    const windows = Array.from(
      { length: windowCount },
      (_, index) =>
        new WindowChild({
          url: server.url,
          enterUrl: server.enterUrl(),
          username: 'zhiliang',
          password: trainingPassword,
          seed: index + 1,
          latencyMs,
        }),
    );
    const people = await signIn(core);
    await Promise.all(windows.map((window) => window.ready()));
    return new WindowsBed(core, server, { folder, people, windows });
  }

  async stop(): Promise<void> {
    await Promise.all(this.#windows.map((window) => window.end()));
    await this.#server.stop();
    await this.#core.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** `machine`: one sample goes all the way from the machine to its report meanwhile, which takes its own time. */
  async run(seed: number, seconds = 4, machine = true): Promise<WindowsRun> {
    const { store } = this.#core.context;
    const windows = this.#windows;
    const before = store.sequence();
    const reloadsBefore = windows.reduce((sum, window) => sum + window.reloads, 0);
    const watch = watchFeed(this.#core);
    try {
      for (const window of windows) window.reload();
      const writers = new Writers(this.#core, this.#people, seededRandom(seed), `S${seed}`);
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
        reloads: windows.reduce((sum, window) => sum + window.reloads, 0) - reloadsBefore,
        changes: store.sequence() - before,
        documents: Number(store.first('SELECT count(*) AS n FROM changeFeed')?.['n']),
        differences,
        untold: watch.untold,
      };
    } finally {
      watch.end();
    }
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

async function signIn(core: OpenCore): Promise<People> {
  const people: People = {};
  for (const username of ['shouyang', 'zhiliang', 'jiance', 'jiaohe', 'pizhun', 'shebei', 'admin']) {
    const connection = core.connect(() => undefined, '试验');
    const client = createClient({
      send: (name, input) => connection.call(name, input),
      subscribe: () => () => undefined,
    });
    await client.call('session.signIn', { username, password: trainingPassword });
    people[username] = client;
  }
  return people;
}

type Documents = Map<string, Record<string, unknown>>;

/** Everything that a window shall hold now. */
function expectedDocuments({ context }: OpenCore, newest = -1): Map<CollectionName, Documents> {
  return new Map(
    collectionNames.map((name) => {
      const sql = 'SELECT key, seq FROM changeFeed WHERE kind = ? ORDER BY seq DESC LIMIT ?';
      const rows = context.store.all(sql, name, newest);
      const documents = rows.flatMap((row) => {
        const [id, seq] = [String(row['key']), Number(row['seq'])];
        const document = project(context, name, id);
        return document ? [[id, { id, seq, ...document }] as const] : [];
      });
      return [name, new Map<string, Record<string, unknown>>(documents)];
    }),
  );
}

/** So many of every collection are watched, the newest: work goes on where it went on a moment ago. */
const watched = 15;

/** After every commit: a document that is other than before must have a new sequence. */
export function watchFeed(core: OpenCore): { untold: string[]; end: () => void } {
  let before = expectedDocuments(core, watched);
  const untold: string[] = [];
  const end = core.context.store.onCommit(() => {
    const now = expectedDocuments(core, watched);
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

// A process of its own that opens a data folder as a shell does, then asks what screens ask, and the same of SQLite
// directly. What it found goes to its parent.
import { once } from 'node:events';
import { join } from 'node:path';
import { createClient } from '../../../shared/contract/client.ts';
import { createCore } from '../../../main/core/core.ts';
import { trainingPassword } from '../../../main/core/training/trainingLab.ts';
import { openDatabase } from '../../../main/store/database.ts';
import { storeFileName } from '../../../main/store/store.ts';
import { testSecrets } from '../../support/testCore.ts';
import { openSet } from '../views.ts';
import { questions } from './questions.ts';

export interface Opened {
  /** From the start of the process's own work to a core that answers, ms. */
  readyMs: number;
  signInMs: number;
  /** A window's whole working set, ms, and how many documents it is. */
  workingSetMs: number;
  documents: number;
  /** SQLite alone: opened, and the newest entry of the chain read. */
  rawOpenMs: number;
  answers: { what: string; asked: number[]; raw: number[]; rows: number }[];
  rssBytes: number;
}

const [folder = '', rounds = '15'] = process.argv.slice(2);
const since = (start: number): number => performance.now() - start;

let start = performance.now();
const raw = openDatabase(join(folder, storeFileName), { readonly: true });
raw.prepare('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1').get();
const rawOpenMs = since(start);

start = performance.now();
const core = await createCore({ dataFolder: folder, secrets: testSecrets, training: true });
const readyMs = since(start);
const connection = core.connect(() => undefined, '量测');
const client = createClient({ send: (name, input) => connection.call(name, input), subscribe: () => () => undefined });
start = performance.now();
await client.call('session.signIn', { username: 'zhiliang', password: trainingPassword });
const signInMs = since(start);
start = performance.now();
const set = await openSet(client);
const workingSetMs = since(start);
const documents = Object.values(await set.counts()).reduce((sum, count) => sum + count, 0);
await set.close();

const answers: Opened['answers'] = [];
for (const { what, call, input, sql, parameters } of questions) {
  const statement = raw.prepare(sql);
  const [asked, direct]: [number[], number[]] = [[], []];
  let rows = 0;
  const began = performance.now();
  // Thrice is enough of what takes seconds.
  for (let round = 0; round < Number(rounds) && (round < 3 || since(began) < 5_000); round += 1) {
    let begun = performance.now();
    const answer = await client.call(call, input as never);
    asked.push(since(begun));
    begun = performance.now();
    const found = statement.all(...parameters);
    direct.push(since(begun));
    rows = (answer as { rows?: unknown[] }).rows?.length ?? 0;
    if (rows !== 0 && rows !== found.length)
      throw new Error(`${what}: ${rows} rows by the call, ${found.length} by SQL`);
  }
  answers.push({ what, asked, raw: direct, rows });
}
const told: Opened = {
  readyMs, signInMs, workingSetMs, documents, rawOpenMs, answers, rssBytes: process.memoryUsage().rss,
}; // prettier-ignore
process.send?.(told);
raw.close();
await core.stop();
process.disconnect?.();
await once(process, 'disconnect').catch(() => undefined);

// The far side of the benchmarks, a process of its own as in real life: a core with 5,000 tasks behind the bench server.
// It commits when it is told to, and says at which moment of the monotonic clock the commit was done.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '../../shared/contract/client.ts';
import { createCore } from '../../main/core/core.ts';
import { programActor } from '../../main/core/context.ts';
import { trainingPassword } from '../../main/core/training/trainingLab.ts';
import { startBenchServer } from '../../main/server/bench-server.ts';
import { openKeyFileSecrets } from '../../main/server/key-file-secrets.ts';
import { commissionInput } from '../faults/bed/commissions.ts';
import { monotonicMs } from './measure.ts';

export type HostRequest =
  | { ask: 'commit'; count: number; everyMs: number; tag: string }
  | { ask: 'cpu' }
  | { ask: 'end' };
export type HostAnswer =
  | { told: 'ready'; url: string; enterUrl: string; listUrl: string }
  /** One for each commit: the task, the tag it carries now, and when the commit was on disk. */
  | { told: 'committed'; id: string; tag: string; at: number }
  | { told: 'done' }
  | { told: 'cpu'; ms: number };

const tell = (answer: HostAnswer): void => void process.send?.(answer);
const actor = programActor('量测');
const dataFolder = process.argv[2] ?? '';
const taskCount = Number(process.argv[3] ?? 5000);
const samplesEach = 200;

const core = await createCore({ dataFolder, secrets: await openKeyFileSecrets(dataFolder), training: true });
const { store } = core.context;

// Hears of a commit before any window does: its connection is the first.
let committedAt = 0;
const first = core.connect((event) => {
  if (event.type === 'resync') committedAt = monotonicMs();
}, '量测');
const reception = createClient({
  send: (name, input) => first.call(name, input),
  subscribe: () => () => undefined,
});
await reception.call('session.signIn', { username: 'zhiliang', password: trainingPassword });
for (let done = 0; done < taskCount; done += samplesEach) {
  const input = commissionInput(`B${done}`);
  const [sample] = input.samples;
  const samples = Array.from({ length: Math.min(samplesEach, taskCount - done) }, (_, index) => ({
    ...sample!,
    sampleCode: `B${done}-${index}`,
  }));
  await reception.call('commissions.register', { ...input, samples });
}
// The queue is sent first, so that nothing else commits while it is measured.
for (const end = Date.now() + 30_000; Date.now() < end; await sleep(200)) {
  if (!store.first(`SELECT 1 FROM outbox WHERE state <> 'accepted'`)) break;
}

// Those that a screen shows first, so that every commit is to be seen.
const tasks = store.all('SELECT taskId FROM task ORDER BY dueOn, taskId LIMIT 200').map((row) => String(row['taskId']));
let next = 0;

/** Changes one text of the task's sample, as a correction does, and with it the document in every window. */
function commit(tag: string): { id: string; tag: string; at: number } {
  const id = tasks[next % tasks.length]!;
  next += 1;
  store.transact(actor, (tx) => {
    const task = tx.get('task', id);
    tx.update('sample', task?.['sampleNo'] ?? '', { structurePart: tag });
    tx.touch('tasks', id);
  });
  return { id, tag, at: committedAt };
}

const server = await startBenchServer({ core, host: '127.0.0.1', port: 0, rendererFolder: dataFolder });

// What a program without a live working set would ask for: the whole list by one prepared statement, nothing checked.
const wholeList = store.database.prepare(
  `SELECT task.*, sample.*, commission.projectName, item.name AS itemName FROM task JOIN sample USING (sampleNo)
   JOIN commission ON commission.commissionNo = task.commissionNo LEFT JOIN item ON item.itemCode = task.itemCode
   ORDER BY task.dueOn, task.taskId`,
);
const list = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(wholeList.all()));
});
await new Promise<void>((resolve) => list.listen(0, '127.0.0.1', () => resolve()));
const listUrl = `http://127.0.0.1:${(list.address() as AddressInfo).port}/`;

process.on('message', (message) => {
  const request = message as HostRequest;
  if (request.ask === 'commit') void commitMany(request.count, request.everyMs, request.tag);
  else if (request.ask === 'cpu') {
    const { user, system } = process.cpuUsage();
    tell({ told: 'cpu', ms: (user + system) / 1000 });
  } else void end();
});

async function commitMany(count: number, everyMs: number, tag: string): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    tell({ told: 'committed', ...commit(`${tag}-${index}`) });
    // Uneven, so that no beat of the receiver can fit.
    if (everyMs > 0) await sleep(everyMs * (0.5 + Math.random()));
    else await new Promise((resolve) => setImmediate(resolve));
  }
  tell({ told: 'done' });
}

let ending: Promise<void> | null = null;
async function end(): Promise<void> {
  ending ??= (async () => {
    list.closeAllConnections();
    list.close();
    await server.stop();
    await core.stop();
    process.exit(0);
  })();
  return ending;
}
process.on('disconnect', () => void end());
tell({ told: 'ready', url: server.url, enterUrl: server.enterUrl(), listUrl });

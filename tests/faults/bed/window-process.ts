// One window in a process of its own (RxDB's free edition opens 13 collections per process, a window has twelve): the
// renderer's working set over the bench server, with a slow line in between. The parent says when to reload and asks
// for all that the window holds; nothing here ever asks for a resync, so a lost signal would show.
import type { CallName } from '../../../shared/contract/calls.ts';
import type { ContractClient } from '../../../shared/contract/client.ts';
import type { CoreEvent } from '../../../shared/contract/events.ts';
import { collectionNames } from '../../../shared/entities/collections.ts';
import { openWorkingSet, type WorkingSet } from '../../../renderer/live/workingSet.ts';
import { seededRandom, sleep } from './random.ts';
import { BenchWindow } from './windows.ts';

export interface WindowSettings {
  url: string;
  enterUrl: string;
  username: string;
  password: string;
  seed: number;
  /** Longest delay of a call, an answer and an event, ms. */
  latencyMs: number;
}
export type WindowRequest = { ask: 'reload' | 'documents' | 'end' };
export type WindowAnswer =
  | { told: 'ready'; loadMs: number }
  | { told: 'fault'; reason: string }
  | { told: 'documents'; documents: Record<string, Record<string, unknown>[]> };

const settings = JSON.parse(process.argv[2] ?? '{}') as WindowSettings;
const random = seededRandom(settings.seed);
const late = (): Promise<void> => sleep(random.next() * settings.latencyMs);
const tell = (answer: WindowAnswer): void => void process.send?.(answer);

const listeners = new Set<(event: CoreEvent) => void>();
const bench = new BenchWindow({
  core: {
    ready: () => Promise.resolve({ url: settings.url, generation: 1 }),
    enterUrl: () => Promise.resolve(settings.enterUrl),
  },
  username: settings.username,
  password: settings.password,
  onEvent: (event) => {
    void late().then(() => {
      for (const listener of listeners) listener(event);
    });
  },
});
const client: ContractClient = {
  async call(name: CallName, input: never) {
    await late();
    const answer = await bench.call(name, input);
    await late();
    return answer as never;
  },
  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

let set: WorkingSet | null = null;

/** Throws the set away and loads a fresh one; again and again where a fault comes in between, as a window does. */
async function load(): Promise<void> {
  for (;;) {
    await set?.close();
    const started = performance.now();
    let again = false;
    set = await openWorkingSet({
      client,
      batchSize: random.between(20, 400),
      onFault: (reason) => {
        again = true;
        tell({ told: 'fault', reason: reason instanceof Error ? reason.message : JSON.stringify(reason) });
      },
    });
    const loaded = await set.ready.then(
      () => true,
      () => false,
    );
    if (again) continue;
    if (loaded) tell({ told: 'ready', loadMs: performance.now() - started });
    return;
  }
}

let work: Promise<void> = bench.call('session.current', {}).then(load);

process.on('message', (message) => {
  const { ask } = message as WindowRequest;
  // A person does not wait for the end of the loading before loading again.
  if (ask === 'reload') void set?.close();
  work = work.then(async () => {
    if (ask === 'reload') await load();
    else if (ask === 'documents') {
      const documents: Record<string, Record<string, unknown>[]> = {};
      for (const name of collectionNames) {
        const found = (await set?.db.collections[name].find().exec()) ?? [];
        documents[name] = found.map((document) => document.toJSON() as Record<string, unknown>);
      }
      tell({ told: 'documents', documents });
    } else {
      await set?.close();
      bench.close();
      process.disconnect();
    }
  });
});
process.on('disconnect', () => process.exit(0));

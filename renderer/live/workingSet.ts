// The live working set of one window: an RxDB in memory, filled by pulling the store's change feed. Pull only; the
// one live signal is RESYNC. Whatever goes wrong, it is thrown away and loaded again: it holds nothing of its own.
// RxDB's free edition opens 13 collections in a process, so an old set is always closed before a new one is opened.
import { createRxDatabase, type RxCollection, type RxDatabase } from 'rxdb';
import { replicateRxCollection, type RxReplicationState } from 'rxdb/plugins/replication';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { Subject } from 'rxjs';
import type { ContractClient } from '../../shared/contract/client.ts';
import { collectionNames, type CollectionDocument, type CollectionName } from '../../shared/entities/collections.ts';
import { schemaOf } from './schema.ts';

export type LiveCollections = { [N in CollectionName]: RxCollection<CollectionDocument<N>> };
export type LiveDatabase = RxDatabase<LiveCollections>;

interface SequenceCheckpoint {
  seq: number;
}

export interface WorkingSet {
  readonly db: LiveDatabase;
  /** Resolves when every collection holds what the store held; rejects when the set is faulty or closed before. */
  readonly ready: Promise<void>;
  /** Documents per collection, deleted ones not counted. */
  counts(): Promise<Record<CollectionName, number>>;
  /** Pull what is newer, of these collections or of all. Bursts are drawn together: a round per `resyncPauseMs`. */
  resync(collections?: readonly CollectionName[]): void;
  /** Resolves when nothing is being pulled or written into the set. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface WorkingSetOptions {
  client: ContractClient;
  /** Called once, with the reason, when the set must be thrown away. */
  onFault?: (reason: unknown) => void;
  /** Documents per pull; the contract allows up to 5000. */
  batchSize?: number;
}

/** A burst of commits is shown at this pace; the first one is shown at once. */
const resyncPauseMs = 40;
/** A signal names what changed; should one ever be lost, the next after this time asks for everything. */
const wholeEveryMs = 10_000;

let opened = 0;

export async function openWorkingSet(options: WorkingSetOptions): Promise<WorkingSet> {
  const { client, batchSize = 2_000 } = options;
  opened += 1;
  const db: LiveDatabase = await createRxDatabase<LiveCollections>({
    name: `working-set-${opened}`,
    storage: getRxStorageMemory(),
    multiInstance: false,
    eventReduce: true,
    localDocuments: false,
  });

  let closed = false;
  let closing: Promise<void> | null = null;
  let epoch: string | null = null;
  let faulty = false;
  let rejectReady: (reason: unknown) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => {
    rejectReady = reject;
  });
  broken.catch(() => undefined);

  const fault = (reason: unknown): void => {
    if (faulty || closed) return;
    faulty = true;
    rejectReady(reason);
    options.onFault?.(reason);
  };

  const signals = new Map<CollectionName, Subject<'RESYNC'>>();
  const replications: RxReplicationState<unknown, SequenceCheckpoint>[] = [];

  try {
    await db.addCollections(Object.fromEntries(collectionNames.map((name) => [name, { schema: schemaOf(name) }])));
    for (const name of collectionNames) {
      const signal = new Subject<'RESYNC'>();
      signals.set(name, signal);
      const replication = replicateRxCollection<unknown, SequenceCheckpoint>({
        replicationIdentifier: `pull-${name}`,
        collection: db.collections[name],
        live: true,
        waitForLeadership: false,
        toggleOnDocumentVisible: false,
        retryTime: 60_000,
        pull: {
          batchSize,
          stream$: signal,
          async handler(checkpoint, limit) {
            const answer = await client.call('replication.pull', {
              collection: name,
              checkpoint: checkpoint?.seq ?? 0,
              limit,
            });
            if (epoch !== null && epoch !== answer.epoch) {
              fault(new Error('the store behind this window has changed'));
              return { documents: [], checkpoint };
            }
            epoch = answer.epoch;
            return {
              documents: answer.documents.map((document) => ({ ...document, _deleted: document._deleted === true })),
              checkpoint: { seq: answer.checkpoint },
            };
          },
        },
      });
      replication.error$.subscribe(fault);
      replications.push(replication);
    }
  } catch (error) {
    await db.close();
    throw error;
  }

  let pauseTimer: ReturnType<typeof setTimeout> | null = null;
  let wholeAt = performance.now();
  const asked = new Set<CollectionName>();
  const resync = (names: readonly CollectionName[] = collectionNames): void => {
    if (closed || faulty) return;
    for (const name of names) asked.add(name);
    if (pauseTimer !== null || asked.size === 0) return;
    if (performance.now() - wholeAt > wholeEveryMs) for (const name of collectionNames) asked.add(name);
    if (asked.size === collectionNames.length) wholeAt = performance.now();
    const round = [...asked];
    asked.clear();
    for (const name of round) signals.get(name)?.next('RESYNC');
    pauseTimer = setTimeout(() => {
      pauseTimer = null;
      resync([]);
    }, resyncPauseMs);
  };

  const ready = Promise.race([
    Promise.all(replications.map((replication) => replication.awaitInitialReplication())).then(() => undefined),
    broken,
  ]);
  ready.catch(() => undefined);

  const unsubscribe = client.subscribe((event) => {
    if (event.type === 'resync') resync(event.collections);
  });

  return {
    db,
    ready,
    resync,
    async counts() {
      const entries = await Promise.all(
        collectionNames.map(async (name) => [name, await db.collections[name].count().exec()] as const),
      );
      return Object.fromEntries(entries) as Record<CollectionName, number>;
    },
    async settled() {
      const pausing = (): boolean => pauseTimer !== null;
      while (pausing()) await new Promise((resolve) => setTimeout(resolve, resyncPauseMs));
      await Promise.all(replications.map((replication) => replication.awaitInSync()));
    },
    close() {
      closing ??= (async () => {
        closed = true;
        rejectReady(new Error('the working set was closed'));
        unsubscribe();
        if (pauseTimer !== null) clearTimeout(pauseTimer);
        for (const signal of signals.values()) signal.complete();
        await Promise.all(replications.map((replication) => replication.cancel()));
        await db.close();
      })();
      return closing;
    },
  };
}

// The browsers that entered through a single-use address. One browser profile is one client with one core
// connection, so all its tabs share one sign-in and each tab hears every event.
// The ids are kept hashed in the data folder: a browser of yesterday continues at the sign-in page after the server
// was killed, and whoever reads the file cannot enter with it.
import { createHash, randomBytes } from 'node:crypto';
import { readFile, rename, open } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { CoreEvent } from '../../shared/contract/events.ts';
import type { Connection, Core } from '../core/interface.ts';

export const clientsFileName = 'bench-clients.json';
const maximumClients = 64;
const keepDays = 180;
const dayMs = 86_400_000;

const fileSchema = z.object({
  clients: z.array(z.object({ idHash: z.string().length(64), workstation: z.string(), lastSeen: z.string() })),
});
type KnownClient = z.infer<typeof fileSchema>['clients'][number];

export interface EventSink {
  push(event: CoreEvent): void;
}

export interface Client {
  readonly workstation: string;
  readonly connection: Connection;
  readonly sinks: Set<EventSink>;
}

export class Clients {
  private readonly known = new Map<string, KnownClient>();
  private readonly open = new Map<string, Client>();
  private saving: Promise<void> = Promise.resolve();
  private readonly core: Core;
  private readonly dataFolder: string | null;
  private readonly now: () => Date;

  private constructor(core: Core, dataFolder: string | null, now: () => Date) {
    this.core = core;
    this.dataFolder = dataFolder;
    this.now = now;
  }

  /** Without a data folder nothing is kept: every restart asks for a new entry. */
  static async load(core: Core, dataFolder: string | null, now: () => Date = () => new Date()): Promise<Clients> {
    const clients = new Clients(core, dataFolder, now);
    if (dataFolder === null) return clients;
    const oldest = new Date(now().getTime() - keepDays * dayMs).toISOString();
    for (const client of await readKnown(join(dataFolder, clientsFileName))) {
      if (client.lastSeen >= oldest) clients.known.set(client.idHash, client);
    }
    return clients;
  }

  /** Makes a client and answers its id, the only copy in clear; null when there are too many. */
  async admit(): Promise<string | null> {
    if (this.open.size >= maximumClients) return null;
    const id = randomBytes(32).toString('base64url');
    const idHash = hashOf(id);
    this.known.set(idHash, {
      idHash,
      workstation: `browser-${idHash.slice(0, 8)}`,
      lastSeen: this.now().toISOString(),
    });
    this.dropOldest();
    await this.save();
    return id;
  }

  /** The client of a cookie; undefined when this server never admitted it or there are too many at once. */
  find(id: string | undefined): Client | undefined {
    if (id === undefined || id.length > 100) return undefined;
    const idHash = hashOf(id);
    const present = this.open.get(idHash);
    if (present) return present;
    const known = this.known.get(idHash);
    if (!known || this.open.size >= maximumClients) return undefined;
    const sinks = new Set<EventSink>();
    const connection = this.core.connect((event) => {
      for (const sink of sinks) sink.push(event);
    }, known.workstation);
    const client: Client = { workstation: known.workstation, connection, sinks };
    this.open.set(idHash, client);
    known.lastSeen = this.now().toISOString();
    void this.save();
    return client;
  }

  async close(): Promise<void> {
    for (const client of this.open.values()) client.connection.close();
    this.open.clear();
    await this.saving;
  }

  private dropOldest(): void {
    const surplus = this.known.size - maximumClients * 4;
    if (surplus <= 0) return;
    const byAge = [...this.known.values()].sort((a, b) => (a.lastSeen < b.lastSeen ? -1 : 1));
    for (const client of byAge.slice(0, surplus)) if (!this.open.has(client.idHash)) this.known.delete(client.idHash);
  }

  /** Writes are queued; each replaces the file whole, so a crash leaves the old list or the new one. */
  private save(): Promise<void> {
    const folder = this.dataFolder;
    if (folder === null) return Promise.resolve();
    const write = async (): Promise<void> => {
      const path = join(folder, clientsFileName);
      const temporary = `${path}.tmp`;
      const handle = await open(temporary, 'w', 0o600);
      try {
        await handle.writeFile(JSON.stringify({ clients: [...this.known.values()] }, null, 1));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, path);
    };
    // A list that cannot be written costs one more entry through the launcher, nothing else: not worth a refusal.
    this.saving = this.saving.then(write).catch(() => undefined);
    return this.saving;
  }
}

export function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}

async function readKnown(path: string): Promise<KnownClient[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  try {
    return fileSchema.parse(JSON.parse(text)).clients;
  } catch {
    // A damaged list is no reason not to start: browsers enter anew.
    return [];
  }
}

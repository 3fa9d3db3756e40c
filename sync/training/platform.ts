// Starts the embedded platform: a real HTTP server with its own SQLite file, in this process or, through main.ts, in
// one of its own. `npm start` uses it until a real platform is set; it doubles as the training mode.
import { createAdaptorServer } from '@hono/node-server';
import { type AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { ConsoleDoor } from './console/door.ts';
import { type PlatformContext } from './context.ts';
import { countRows, openPlatformDatabase, type PlatformCounts, type PlatformDatabase } from './database.ts';
import { type FaultSwitches, NO_FAULTS } from './faults.ts';
import { plantLab, type TrainingLab } from './seed.ts';
import { createRequestLog } from './requests.ts';
import { createSupervisor, type Supervisor } from './supervisor.ts';

export interface TrainingPlatformOptions {
  /** The platform's own SQLite file; created on the first start. */
  file: string;
  host?: string;
  /** 0 takes any free port. */
  port?: number;
  /** Base of the address printed in QR codes, without a slash at the end; the server's own address by default. */
  publicBase?: string;
  /** Planted when the file holds no institution yet; afterwards the file is the truth. */
  seed?: TrainingLab;
  clock?: () => number;
  log?: (event: Record<string, unknown>) => void;
  /** Switches on `/admin/…` for whoever sends it as a bearer token, and the supervisor's console. */
  adminToken?: string;
}

export interface TrainingPlatform {
  url: string;
  stop(): Promise<void>;
  /** Live switches: assign to them, or reset them all. */
  faults: FaultSwitches;
  resetFaults(): void;
  supervisor: Supervisor;
  /** A single-use address of the console, good until the platform stops; undefined without an admin token. */
  consoleUrl(): string | undefined;
  counts(): PlatformCounts;
  /** A code as the platform keeps it, for comparing with what a client believes. */
  codes(): Array<{ code: string; reportNo: string; revision: number; digest: string }>;
  /** The stored payload of the latest revision of an entry. */
  storedEntry(kind: string, key: string): unknown;
}

function readCodes(db: PlatformDatabase): ReturnType<TrainingPlatform['codes']> {
  return db
    .prepare<[], { code: string; reportNo: string; revision: number; digest: string }>(
      'SELECT code, report_no AS reportNo, revision, digest FROM report_code ORDER BY issued_at, code',
    )
    .all();
}

function readEntry(db: PlatformDatabase, kind: string, key: string): unknown {
  const row = db
    .prepare<[string, string], { payload: string }>(
      'SELECT payload FROM entry WHERE kind = ? AND key = ? ORDER BY revision DESC LIMIT 1',
    )
    .get(kind, key);
  return row === undefined ? undefined : JSON.parse(row.payload);
}

export async function startTrainingPlatform(options: TrainingPlatformOptions): Promise<TrainingPlatform> {
  const clock = options.clock ?? Date.now;
  const faults: FaultSwitches = { ...NO_FAULTS };
  const db = openPlatformDatabase(options.file);
  let url = '';
  const context: PlatformContext = {
    db,
    now: () => clock() + faults.clockSkewMs,
    publicBase: () => options.publicBase ?? url,
  };
  try {
    const { seed } = options;
    if (seed !== undefined) db.transaction(() => plantLab(db, seed)).immediate();
    const supervisor = createSupervisor(context, faults);
    const requests = createRequestLog();
    const door = options.adminToken === undefined ? undefined : new ConsoleDoor(options.adminToken);
    const log = options.log ?? (() => undefined);
    const app = createApp({ context, faults, supervisor, requests, adminToken: options.adminToken, door, log });
    const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, options.host ?? '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
    const { address, port, family } = server.address() as AddressInfo;
    url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
    let stopped: Promise<void> | undefined;
    return {
      url,
      faults,
      supervisor,
      consoleUrl: () => (door === undefined ? undefined : `${url}${door.entryPath()}`),
      resetFaults: () => void Object.assign(faults, NO_FAULTS),
      counts: () => countRows(db),
      codes: () => readCodes(db),
      storedEntry: (kind, key) => readEntry(db, kind, key),
      stop: () => {
        stopped ??= new Promise<void>((resolve) => {
          server.close(() => {
            db.close();
            resolve();
          });
          if ('closeAllConnections' in server) server.closeAllConnections();
        });
        return stopped;
      },
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

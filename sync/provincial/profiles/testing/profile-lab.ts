// What the shared tests need of any profile: its simulator seen from behind, its port, a store on disk and the engine with
// the waiting times of a test. Each profile's tests say how these are opened.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProvincialEngine, type EngineTiming, type ProvincialEngine } from '../../engine.ts';
import type { ProvincialPort } from '../../port.ts';
import type { EntryKind, OutboxEntry } from '../../sync-store.ts';
import { FileStore } from '../../testing/file-store.ts';
import { QUICK, settle } from '../../testing/lab.ts';

export interface Holdings {
  commission: number;
  medium: number;
  /** Runs, records and modifications. */
  entry: number;
  report: number;
  code: number;
  file: number;
}

/** A simulator as its operator sees it. */
export interface Opponent {
  holdings(): Holdings;
  codes(): { code: string; reportNo: string; revision: number }[];
  /** Digests of the contents held under one key; more than one entry is a double. */
  digests(kind: EntryKind, key: string): string[];
  lock(commissionNo: string, reason: string): void;
  unlock(commissionNo: string, reason: string): void;
  /** Switches random faults on (a generator in [0, 1)) or off. */
  cut(random: (() => number) | null): void | Promise<void>;
  stop(): Promise<void>;
}

export type ClosablePort = ProvincialPort & { close(): void };

export interface ProfileLab {
  opponent: Opponent;
  port: ClosablePort;
  store: FileStore;
  engine: ProvincialEngine;
  /** Same disk, new process: a new store object, a new port, a new engine. */
  restart(): void;
  settle(passes?: number): Promise<void>;
  entry(kind: EntryKind, key?: string): OutboxEntry;
  close(): Promise<void>;
}

export interface Opening {
  opponent: Opponent;
  createPort(store: FileStore): ClosablePort;
}

export const SECRET = 'training-secret-0123456789';

export async function openProfileLab(
  open: (folder: string) => Promise<Opening>,
  timing: Partial<EngineTiming> = {},
): Promise<ProfileLab> {
  const folder = mkdtempSync(join(tmpdir(), 'jiantai-profile-'));
  const { opponent, createPort } = await open(folder);
  const start = (): Pick<ProfileLab, 'port' | 'store' | 'engine'> => {
    const store = new FileStore(join(folder, 'outbox.json'));
    const port = createPort(store);
    return { store, port, engine: createProvincialEngine({ port, store, timing: { ...QUICK, ...timing } }) };
  };
  const lab: ProfileLab = {
    opponent,
    ...start(),
    restart() {
      lab.port.close();
      Object.assign(lab, start());
    },
    settle: (passes = 80) => settle(() => lab.engine, passes),
    entry(kind, key) {
      const found = lab.store.document.entries.findLast(
        (entry) => entry.kind === kind && (key === undefined || entry.key === key),
      );
      if (found === undefined) throw new Error(`no ${kind} ${key ?? ''}`);
      return found;
    },
    async close() {
      await lab.engine.stop(0);
      lab.port.close();
      await opponent.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return lab;
}

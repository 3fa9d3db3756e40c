// The processes of a campaign: the platform, and seats with their stores filled, each to be killed and started again.
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end, launch } from '../bed/children.ts';
import type { Opponent } from './opponents.ts';
import type { SeatState } from './seat.ts';
import { fillSeat, type Job, jobsOf } from './work.ts';

/** Memory that outlives a killed process, and no disk to wait for. */
export const memoryFolder = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export class Seat {
  readonly folder: string;
  readonly jobs: readonly Job[];
  readonly args: string[];
  readonly #secret: string;
  child: ChildProcess | null = null;
  state: SeatState | null = null;
  halts = 0;

  constructor(folder: string, jobs: readonly Job[], args: string[], secret: string) {
    this.folder = folder;
    this.jobs = jobs;
    this.args = args;
    this.#secret = secret;
  }

  open(): void {
    const child = launch('tests/faults/chaos/seat.ts', this.args, (text) => process.stderr.write(text), {
      SEAT_SECRET: this.#secret,
    });
    this.child = child;
    child.on('message', (message) => {
      const state = message as SeatState;
      if (state.halt !== null && this.state?.halt !== state.halt) {
        // A person reads the banner and presses 立即上传.
        this.halts += 1;
        setTimeout(() => child.connected && child.send('push'), 200);
      }
      this.state = state;
    });
  }

  async kill(): Promise<void> {
    if (this.child) await end(this.child, 'SIGKILL');
    this.state = null;
  }
}

export interface LabFile {
  institution: { orgCode: string };
  credentials: { accessKey: string; secret: string };
}

/** What the platform wrote on its first start into this folder. */
export const readLab = (folder: string): LabFile =>
  JSON.parse(readFileSync(join(folder, 'lab.json'), 'utf8')) as LabFile;

export interface SeatOptions {
  opponent: Opponent;
  folder: string;
  url: string;
  lab: LabFile;
  seat: number;
  records: number;
  reports: number;
  /** How far its clock is off, ms. */
  skew: number;
}

/** Fills the seat's store; its process is started by `open`. */
export function openSeat({ opponent, folder, url, lab, seat, records, reports, skew }: SeatOptions): Seat {
  const jobs = jobsOf(seat, records, reports, opponent.id);
  fillSeat(folder, seat, jobs, opponent.id);
  const { orgCode } = lab.institution;
  const { accessKey, secret } = lab.credentials;
  const key = opponent.accountPerSeat && seat > 1 ? accountOf(seat) : accessKey;
  const named = { profile: opponent.id, folder, url, org: orgCode, key, seat, records, reports, skew };
  const args = Object.entries(named).map(([name, value]) => `--${name}=${value}`);
  return new Seat(folder, jobs, args, secret);
}

export const accountOf = (seat: number): string => `seat-${seat}`;

export interface PlatformChild {
  child: ChildProcess;
  url: string;
}

/** `port` only where it listens on one. */
export async function startPlatform(opponent: Opponent, folder: string, port: string): Promise<PlatformChild> {
  const args = [...opponent.args(folder), ...(opponent.network ? ['--port', port] : [])];
  const child = launch(opponent.main, args, (text) => process.stderr.write(text));
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout!.once('data', (chunk: Buffer) => resolve(chunk.toString().split('\n')[0]!));
    child.once('exit', (code, signal) =>
      reject(new Error(`the platform ended (${signal ?? code}) before it was ready`)),
    );
  });
  return { child, url: (JSON.parse(line) as { url: string }).url };
}

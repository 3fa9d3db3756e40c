// A lab for fault tests: the platform, the machine and the core, each a process of its own, and a memory of what the core
// has acknowledged.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CallName } from '../../../shared/contract/calls.ts';
import { startVirtualMachine, type VirtualMachine } from '../../../main/instruments/virtual/index.ts';
import { openReadOnly } from '../../../main/store/readOnly.ts';
import { isAlive, startCore, startPlatform, type CoreProcess, type PlatformProcess } from './children.ts';
import { checkAll } from './checks.ts';
import { Job } from './job.ts';
import { Ledger } from './ledger.ts';
import { prepareLabFolder } from './prepare.ts';
import { sleep } from './random.ts';

export interface LabOptions {
  seed: number;
  /** A folder of the system's temporary one when left out; it goes away when nothing was found. */
  folder?: string;
}

export class FaultLab {
  readonly folder: string;
  readonly dataFolder: string;
  readonly core: CoreProcess;
  readonly machine: VirtualMachine;
  readonly platform: PlatformProcess;
  readonly ledger = new Ledger();

  private constructor(parts: {
    folder: string;
    core: CoreProcess;
    machine: VirtualMachine;
    platform: PlatformProcess;
  }) {
    this.folder = parts.folder;
    this.dataFolder = join(parts.folder, 'lab');
    this.core = parts.core;
    this.machine = parts.machine;
    this.platform = parts.platform;
  }

  static async start({ seed, folder: given }: LabOptions): Promise<FaultLab> {
    const folder = resolve(given ?? mkdtempSync(join(tmpdir(), 'jiantai-faults-')));
    mkdirSync(folder, { recursive: true });
    const platform = await startPlatform(folder);
    // 20 lines a second at fifty times the speed: a cube is crushed in a little over a second.
    const machine = await startVirtualMachine({ endpoint: 'pty', rateHz: 20, speed: 50, seed: seed || 1 });
    await prepareLabFolder(join(folder, 'lab'), platform, machine.path);
    return new FaultLab({ folder, core: startCore(join(folder, 'lab')), machine, platform });
  }

  openJob(sampleCode: string, onCall?: (name: CallName) => void): Job {
    const { core, machine, ledger } = this;
    return new Job({ core, machine, ledger, sampleCode, ...(onCall ? { onCall } : {}) });
  }

  /** What is wrong while the core runs. */
  check(): Promise<string[]> {
    return this.#check(false);
  }

  /**
   * Starts the core once more, so that what the last death left behind is adopted, lets the queue run empty, ends the
   * core as a person does, and looks at everything.
   */
  async settle(): Promise<string[]> {
    const faults: string[] = [];
    await this.core.ready();
    await this.core.stop();
    this.core.restart();
    await this.core.ready();
    await this.#emptyQueue();
    await this.core.stop();
    for (const pid of this.core.leftBehind) {
      for (const end = Date.now() + 10_000; isAlive(pid) && Date.now() < end;) await sleep(100);
      if (isAlive(pid)) faults.push(`port process ${pid} outlived its core`);
    }
    for (const line of this.core.log.split('\n')) {
      if (/"message":"call \S+ failed"/.test(line)) faults.push(`internal error: ${line.slice(0, 600)}`);
    }
    return [...faults, ...(await this.#check(true))];
  }

  async stop(keep = false): Promise<void> {
    await this.core.stop();
    await this.machine.stop();
    await this.platform.stop();
    if (!keep) rmSync(this.folder, { recursive: true, force: true });
  }

  #check(settled: boolean): Promise<string[]> {
    const { ledger, dataFolder } = this;
    return checkAll({ ledger, dataFolder, platformFile: this.platform.file, settled });
  }

  async #emptyQueue(): Promise<void> {
    const store = openReadOnly(this.dataFolder);
    try {
      for (const end = Date.now() + 60_000; Date.now() < end; await sleep(200)) {
        if (!store.first(`SELECT 1 FROM outbox WHERE state NOT IN ('accepted', 'rejected', 'parked')`)) return;
      }
    } finally {
      store.close();
    }
  }
}

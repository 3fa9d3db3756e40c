// Keeps a core running for the windows. When its process dies, it is started again (a few times, not for ever) and
// every window's connection is made anew: the person continues at the sign-in page, with everything saved in place.
import type { Reply } from '../../shared/contract/call.ts';
import type { CoreEvent } from '../../shared/contract/events.ts';
import type { Connection, Core } from '../core/interface.ts';
import { refusal, refusals } from '../server/refusals.ts';
import type { LinkedCore } from './core-link.ts';

export interface CoreProcess {
  readonly core: LinkedCore;
  /** Called once, when the process has ended for whatever reason. */
  onExit(listener: () => void): void;
  kill(): void;
}

export interface CoreKeeperOptions {
  readonly spawn: () => CoreProcess;
  /** The core is back; windows must load again, their sessions are gone. */
  readonly onRestarted: () => void;
  /** It died too often in a row; nothing more is tried. */
  readonly onGivenUp: (error: unknown) => void;
  readonly now?: () => number;
  readonly pauseMs?: number;
}

const mostRestarts = 5;
const withinMs = 120_000;
const stopPatienceMs = 10_000;

interface Kept {
  readonly listener: (event: CoreEvent) => void;
  readonly workstation: string;
  connection: Connection | null;
}

export class CoreKeeper implements Core {
  private readonly kept = new Set<Kept>();
  private readonly falls: number[] = [];
  private process: CoreProcess | null = null;
  private stopping = false;
  private nextId = 1;
  private readonly options: CoreKeeperOptions;

  constructor(options: CoreKeeperOptions) {
    this.options = options;
  }

  /** Resolves when the core serves for the first time; rejects with its refusal when it cannot start at all. */
  async start(): Promise<void> {
    const process = this.options.spawn();
    this.process = process;
    let served = false;
    process.onExit(() => {
      process.core.broken();
      if (served && !this.stopping) void this.restart();
    });
    try {
      await process.core.ready;
      served = true;
    } catch (error) {
      process.kill();
      throw error;
    }
    for (const one of this.kept) one.connection = process.core.connect(one.listener, one.workstation);
  }

  connect(listener: (event: CoreEvent) => void, workstation: string): Connection {
    const one: Kept = { listener, workstation, connection: this.process?.core.connect(listener, workstation) ?? null };
    this.kept.add(one);
    return {
      id: `k${this.nextId++}`,
      call: (name, input): Promise<Reply> =>
        one.connection?.call(name, input) ?? Promise.resolve(refusal(refusals.coreStopped)),
      close: () => {
        this.kept.delete(one);
        one.connection?.close();
      },
    };
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const process = this.process;
    if (!process) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, stopPatienceMs);
    });
    await Promise.race([process.core.stop(), patience]);
    clearTimeout(timer);
    process.kill();
  }

  private async restart(): Promise<void> {
    const now = (this.options.now ?? Date.now)();
    this.falls.push(now);
    while ((this.falls[0] ?? now) < now - withinMs) this.falls.shift();
    if (this.falls.length > mostRestarts) {
      this.options.onGivenUp(new Error(`core ended ${this.falls.length} times within ${withinMs / 1000} s`));
      return;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, this.options.pauseMs ?? 1000);
    });
    if (this.stopping) return;
    try {
      await this.start();
      this.options.onRestarted();
    } catch (error) {
      this.options.onGivenUp(error);
    }
  }
}

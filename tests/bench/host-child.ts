// This side of the host process: commits on demand, and a window's client over the bench server's HTTP and WebSocket.
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallName } from '../../shared/contract/calls.ts';
import type { ContractClient } from '../../shared/contract/client.ts';
import type { CoreEvent } from '../../shared/contract/events.ts';
import { trainingPassword } from '../../main/core/training/trainingLab.ts';
import { BenchWindow } from '../faults/bed/windows.ts';
import type { HostAnswer, HostRequest } from './host.ts';

export interface Committed {
  id: string;
  tag: string;
  at: number;
}

export class Host {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #listeners = new Set<(answer: HostAnswer) => void>();
  #ready = { url: '', enterUrl: '', listUrl: '' };

  private constructor(child: ChildProcess, folder: string) {
    this.#child = child;
    this.#folder = folder;
    child.on('message', (message) => {
      for (const listener of this.#listeners) listener(message as HostAnswer);
    });
  }

  static async start(tasks: number): Promise<Host> {
    const folder = mkdtempSync(join(tmpdir(), 'jiantai-bench-'));
    const child = fork(join(import.meta.dirname, 'host.ts'), [folder, String(tasks)], {
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const host = new Host(child, folder);
    const ended = new Promise<never>((_, reject) => {
      child.once('exit', (code) => reject(new Error(`the host ended with ${code}`)));
    });
    ended.catch(() => undefined);
    host.#ready = await Promise.race([host.#hear('ready'), ended]);
    return host;
  }

  /** Gives all tasks with what a list shows of them, by one statement. */
  get listUrl(): string {
    return this.#ready.listUrl;
  }

  /** A window that is signed in; one per host, because the entry address counts once. */
  async client(): Promise<ContractClient & { close(): void }> {
    const { url, enterUrl } = this.#ready;
    const listeners = new Set<(event: CoreEvent) => void>();
    const window = new BenchWindow({
      core: { ready: () => Promise.resolve({ url, generation: 1 }), enterUrl: () => Promise.resolve(enterUrl) },
      username: 'jiance',
      password: trainingPassword,
      onEvent: (event) => {
        for (const listener of listeners) listener(event);
      },
    });
    await window.call('session.current', {});
    return {
      call: (name: CallName, input: never) => window.call(name, input) as never,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      close: () => window.close(),
    };
  }

  /** Commits one after the other; `onCommit` hears of each. Resolves after the last. */
  async commit(count: number, everyMs: number, tag: string, onCommit?: (committed: Committed) => void): Promise<void> {
    const listener = (answer: HostAnswer): void => {
      if (answer.told === 'committed') onCommit?.(answer);
    };
    this.#listeners.add(listener);
    this.#ask({ ask: 'commit', count, everyMs, tag });
    await this.#hear('done');
    this.#listeners.delete(listener);
  }

  /** Processor time of the host so far, ms. */
  async cpuMs(): Promise<number> {
    this.#ask({ ask: 'cpu' });
    return (await this.#hear('cpu')).ms;
  }

  async stop(): Promise<void> {
    const gone = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    this.#ask({ ask: 'end' });
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    await gone;
    clearTimeout(timer);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #ask(request: HostRequest): void {
    this.#child.send(request);
  }

  #hear<T extends HostAnswer['told']>(told: T): Promise<Extract<HostAnswer, { told: T }>> {
    return new Promise((resolve) => {
      const listener = (answer: HostAnswer): void => {
        if (answer.told !== told) return;
        this.#listeners.delete(listener);
        resolve(answer as Extract<HostAnswer, { told: T }>);
      };
      this.#listeners.add(listener);
    });
  }
}

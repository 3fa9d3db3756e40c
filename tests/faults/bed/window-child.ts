// The driver's side of a window process.
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { WindowAnswer, WindowRequest, WindowSettings } from './window-process.ts';

export class WindowChild {
  readonly #child: ChildProcess;
  readonly #ready: Promise<void>;
  #waiting: ((documents: Record<string, Record<string, unknown>[]>) => void)[] = [];
  reloads = 0;
  faults: string[] = [];
  loadMs: number[] = [];

  constructor(settings: WindowSettings) {
    this.#child = fork(join(import.meta.dirname, 'window-process.ts'), [JSON.stringify(settings)], {
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    this.#ready = new Promise((resolve, reject) => {
      this.#child.once('exit', (code) => reject(new Error(`window ended with ${code}`)));
      this.#child.on('message', (message) => {
        const answer = message as WindowAnswer;
        if (answer.told === 'documents') this.#waiting.shift()?.(answer.documents);
        else if (answer.told === 'fault') this.faults.push(answer.reason);
        else {
          this.loadMs.push(answer.loadMs);
          resolve();
        }
      });
    });
  }

  ready(): Promise<void> {
    return this.#ready;
  }

  reload(): void {
    this.reloads += 1;
    this.#ask('reload');
  }

  documents(): Promise<Record<string, Record<string, unknown>[]>> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#ask('documents');
    });
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    this.#ask('end');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5_000);
    await gone;
    clearTimeout(timer);
  }

  #ask(ask: WindowRequest['ask']): void {
    this.#child.send({ ask } satisfies WindowRequest, undefined, undefined, () => undefined);
  }
}

// Starts a virtual machine or instrument as a process of its own, waits until its port is there, and ends it.
import { fork } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../../shared/errors/appError.ts';

export interface Started<Command, Event> {
  /** Serial path or `tcp://127.0.0.1:port`. */
  readonly path: string;
  readonly pid: number;
  send(command: Command): void;
  on(handler: (event: Event) => void): () => void;
  stop(): Promise<void>;
}

const READY_LIMIT_MS = 15_000;
const STOP_LIMIT_MS = 3000;

export async function startProcess<Command, Event extends { event: string }>(
  entry: string,
  options: unknown,
  name: string,
): Promise<Started<Command, Event>> {
  const child = fork(entry, [JSON.stringify(options)], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const handlers = new Set<(event: Event) => void>();
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const path = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(startError(name, '在规定时间内没有就绪'));
    }, READY_LIMIT_MS);
    child.once('error', (error) => reject(startError(name, error.message)));
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(startError(name, `启动后退出，退出码 ${code}`));
    });
    child.on('message', (message) => {
      const event = message as Event & { path?: string };
      if (event.event === 'ready' && event.path !== undefined) {
        clearTimeout(timer);
        resolve(event.path);
      }
      for (const handler of handlers) handler(event);
    });
  });
  const post = (message: unknown): void => {
    if (child.connected) child.send(message as object, undefined, undefined, () => undefined);
  };
  return {
    path,
    pid: child.pid as number,
    send: post,
    on(handler) {
      handlers.add(handler);
      return () => void handlers.delete(handler);
    },
    async stop() {
      post({ command: 'stop' });
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await exited;
      clearTimeout(timer);
      // One that had to be killed leaves its symlink.
      if (!path.startsWith('tcp:')) await rm(dirname(path), { recursive: true, force: true });
    },
  };
}

function startError(name: string, why: string): AppError {
  return new AppError({
    code: 'instrument.virtual-machine',
    message: `${name}没有启动：${why}。`,
    meaning: '训练模式下没有可用的仪器。',
    next: '重新启动程序；仍不行时查看运行日志。',
  });
}

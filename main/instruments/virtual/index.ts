// Starts a virtual compression machine as a process of its own and gives the path to open and the levers to pull.
import { fork } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../../shared/errors/appError.ts';
import type { MachineCommand, MachineEvent, MachineOptionsInput } from './options.ts';

export { virtualMachineProfile } from './options.ts';
export type { MachineEvent, MachineFault, MachineOptionsInput } from './options.ts';

export interface VirtualMachine {
  /** Serial path or `tcp://127.0.0.1:port`. */
  readonly path: string;
  readonly pid: number;
  readonly control: {
    /** The next specimen of the row, or one of the given strength. Ignored while one is under load. */
    next(strength_MPa?: number, rate_MPa_per_s?: number): void;
    pull(): void;
    plug(): void;
    fault(fault: Extract<MachineCommand, { command: 'fault' }>['fault']): void;
  };
  on(handler: (event: MachineEvent) => void): () => void;
  stop(): Promise<void>;
}

const READY_LIMIT_MS = 15_000;

export async function startVirtualMachine(
  options: MachineOptionsInput = {},
  entry = fileURLToPath(new URL('./compression-machine.ts', import.meta.url)),
): Promise<VirtualMachine> {
  const child = fork(entry, [JSON.stringify(options)], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const handlers = new Set<(event: MachineEvent) => void>();
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const path = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(startError('在规定时间内没有就绪'));
    }, READY_LIMIT_MS);
    child.once('error', (error) => reject(startError(error.message)));
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(startError(`启动后退出，退出码 ${code}`));
    });
    child.on('message', (message) => {
      const event = message as MachineEvent;
      if (event.event === 'ready') {
        clearTimeout(timer);
        resolve(event.path);
      }
      for (const handler of handlers) handler(event);
    });
  });
  const send = (command: MachineCommand): void => {
    if (child.connected) child.send(command, undefined, undefined, () => undefined);
  };
  return {
    path,
    pid: child.pid as number,
    control: {
      next: (strength_MPa, rate_MPa_per_s) =>
        send({
          command: 'next',
          ...(strength_MPa === undefined ? {} : { strength_MPa }),
          ...(rate_MPa_per_s === undefined ? {} : { rate_MPa_per_s }),
        }),
      pull: () => send({ command: 'pull' }),
      plug: () => send({ command: 'plug' }),
      fault: (fault) => send({ command: 'fault', fault }),
    },
    on(handler) {
      handlers.add(handler);
      return () => void handlers.delete(handler);
    },
    async stop() {
      send({ command: 'stop' });
      const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
      await exited;
      clearTimeout(timer);
      // A machine that had to be killed leaves its symlink.
      if (!path.startsWith('tcp:')) await rm(dirname(path), { recursive: true, force: true });
    },
  };
}

function startError(why: string): AppError {
  return new AppError({
    code: 'instrument.virtual-machine',
    message: `虚拟压力试验机没有启动：${why}。`,
    meaning: '训练模式下没有可用的仪器。',
    next: '重新启动程序；仍不行时查看运行日志。',
  });
}

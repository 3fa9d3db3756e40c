// How the port process is started. Node forks the entry file; Electron's shell passes an adapter of its own around
// utilityProcess.fork with the bundled entry. Both speak the same messages.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromPortProcess, RequestMessage } from './protocol.ts';

export interface PortProcess {
  readonly pid: number | undefined;
  send(message: RequestMessage): void;
  onMessage(handler: (message: FromPortProcess) => void): void;
  /** Called once, however the process ended. */
  onExit(handler: (how: string) => void): void;
  /** Ends it at once; for a process that no longer answers. */
  kill(): void;
}

export type SpawnPortProcess = () => PortProcess;

export function forkPortProcess(
  entry = fileURLToPath(new URL('./port-process/main.ts', import.meta.url)),
): PortProcess {
  const child = fork(entry, [], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return {
    pid: child.pid,
    send(message) {
      if (child.connected) child.send(message, undefined, undefined, () => undefined);
    },
    onMessage: (handler) => void child.on('message', (message) => handler(message as FromPortProcess)),
    onExit(handler) {
      let told = false;
      const once = (how: string): void => {
        if (told) return;
        told = true;
        handler(how);
      };
      child.on('exit', (code, signal) => once(signal ?? `退出码 ${code}`));
      child.on('error', (error) => once(error.message));
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

// The core starts processes of its own (instrument ports, training machines) with child_process.fork. In the desktop
// program there is no plain Node to fork: the fuse `runAsNode` is off, so that nobody can use our signed executable
// as one. The shell starts them as utility processes instead, and this file carries the talk between: the core's end
// looks like ChildProcess, the shell's end owns the processes and ends them when the core is gone.
import type { ChildProcess, ForkOptions } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { basename } from 'node:path';
import type { Wire } from './core-link.ts';

type ToShell =
  | { kind: 'fork'; fork: number; entry: string; args: string[] }
  | { kind: 'fork.send'; fork: number; message: unknown }
  | { kind: 'fork.kill'; fork: number };

type FromShell =
  | { kind: 'fork.started'; fork: number; pid: number }
  | { kind: 'fork.message'; fork: number; message: unknown }
  | { kind: 'fork.exit'; fork: number; code: number };

/** The environment variable that tells the started process what to run; see forked-entry.ts. */
export const forkedVariable = 'JIANTAI_FORKED';

// ---- the shell's end

export interface UtilityChild {
  readonly pid: number | undefined;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'spawn', listener: () => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
  postMessage(message: unknown): void;
  kill(): boolean;
}

/** Starts the named entries for the core; answers a function that ends all of them. */
export function serveForks(
  wire: Wire,
  entries: readonly string[],
  start: (entry: string, args: string[]) => UtilityChild,
): () => void {
  const children = new Map<number, UtilityChild>();
  const post = (message: FromShell): void => wire.post(message);
  wire.listen((raw) => {
    const message = raw as ToShell;
    if (message.kind === 'fork') {
      const fork = message.fork;
      // Only what was built for it: the core names a file, and never an arbitrary one.
      if (!entries.includes(message.entry)) {
        post({ kind: 'fork.exit', fork, code: 127 });
        return;
      }
      const child = start(message.entry, message.args);
      children.set(fork, child);
      child.once('spawn', () => post({ kind: 'fork.started', fork, pid: child.pid ?? 0 }));
      child.on('message', (content) => post({ kind: 'fork.message', fork, message: content }));
      child.once('exit', (code) => {
        children.delete(fork);
        post({ kind: 'fork.exit', fork, code });
      });
    } else if (message.kind === 'fork.send') children.get(message.fork)?.postMessage(message.message);
    else if (message.kind === 'fork.kill') children.get(message.fork)?.kill();
  });
  return () => {
    for (const child of children.values()) child.kill();
    children.clear();
  };
}

// ---- the core's end

class RemoteChild extends EventEmitter {
  pid: number | undefined;
  connected = true;
  exitCode: number | null = null;
  private readonly number: number;
  private readonly post: (message: ToShell) => void;
  private readonly endProcess: (pid: number, signal: NodeJS.Signals) => void;

  constructor(
    number: number,
    post: (message: ToShell) => void,
    endProcess: (pid: number, signal: NodeJS.Signals) => void,
  ) {
    super();
    this.number = number;
    this.post = post;
    this.endProcess = endProcess;
  }

  send(message: unknown, ...rest: unknown[]): boolean {
    const told = rest.find((one) => typeof one === 'function') as ((error: Error | null) => void) | undefined;
    if (this.connected) this.post({ kind: 'fork.send', fork: this.number, message });
    told?.(this.connected ? null : new Error('channel closed'));
    return this.connected;
  }

  /** A hung process answers no polite request, so SIGKILL goes straight to it; the rest is asked of the shell. */
  kill(signal: NodeJS.Signals = 'SIGTERM'): boolean {
    if (!this.connected) return false;
    if (signal === 'SIGKILL' && this.pid !== undefined) this.endProcess(this.pid, signal);
    else this.post({ kind: 'fork.kill', fork: this.number });
    return true;
  }
}

export type ForkFunction = (entry: string, args?: readonly string[], options?: ForkOptions) => ChildProcess;

/** A `fork` that asks the shell; it takes the place of child_process.fork in the core's process. */
export function forkThroughShell(
  wire: Wire,
  endProcess: (pid: number, signal: NodeJS.Signals) => void = (pid, signal) => void process.kill(pid, signal),
): ForkFunction {
  const children = new Map<number, RemoteChild>();
  const post = (message: ToShell): void => wire.post(message);
  let next = 1;
  wire.listen((raw) => {
    const message = raw as FromShell;
    const child = children.get(message.fork);
    if (!child) return;
    if (message.kind === 'fork.started') {
      child.pid = message.pid;
      child.emit('spawn');
    } else if (message.kind === 'fork.message') child.emit('message', message.message);
    else if (message.kind === 'fork.exit') {
      children.delete(message.fork);
      child.connected = false;
      child.exitCode = message.code;
      child.emit('exit', message.code, null);
      child.emit('close', message.code, null);
      child.emit('disconnect');
    }
  });
  return (entry, args = []) => {
    const number = next++;
    const child = new RemoteChild(number, post, endProcess);
    children.set(number, child);
    post({ kind: 'fork', fork: number, entry: basename(entry), args: [...args] });
    return child as unknown as ChildProcess;
  };
}

// What a shell (Electron, the bench server, the command line) sees of the core: connections, one door, a stop.
import type { Reply } from '../../shared/contract/call.ts';
import type { CoreEvent } from '../../shared/contract/events.ts';

/** Seals secrets with what the shell has: the OS keyring in Electron, an owner-only key file elsewhere. */
export interface SecretBox {
  seal(plain: string): Promise<string>;
  open(sealed: string): Promise<string>;
}

export interface CoreOptions {
  /** Folder of the store, run files, report files and keys. Created when missing. */
  dataFolder: string;
  secrets: SecretBox;
  /** Fonts for reports; the packages' own folder when not given. */
  fontsFolder?: string;
  /** Starts the embedded platform and seeds the training lab when no platform is set. */
  training?: boolean;
  /** Machines without a port are virtual ones, as in training; `training` implies it. */
  virtualMachines?: boolean;
  /** Time compression of the virtual machine; 1 is real time. */
  virtualSpeed?: number;
  log?: (level: 'info' | 'warn' | 'error', message: string, facts?: Record<string, unknown>) => void;
}

/** One window, one browser tab's transport, or one command line; it carries a session of its own. */
export interface Connection {
  readonly id: string;
  call(name: string, input: unknown): Promise<Reply>;
  close(): void;
}

export interface Core {
  connect(listener: (event: CoreEvent) => void, workstation: string): Connection;
  stop(): Promise<void>;
}

// What every service is handed: the store, the clock, files, secrets, settings and a voice. Nothing here knows a transport.
import type { BenchState, User } from '../../shared/contract/answers.ts';
import type { CallName, CallOutput, ParsedInput } from '../../shared/contract/calls.ts';
import type { CoreEvent } from '../../shared/contract/events.ts';
import type { AuditActor } from '../store/audit.ts';
import type { Store } from '../store/store.ts';
import type { ClockGuard } from './clock/clockGuard.ts';
import type { FileStore } from './files/fileStore.ts';
import type { CoreOptions, SecretBox } from './interface.ts';

export type Log = NonNullable<CoreOptions['log']>;

export interface Context {
  readonly store: Store;
  readonly files: FileStore;
  readonly secrets: SecretBox;
  readonly dataFolder: string;
  readonly log: Log;
  readonly now: () => Date;
  /** Whether `now` may date a signature. */
  readonly clock: ClockGuard;
  /** State of the serial channel of each machine, as the port process last said. */
  readonly channels: Map<string, BenchState['channel']>;
  /** Tells every connected window. */
  readonly emit: (event: CoreEvent) => void;
}

/** Who calls: a signed-in user at a workstation, with the session's own doings. */
export interface Caller {
  readonly connectionId: string;
  readonly user: User;
  readonly actor: AuditActor;
}

/** Every call of the contract has exactly one handler. */
export type Handlers = {
  [N in CallName]: (input: ParsedInput<N>, caller: Caller) => CallOutput<N> | Promise<CallOutput<N>>;
};
export type SomeHandlers<N extends CallName> = Pick<Handlers, N>;

/** The program itself, when nobody asked: recovery, synchronisation, seeding. */
export const programActor = (part: string): AuditActor => ({ actor: `程序:${part}`, workstation: 'core' });

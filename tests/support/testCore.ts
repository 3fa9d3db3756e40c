// A real core on a data folder of its own, with the embedded platform and the seeded training lab; people sign in
// through the contract as windows do. One per test file: seeding costs about a second.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { User } from '../../shared/contract/answers.ts';
import type { CallInput, CallName, CallOutput } from '../../shared/contract/calls.ts';
import type { Reply } from '../../shared/contract/call.ts';
import type { CoreEvent } from '../../shared/contract/events.ts';
import { createClient } from '../../shared/contract/client.ts';
import { AppError, type ErrorInfo } from '../../shared/errors/appError.ts';
import type { Context } from '../../main/core/context.ts';
import { createCore, type OpenCore } from '../../main/core/core.ts';
import type { SecretBox } from '../../main/core/interface.ts';
import { trainingPassword } from '../../main/core/training/trainingLab.ts';
import type { Store } from '../../main/store/store.ts';

/** Seals by reversing and marking: what matters to the tests is that the clear text is not what is stored. */
export const testSecrets: SecretBox = {
  seal: (plain) => Promise.resolve(`sealed:${Buffer.from(plain).toString('base64').split('').toReversed().join('')}`),
  open: (sealed) =>
    Promise.resolve(Buffer.from(sealed.slice(7).split('').toReversed().join(''), 'base64').toString('utf8')),
};

export interface Seat {
  user: User;
  connectionId: string;
  events: CoreEvent[];
  /** The answer, or the refusal thrown as AppError. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** Whatever a window could send, as it comes back. */
  raw(name: string, input: unknown): Promise<Reply>;
}

export type TrainingUser =
  | 'shouyang' | 'jiance' | 'jiance2' | 'jiaohe' | 'pizhun' | 'zhiliang' | 'shebei' | 'admin'; // prettier-ignore

export interface TestCore {
  core: OpenCore;
  context: Context;
  store: Store;
  folder: string;
  log: string[];
  password: string;
  /** The seat of a training user, signed in on the first use. */
  as(username: TrainingUser): Promise<Seat>;
  /** A fresh window that nobody has signed in to. */
  window(): Pick<Seat, 'raw' | 'events' | 'connectionId' | 'call'>;
  /** Stops the core and opens the same folder again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function openTestCore({ virtualSpeed = 50 } = {}): Promise<TestCore> {
  const folder = mkdtempSync(join(tmpdir(), 'jiantai-test-'));
  const log: string[] = [];
  const open = () =>
    createCore({
      dataFolder: folder,
      secrets: testSecrets,
      training: true,
      virtualSpeed,
      log: (level, message, facts) => log.push(`${level} ${message} ${JSON.stringify(facts ?? {})}`),
    });
  let core = await open();
  const seats = new Map<string, Promise<Seat>>();

  const window = () => {
    const events: CoreEvent[] = [];
    const connection = core.connect((event) => events.push(event), '测试工位');
    const raw = (name: string, input: unknown) => connection.call(name, input);
    const client = createClient({ send: raw, subscribe: () => () => undefined });
    return { events, connectionId: connection.id, raw, call: client.call };
  };
  const test: TestCore = {
    folder,
    log,
    password: trainingPassword,
    get core() {
      return core;
    },
    get context() {
      return core.context;
    },
    get store() {
      return core.context.store;
    },
    window,
    as(username) {
      const seat =
        seats.get(username) ??
        (async () => {
          const opened = window();
          const session = await opened.call('session.signIn', { username, password: trainingPassword });
          return { ...opened, user: session.user as User };
        })();
      seats.set(username, seat);
      return seat;
    },
    async restart() {
      seats.clear();
      await core.stop();
      core = await open();
    },
    async stop() {
      await core.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return test;
}

/** The refusal that a piece of work ends in; fails when it does not end in one. */
export async function refusalOf(work: Promise<unknown> | (() => unknown)): Promise<ErrorInfo> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (cause) {
    if (cause instanceof AppError) return cause.info;
    throw cause;
  }
  throw new Error('was not refused');
}

/** How much there is of everything that a refused step must not have written. */
export function countsOf(store: Store): Record<string, number> {
  const tables = [
    'commission', 'sample', 'task', 'testRecord', 'run', 'runMark', 'signature', 'report', 'modification', 'unqualified',
    'outbox', 'numberIssued', 'notice', 'printLog',
  ]; // prettier-ignore
  return Object.fromEntries(
    tables.map((table) => [table, Number(store.first(`SELECT count(*) AS n FROM ${table}`)?.['n'])]),
  );
}

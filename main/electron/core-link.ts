// The core lives in a process of its own, so that a window never waits for it and its fall takes no window along.
// This file is both ends of the wire between shell and core: `hostCore` where the core is, `linkCore` where the
// windows are. Secrets travel the other way, because only Electron's main process may ask the keyring.
import type { Reply } from '../../shared/contract/call.ts';
import { AppError, type ErrorInfo } from '../../shared/errors/appError.ts';
import type { CoreEvent } from '../../shared/contract/events.ts';
import type { Connection, Core, CoreOptions, SecretBox } from '../core/interface.ts';
import { refusal, refusals } from '../server/refusals.ts';

/** Options that can cross to another process. */
export type PlainCoreOptions = Omit<CoreOptions, 'secrets' | 'log'>;

export interface Wire {
  post(message: unknown): void;
  listen(listener: (message: unknown) => void): void;
}

type ToCore =
  | { kind: 'start'; options: PlainCoreOptions }
  | { kind: 'connect'; connection: string; workstation: string }
  | { kind: 'call'; connection: string; call: number; name: string; input: unknown }
  | { kind: 'close'; connection: string }
  | { kind: 'secret'; request: number; text: string | null; error: ErrorInfo | null }
  | { kind: 'stop' };

type FromCore =
  | { kind: 'ready' }
  | { kind: 'failed'; error: ErrorInfo }
  | { kind: 'reply'; call: number; reply: Reply }
  | { kind: 'event'; connection: string; event: CoreEvent }
  | { kind: 'secret'; request: number; action: 'seal' | 'open'; text: string }
  | { kind: 'log'; level: 'info' | 'warn' | 'error'; message: string; facts: Record<string, unknown> | undefined }
  | { kind: 'stopped' };

// ---- the core's end

export function hostCore(wire: Wire, createCore: (options: CoreOptions) => Promise<Core>): void {
  const post = (message: FromCore): void => wire.post(message);
  const connections = new Map<string, Connection>();
  const waiting = new Map<number, { resolve: (text: string) => void; reject: (error: Error) => void }>();
  let nextRequest = 1;
  let core: Core | null = null;

  const askForSecret = (action: 'seal' | 'open', text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const request = nextRequest++;
      waiting.set(request, { resolve, reject });
      post({ kind: 'secret', request, action, text });
    });

  const start = async (options: PlainCoreOptions): Promise<void> => {
    try {
      core = await createCore({
        ...options,
        secrets: { seal: (plain) => askForSecret('seal', plain), open: (sealed) => askForSecret('open', sealed) },
        log: (level, message, facts) => post({ kind: 'log', level, message, facts }),
      });
      post({ kind: 'ready' });
    } catch (error) {
      post({ kind: 'failed', error: errorInfo(error) });
    }
  };

  const call = async (message: Extract<ToCore, { kind: 'call' }>): Promise<void> => {
    const connection = connections.get(message.connection);
    let reply: Reply = refusal(refusals.coreStopped);
    try {
      if (connection) reply = await connection.call(message.name, message.input);
    } catch (error) {
      reply = refusal(refusals.internal);
      post({ kind: 'log', level: 'error', message: 'core threw', facts: { call: message.name, error: String(error) } });
    }
    try {
      post({ kind: 'reply', call: message.call, reply });
    } catch {
      // A reply that cannot be cloned becomes a refusal, never silence.
      post({ kind: 'reply', call: message.call, reply: refusal(refusals.internal) });
    }
  };

  wire.listen((raw) => {
    const message = raw as ToCore;
    switch (message.kind) {
      case 'start':
        void start(message.options);
        return;
      case 'connect': {
        const id = message.connection;
        const connection = core?.connect(
          (event) => post({ kind: 'event', connection: id, event }),
          message.workstation,
        );
        if (connection) connections.set(id, connection);
        return;
      }
      case 'call':
        void call(message);
        return;
      case 'close':
        connections.get(message.connection)?.close();
        connections.delete(message.connection);
        return;
      case 'secret': {
        const asked = waiting.get(message.request);
        waiting.delete(message.request);
        if (message.text === null) asked?.reject(new AppError(message.error ?? refusals.internal));
        else asked?.resolve(message.text);
        return;
      }
      case 'stop':
        void (core?.stop() ?? Promise.resolve()).finally(() => post({ kind: 'stopped' }));
    }
  });
}

// ---- the windows' end

export interface LinkedCore extends Core {
  /** Resolves when the core serves; rejects with its refusal when it could not start, or when its process ended. */
  readonly ready: Promise<void>;
  /** The process is gone: every open call is answered with a refusal. */
  broken(): void;
}

export function linkCore(
  wire: Wire,
  options: PlainCoreOptions,
  secrets: SecretBox,
  log: NonNullable<CoreOptions['log']>,
): LinkedCore {
  const calls = new Map<number, (reply: Reply) => void>();
  const listeners = new Map<string, (event: CoreEvent) => void>();
  const ready = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<void>();
  let alive = true;
  let nextCall = 1;
  let nextConnection = 1;
  const post = (message: ToCore): void => {
    if (alive) wire.post(message);
  };
  // Whoever starts the core waits for `ready`; a rejection that comes before that must not count as unhandled.
  ready.promise.catch(() => undefined);

  const answerSecret = async (request: number, action: 'seal' | 'open', text: string): Promise<void> => {
    try {
      post({ kind: 'secret', request, text: await secrets[action](text), error: null });
    } catch (error) {
      post({ kind: 'secret', request, text: null, error: errorInfo(error) });
    }
  };

  wire.listen((raw) => {
    const message = raw as FromCore;
    switch (message.kind) {
      case 'ready':
        ready.resolve();
        return;
      case 'failed':
        ready.reject(new AppError(message.error));
        return;
      case 'reply':
        calls.get(message.call)?.(message.reply);
        calls.delete(message.call);
        return;
      case 'event':
        listeners.get(message.connection)?.(message.event);
        return;
      case 'secret':
        void answerSecret(message.request, message.action, message.text);
        return;
      case 'log':
        log(message.level, message.message, message.facts);
        return;
      case 'stopped':
        stopped.resolve();
    }
  });
  post({ kind: 'start', options });

  return {
    ready: ready.promise,
    connect(listener, workstation) {
      const id = `w${nextConnection++}`;
      listeners.set(id, listener);
      post({ kind: 'connect', connection: id, workstation });
      return {
        id,
        call(name, input) {
          if (!alive) return Promise.resolve(refusal(refusals.coreStopped));
          return new Promise<Reply>((resolve) => {
            const call = nextCall++;
            calls.set(call, resolve);
            try {
              post({ kind: 'call', connection: id, call, name, input });
            } catch {
              calls.delete(call);
              resolve(refusal(refusals.inputNotJson));
            }
          });
        },
        close() {
          listeners.delete(id);
          post({ kind: 'close', connection: id });
        },
      };
    },
    async stop() {
      post({ kind: 'stop' });
      await stopped.promise;
    },
    broken() {
      if (!alive) return;
      alive = false;
      for (const resolve of calls.values()) resolve(refusal(refusals.coreStopped));
      calls.clear();
      ready.reject(new AppError(refusals.coreStopped));
      stopped.resolve();
    },
  };
}

function errorInfo(error: unknown): ErrorInfo {
  if (error instanceof AppError) return error.info;
  return { ...refusals.internal, meaning: error instanceof Error ? error.message : String(error) };
}

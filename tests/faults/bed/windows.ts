// A browser as the bench server sees it: a cookie, calls over HTTP, events over a WebSocket. It signs in again by itself
// after the core was restarted, as a person would, and says plainly when the core is gone.
import { WebSocket } from 'ws';
import { calls, type CallInput, type CallName, type CallOutput } from '../../../shared/contract/calls.ts';
import type { Reply } from '../../../shared/contract/call.ts';
import { coreEventSchema, type CoreEvent } from '../../../shared/contract/events.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { CoreProcess } from './children.ts';

/** The core died before it answered: what was asked is done or not done, and nobody knows which. */
export class CoreGone extends Error {}

export interface WindowOptions {
  core: Pick<CoreProcess, 'ready' | 'enterUrl'>;
  username: string;
  password: string;
  /** Told before a call leaves. */
  onSend?: (name: CallName) => void;
  onEvent?: (event: CoreEvent) => void;
}

export class BenchWindow {
  readonly #options: WindowOptions;
  #cookie: string | null = null;
  #generation = 0;
  #socket: WebSocket | null = null;

  constructor(options: WindowOptions) {
    this.#options = options;
  }

  get password(): string {
    return this.#options.password;
  }

  /** Signs in first where the present core does not know this window. */
  async call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    const { url, generation } = await this.#options.core.ready();
    if (generation !== this.#generation) await this.#signIn(url, generation);
    try {
      return await this.#send(url, name, input);
    } catch (error) {
      if (!(error instanceof AppError) || !error.info.code.startsWith('SESSION_')) throw error;
      await this.#signIn(url, generation);
      return this.#send(url, name, input);
    }
  }

  close(): void {
    this.#socket?.terminate();
    this.#socket = null;
  }

  async #signIn(url: string, generation: number): Promise<void> {
    const { username, password } = this.#options;
    this.#cookie ??= await this.#enter();
    const credentials = { username, password };
    try {
      await this.#send(url, 'session.signIn', credentials);
    } catch (error) {
      // Its list of browsers was not on disk yet when the server died: enter anew.
      if (!(error instanceof AppError) || error.info.code !== 'SERVER_RESTARTED') throw error;
      this.#cookie = await this.#enter();
      await this.#send(url, 'session.signIn', credentials);
    }
    if (this.#options.onEvent) this.#listen(url);
    this.#generation = generation;
  }

  async #enter(): Promise<string> {
    const address = await this.#options.core.enterUrl().catch((cause: unknown) => {
      throw new CoreGone(String(cause), { cause });
    });
    const response = await this.#fetch(address, { redirect: 'manual' });
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    if (response.status !== 303 || !cookie) throw new Error(`not let in: ${response.status}`);
    return cookie;
  }

  async #send<N extends CallName>(url: string, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    this.#options.onSend?.(name);
    const response = await this.#fetch(`${url}/rpc`, {
      method: 'POST',
      headers: { origin: url, 'content-type': 'application/json', cookie: this.#cookie ?? '' },
      body: JSON.stringify({ name, input }),
    });
    let reply: Reply;
    try {
      reply = (await response.json()) as Reply;
    } catch (cause) {
      throw new CoreGone(`${name} broke off`, { cause });
    }
    if (response.status === 401) throw new AppError({ code: 'SERVER_RESTARTED', message: 'not let in' });
    if (!reply.ok) throw new AppError(reply.error);
    return calls[name].output.parse(reply.value) as never;
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(url, init);
    } catch (cause) {
      throw new CoreGone(`no answer from ${url}`, { cause });
    }
  }

  #listen(url: string): void {
    this.#socket?.terminate();
    const socket = new WebSocket(`${url.replace('http', 'ws')}/events`, {
      origin: url,
      headers: { cookie: this.#cookie ?? '' },
    });
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('message', (data: Buffer) => {
      const event = coreEventSchema.safeParse(JSON.parse(data.toString('utf8')));
      if (event.success) this.#options.onEvent?.(event.data);
    });
  }
}

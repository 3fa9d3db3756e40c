// Bytes as they come, with the time they came at: of an open channel (a tap), or of a port of its own, which it asks
// as a driver would. For people and for the wizard; what is recorded never passes here. Bounded: what comes faster
// than it can be shown is counted, not kept.
import type { EventMessage } from '../protocol.ts';
import type { ChannelState } from '../protocol.ts';
import type { RawPiece, RawViewRequest } from '../inspect/types.ts';
import { openRefusal } from './open-refusal.ts';
import { makeTransport } from './transport.ts';
import type { Transport } from './transport.ts';

const FLUSH_MS = 100;
const MOST_BYTES_PER_FLUSH = 16_384;
/** Chunks of one burst are one piece. */
const JOIN_MS = 5;
const RETRY_MS = 1000;
const AFTER_ONCE_MS = 600;

type Sink = (bytes: Uint8Array) => void;
const taps = new Map<string, Set<Sink>>();

/** Called by a channel for every chunk, after it went to the raw log. */
export function tapped(channelId: string, bytes: Uint8Array): void {
  for (const sink of taps.get(channelId) ?? []) sink(bytes);
}

export class RawView {
  readonly request: RawViewRequest;
  readonly #emit: (message: EventMessage) => void;
  readonly #flushTimer: NodeJS.Timeout;
  #transport: Transport | null = null;
  #state: ChannelState = 'open';
  #reason: string | undefined;
  #connection = 0;
  #pieces: RawPiece[] = [];
  #size = 0;
  #dropped = 0;
  #told = false;
  #closed = false;
  #retry: NodeJS.Timeout | null = null;
  #askTimer: NodeJS.Timeout | null = null;
  #turn = 0;

  constructor(request: RawViewRequest, emit: (message: EventMessage) => void) {
    this.request = request;
    this.#emit = emit;
    this.#flushTimer = setInterval(() => this.#flush(), FLUSH_MS);
  }

  /** Throws AppError when the port cannot be opened; a later loss is tried again by itself. */
  async open(): Promise<void> {
    const { channelId } = this.request;
    if (channelId !== undefined) {
      this.#connection = 1;
      const sinks = taps.get(channelId) ?? new Set();
      sinks.add(this.#sink);
      taps.set(channelId, sinks);
      return;
    }
    const refusal = await this.#connect();
    if (refusal === null) return;
    await this.close();
    throw refusal;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#flushTimer);
    if (this.#retry) clearTimeout(this.#retry);
    if (this.#askTimer) clearTimeout(this.#askTimer);
    taps.get(this.request.channelId ?? '')?.delete(this.#sink);
    const transport = this.#transport;
    this.#transport = null;
    await transport?.close();
  }

  readonly #sink: Sink = (bytes) => this.#add(bytes, false);

  async #connect(): Promise<ReturnType<typeof openRefusal> | null> {
    const { path, line } = this.request;
    if (path === undefined || line === undefined)
      throw new Error('a raw view needs a channel, or a path with its line');
    const transport = makeTransport(path, line);
    this.#transport = transport;
    try {
      await transport.open({
        data: (bytes) => {
          if (transport === this.#transport) this.#add(bytes, false);
        },
        lost: () => this.#lost(transport),
      });
    } catch (error) {
      if (transport === this.#transport) this.#transport = null;
      await transport.close();
      return openRefusal(path, (error as Error).message);
    }
    if (this.#closed) {
      await transport.close();
      return null;
    }
    this.#flush();
    this.#connection += 1;
    this.#set('open');
    this.#startAsking(transport);
    return null;
  }

  #lost(transport: Transport): void {
    if (transport !== this.#transport || this.#closed) return;
    this.#transport = null;
    void transport.close();
    this.#set('reconnecting', '与仪器的连接断开，请检查数据线和仪器电源，接好后会自动重连。');
    this.#again();
  }

  #again(): void {
    if (this.#closed) return;
    this.#retry = setTimeout(() => {
      void this.#connect().then((refusal) => {
        if (refusal === null || this.#closed) return;
        this.#set(refusal.info.code === 'instrument.port-denied' ? 'denied' : 'reconnecting', refusal.info.message);
        this.#again();
      });
    }, RETRY_MS);
  }

  #startAsking(transport: Transport): void {
    const { ask = [], once } = this.request;
    const next = (): void => {
      const turn = ask[this.#turn % Math.max(1, ask.length)];
      this.#turn += 1;
      if (!turn || transport !== this.#transport) return;
      this.#send(transport, turn.bytes);
      this.#askTimer = setTimeout(next, turn.everyMs);
    };
    if (once) this.#send(transport, once);
    this.#askTimer = setTimeout(next, once ? AFTER_ONCE_MS : 0);
  }

  #send(transport: Transport, bytes: Uint8Array): void {
    this.#add(bytes, true);
    transport.write(bytes).catch(() => this.#lost(transport));
  }

  #add(bytes: Uint8Array, out: boolean): void {
    if (this.#size + bytes.length > MOST_BYTES_PER_FLUSH) {
      this.#dropped += bytes.length;
      return;
    }
    this.#size += bytes.length;
    const at = Date.now();
    const last = this.#pieces.at(-1);
    if (last && last.out === out && !out && at - last.at <= JOIN_MS) last.bytes = Buffer.concat([last.bytes, bytes]);
    else this.#pieces.push({ at, out, bytes: Uint8Array.from(bytes) });
  }

  #set(state: ChannelState, reason?: string): void {
    this.#flush();
    this.#state = state;
    this.#reason = reason;
    this.#told = false;
  }

  #flush(): void {
    if (this.#closed || this.#connection === 0 || (this.#pieces.length === 0 && this.#told)) return;
    const pieces = this.#pieces;
    const dropped = this.#dropped;
    this.#pieces = [];
    this.#size = 0;
    this.#dropped = 0;
    this.#told = true;
    this.#emit({
      kind: 'event',
      name: 'raw',
      event: {
        viewId: this.request.viewId,
        state: this.#state,
        ...(this.#reason === undefined ? {} : { reason: this.#reason }),
        connection: this.#connection,
        pieces,
        dropped,
      },
    });
  }
}

// A connection that stays alive: opens, says in Chinese what is wrong, and opens again with growing pauses after a loss.
// Every attempt has a transport of its own; bytes of one that was given up reach nobody.
import type { LineSettings } from '../drivers/driver.ts';
import { makeTransport } from './transport.ts';
import type { Transport } from './transport.ts';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5000;
/** A port that opens and falls out at once, again and again, must not be opened four times a second. */
const STEADY_AFTER_MS = 2000;

export interface ConnectionEvents {
  /** Before the first byte of this connection. */
  opening(): void;
  opened(): void | Promise<void>;
  data(bytes: Uint8Array, monoNs: bigint): void;
  /** It ended by itself; `reason` is for people, `detail` for the log. */
  lost(reason: string, detail: string): void;
  /** It could not be opened; another attempt follows. */
  refused(state: 'denied' | 'reconnecting', reason: string): void;
}

export const LOST = '与仪器的连接断开，请检查数据线和仪器电源，接好后会自动重连。';

export class Connection {
  readonly #path: string;
  readonly #line: LineSettings;
  readonly #events: ConnectionEvents;
  #transport: Transport | null = null;
  #retryMs = FIRST_RETRY_MS;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(path: string, line: LineSettings, events: ConnectionEvents) {
    this.#path = path;
    this.#line = line;
    this.#events = events;
  }

  get isOpen(): boolean {
    return this.#transport !== null;
  }

  /** One attempt now; further ones follow by themselves until close(). */
  async open(): Promise<void> {
    if (this.#closed) return;
    const transport = makeTransport(this.#path, this.#line);
    let steady: NodeJS.Timeout | null = null;
    let early: [Uint8Array, bigint][] | null = [];
    let fellOut: string | null = null;
    this.#events.opening();
    try {
      await transport.open({
        data: (bytes) => {
          const monoNs = process.hrtime.bigint();
          // Bytes may overtake the news that the port is open.
          if (early) early.push([bytes, monoNs]);
          else if (transport === this.#transport) this.#events.data(bytes, monoNs);
        },
        lost: (message) => {
          if (steady) clearTimeout(steady);
          if (early) fellOut ??= message;
          else this.#lost(transport, message);
        },
      });
    } catch (error) {
      this.#refused((error as Error).message);
      return;
    }
    if (this.#closed) return transport.close();
    if (fellOut !== null) {
      void transport.close();
      this.#refused(fellOut);
      return;
    }
    this.#transport = transport;
    steady = setTimeout(() => (this.#retryMs = FIRST_RETRY_MS), STEADY_AFTER_MS);
    steady.unref();
    const waiting = early;
    early = null;
    const ready = this.#events.opened();
    for (const [bytes, monoNs] of waiting) this.#events.data(bytes, monoNs);
    await ready;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (!this.#transport) throw new Error('port is not open');
    await this.#transport.write(bytes);
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    const transport = this.#transport;
    this.#transport = null;
    await transport?.close();
  }

  #lost(transport: Transport, message: string): void {
    if (transport !== this.#transport || this.#closed) return;
    this.#transport = null;
    void transport.close();
    // The system's words differ by platform and mean one thing; they belong in the log.
    this.#events.lost(LOST, `${this.#path}: ${message}`);
    this.#scheduleRetry();
  }

  #refused(message: string): void {
    if (this.#closed) return;
    const denied = /denied|EACCES|EPERM|Cannot lock|EBUSY|busy/i.test(message);
    const absent = /No such file|ENOENT|File not found|cannot find/i.test(message);
    if (denied) {
      const reason = `端口 ${this.#path} 被其他程序占用或没有权限（${message}）。请关闭占用它的程序。`;
      this.#events.refused('denied', reason);
    } else if (absent) {
      this.#events.refused('reconnecting', `找不到端口 ${this.#path}，请检查数据线和仪器电源，接好后会自动重连。`);
    } else this.#events.refused('reconnecting', `打不开端口 ${this.#path}（${message}），正在自动重试。`);
    this.#scheduleRetry();
  }

  #scheduleRetry(): void {
    this.#timer = setTimeout(() => void this.open(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
  }
}

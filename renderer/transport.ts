// How this window reaches the core: the Electron preload where there is one, else the bench server's HTTP and
// WebSocket. Both carry the same contract; nothing above this file knows which one is at work.
import type { CallName } from '../shared/contract/calls.ts';
import type { Reply } from '../shared/contract/call.ts';
import type { Transport } from '../shared/contract/client.ts';
import type { ErrorInfo } from '../shared/errors/appError.ts';

/** What the Electron preload exposes as `window.jiantai`. */
export interface JiantaiBridge {
  call(name: string, input: unknown): Promise<Reply>;
  /** Returns a function that ends the subscription. */
  on(listener: (event: unknown) => void): () => void;
}

declare global {
  interface Window {
    readonly jiantai?: JiantaiBridge;
  }
}

export interface WindowTransport extends Transport {
  /** Tells whether events arrive: false while the far side cannot be reached. Called at once with the present state. */
  watchLink(listener: (connected: boolean) => void): () => void;
}

const unreachable = (meaning: string): ErrorInfo => ({
  code: 'LINK_DOWN',
  message: '检台程序没有应答。',
  meaning,
  next: '已填写的内容仍在屏幕上。请稍候片刻再试；仍不行时检查本机的检台服务是否在运行。',
});

export function createBridgeTransport(bridge: JiantaiBridge): WindowTransport {
  return {
    async send(name, input) {
      try {
        return await bridge.call(name, input);
      } catch {
        return { ok: false, error: unreachable('这一步没有执行，或执行结果未知。') };
      }
    },
    subscribe: (listener) => bridge.on(listener),
    watchLink(listener) {
      listener(true);
      return () => undefined;
    },
  };
}

export interface HttpTransportOptions {
  /** Address of the bench server, without a slash at the end; this page's own origin when not given. */
  origin?: string;
  fetch?: typeof fetch;
  openSocket?: (url: string) => WebSocket;
}

/** Longest pause between two attempts to reach the bench server again. */
const longestPauseMs = 5_000;

export function createHttpTransport(options: HttpTransportOptions = {}): WindowTransport {
  const origin = options.origin ?? window.location.origin;
  const send = options.fetch ?? fetch.bind(globalThis);
  const openSocket = options.openSocket ?? ((url: string) => new WebSocket(url));
  const listeners = new Set<(event: unknown) => void>();
  const linkListeners = new Set<(connected: boolean) => void>();
  let socket: WebSocket | null = null;
  let connected = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const setConnected = (value: boolean): void => {
    if (connected === value) return;
    connected = value;
    for (const listener of linkListeners) listener(value);
  };

  const open = (): void => {
    if (socket !== null) return;
    const opened = openSocket(`${origin.replace(/^http/, 'ws')}/events`);
    socket = opened;
    opened.addEventListener('open', () => {
      failures = 0;
      setConnected(true);
    });
    opened.addEventListener('message', (message: MessageEvent<unknown>) => {
      if (typeof message.data !== 'string') return;
      let event: unknown;
      try {
        event = JSON.parse(message.data);
      } catch {
        return; // Not ours: the contract's client would refuse it anyway.
      }
      for (const listener of listeners) listener(event);
    });
    opened.addEventListener('close', () => {
      if (socket !== opened) return;
      socket = null;
      setConnected(false);
      if (listeners.size === 0) return;
      failures += 1;
      timer = setTimeout(open, Math.min(longestPauseMs, 250 * 2 ** Math.min(failures, 5)));
    });
  };

  const close = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const closing = socket;
    socket = null;
    closing?.close();
    setConnected(false);
  };

  return {
    async send(name: CallName, input: unknown): Promise<Reply> {
      let response: Response;
      try {
        response = await send(`${origin}/rpc`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          credentials: 'same-origin',
          body: JSON.stringify({ name, input }),
        });
      } catch {
        return { ok: false, error: unreachable('与检台服务的连接断开，这一步没有执行，或执行结果未知。') };
      }
      try {
        const reply = (await response.json()) as Reply;
        if (typeof reply === 'object' && reply !== null && 'ok' in reply) return reply;
      } catch {
        // Falls through: whatever answered does not speak the contract.
      }
      return { ok: false, error: unreachable(`应答无法识别（HTTP ${response.status}）。`) };
    },
    subscribe(listener) {
      listeners.add(listener);
      open();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) close();
      };
    },
    watchLink(listener) {
      linkListeners.add(listener);
      listener(connected);
      return () => linkListeners.delete(listener);
    },
  };
}

export function createWindowTransport(): WindowTransport {
  return window.jiantai === undefined ? createHttpTransport() : createBridgeTransport(window.jiantai);
}

// What the window gets from the preload, apart from Electron so that it can be tested. Two functions, no names but
// the contract's, no Electron object handed through.
import type { Reply } from '../../shared/contract/call.ts';
import { callChannel, eventChannel } from './channels.ts';

export interface PreloadBridge {
  call(name: string, input: unknown): Promise<Reply>;
  /** Returns a function that ends the subscription. */
  on(listener: (event: unknown) => void): () => void;
}

/** The part of ipcRenderer that the bridge uses. */
export interface RendererIpc {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  on(channel: string, listener: (event: unknown, ...args: unknown[]) => void): unknown;
  removeListener(channel: string, listener: (event: unknown, ...args: unknown[]) => void): unknown;
}

export function makeBridge(ipc: RendererIpc, callNames: readonly string[]): PreloadBridge {
  const declared = new Set(callNames);
  return Object.freeze({
    async call(name: string, input: unknown): Promise<Reply> {
      if (typeof name !== 'string' || !declared.has(name)) {
        return {
          ok: false,
          error: { code: 'CALL_UNKNOWN', message: '请求的功能不存在，已拒绝。', next: '请重新启动检台。' },
        };
      }
      return (await ipc.invoke(callChannel, name, input)) as Reply;
    },
    on(listener: (event: unknown) => void): () => void {
      if (typeof listener !== 'function') throw new TypeError('on() takes a function');
      // Only the event itself crosses: Electron's own event object would hand the window its sender.
      const relay = (_event: unknown, event: unknown): void => listener(event);
      ipc.on(eventChannel, relay);
      return () => {
        ipc.removeListener(eventChannel, relay);
      };
    },
  });
}

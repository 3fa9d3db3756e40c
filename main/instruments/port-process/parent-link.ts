// The line to the parent: child_process IPC under Node, parentPort under Electron's utilityProcess.
import type { FromPortProcess, RequestMessage } from '../protocol.ts';

interface ParentPort {
  on(event: 'message', handler: (message: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

export interface ParentLink {
  /** `sent` is called when the message has left this process, or cannot. */
  send(message: FromPortProcess, sent?: () => void): void;
  onMessage(handler: (message: RequestMessage) => void): void;
  onGone(handler: () => void): void;
}

export function parentLink(): ParentLink {
  const port = (process as { parentPort?: ParentPort }).parentPort;
  if (port) {
    return {
      send(message, sent) {
        port.postMessage(message);
        // Mojo gives no receipt; a tick of grace before whoever waits for it exits.
        if (sent) setTimeout(sent, 100);
      },
      onMessage: (handler) => port.on('message', ({ data }) => handler(data as RequestMessage)),
      // Electron ends a utility process together with its parent.
      onGone: () => undefined,
    };
  }
  return {
    send(message, sent) {
      // The parent may be gone between two events; onGone ends this process.
      if (process.connected) process.send?.(message, undefined, undefined, () => sent?.());
      else sent?.();
    },
    onMessage: (handler) => void process.on('message', (message) => handler(message as RequestMessage)),
    onGone: (handler) => void process.on('disconnect', handler),
  };
}

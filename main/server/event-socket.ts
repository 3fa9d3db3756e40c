// One tab's event stream. A tab that does not read must not fill the server's memory: live curve points, which are
// display only, are left out first; a tab that is still behind is cut off, reconnects and pulls what it missed.
import type { WebSocket } from 'ws';
import type { CoreEvent } from '../../shared/contract/events.ts';
import type { EventSink } from './clients.ts';

export const leaveOutCurveAbove = 1_000_000;
export const cutOffAbove = 16_000_000;

export type SocketPart = Pick<WebSocket, 'bufferedAmount' | 'readyState' | 'send' | 'terminate'>;

export function eventSink(socket: SocketPart): EventSink {
  return {
    push(event: CoreEvent) {
      // 1 is WebSocket.OPEN
      if (socket.readyState !== 1) return;
      if (event.type === 'bench.samples' && socket.bufferedAmount > leaveOutCurveAbove) return;
      if (socket.bufferedAmount > cutOffAbove) {
        socket.terminate();
        return;
      }
      socket.send(JSON.stringify(event));
    },
  };
}

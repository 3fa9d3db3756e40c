// Windows and what they are told. A connection carries one session; when the session locks by idle time, its window
// hears of it without asking.
import { ulid } from 'ulid';
import type { CoreEvent } from '../../shared/contract/events.ts';
import type { Dispatcher } from './dispatch.ts';
import type { Connection } from './interface.ts';
import { freshSession, type LiveSession, type Sessions } from './sessions/sessions.ts';

const idleCheckMs = 5_000;

export function createConnections(
  sessions: Sessions,
  dispatch: Dispatcher,
  listeners: Set<(event: CoreEvent) => void>,
) {
  const open = new Map<string, { session: LiveSession; listener: (event: CoreEvent) => void }>();
  const timer = setInterval(() => {
    for (const { session, listener } of open.values()) {
      if (sessions.lockIfIdle(session)) listener({ type: 'session', session: sessions.describe(session) });
    }
  }, idleCheckMs);
  timer.unref();

  return {
    connect(listener: (event: CoreEvent) => void, workstation: string): Connection {
      const id = ulid();
      const session = freshSession();
      /** What is on a machine or in the store is told to signed-in windows only. */
      const tell = (event: CoreEvent) => {
        // A code from a scanner goes to the window that the scanner lies beside.
        if (event.type === 'scan' && event.workstation !== null && event.workstation !== workstation) return;
        if (event.type === 'session' || (session.userId !== null && !session.locked)) listener(event);
      };
      open.set(id, { session, listener });
      listeners.add(tell);
      return {
        id,
        call: (name, input) => dispatch({ connectionId: id, workstation, session }, name, input),
        close() {
          open.delete(id);
          listeners.delete(tell);
        },
      };
    },
    stop() {
      clearInterval(timer);
      open.clear();
      listeners.clear();
    },
  };
}

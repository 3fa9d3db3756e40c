// Tells the core that someone is working, at most every 15 seconds, so that the session stays open while they do.
import { useEffect } from 'react';
import { useClient } from '../client.ts';
import { useSession } from '../state/session.ts';

const leastPauseMs = 15_000;

export function useActivity(): void {
  const client = useClient();
  const open = useSession((state) => state.session?.state === 'open');
  useEffect(() => {
    if (!open) return undefined;
    let last = 0;
    const touch = (): void => {
      if (Date.now() - last < leastPauseMs) return;
      last = Date.now();
      // An answer that says otherwise (locked, ended) is applied by the session keeper.
      client.call('session.touch', {}).then(
        (session) => useSession.getState().apply(session),
        () => undefined,
      );
    };
    const names = ['pointerdown', 'keydown', 'wheel'] as const;
    for (const name of names) window.addEventListener(name, touch, { capture: true, passive: true });
    return () => {
      for (const name of names) window.removeEventListener(name, touch, { capture: true });
    };
  }, [client, open]);
}

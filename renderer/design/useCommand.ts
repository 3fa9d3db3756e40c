// A command with its three outcomes: running, done, refused. The refusal stays on the screen until the next try.
import { useCallback, useRef, useState } from 'react';
import type { ErrorInfo } from '../../shared/errors/appError.ts';
import { toErrorInfo } from '../client.ts';

export interface Command<A extends unknown[]> {
  /** Resolves to whether it was done; never rejects. */
  run(...input: A): Promise<boolean>;
  busy: boolean;
  error: ErrorInfo | null;
  clear(): void;
}

export function useCommand<A extends unknown[]>(action: (...input: A) => Promise<unknown>): Command<A> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorInfo | null>(null);
  const running = useRef(false);
  const run = async (...input: A): Promise<boolean> => {
    // A second press while the first is on its way is the same wish.
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setError(null);
    try {
      await action(...input);
      return true;
    } catch (cause) {
      setError(toErrorInfo(cause));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  const clear = useCallback(() => setError(null), []);
  return { run, busy, error, clear };
}

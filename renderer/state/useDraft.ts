// A form whose content outlives everything: each change is sent to the store's draft table a moment after it was
// typed, sent again until it arrives, and restored when the form opens. What has not arrived yet is kept in the window
// under the name of the person who typed it, and is never sent in another person's session.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ContractClient } from '../../shared/contract/client.ts';
import { useClient } from '../client.ts';
import { useSession } from './session.ts';

const settleMs = 400;
const retryMs = 3_000;

export type SavedState = 'yes' | 'waiting' | 'failed';

export interface Draft<T> {
  value: T;
  change(next: T | ((previous: T) => T)): void;
  /** Back to the empty form; the stored draft goes too. */
  discard(): Promise<void>;
  /** False until the stored draft was asked for; the form should wait. */
  loaded: boolean;
  /** Time of the draft that was restored, null when there was none. */
  restoredAt: string | null;
  saved: SavedState;
}

/** One form of one person: what has not arrived, and the one timer that sends it. Lives longer than the form. */
class DraftBox {
  unsaved: string | null = null;
  private onSaved: (state: SavedState) => void = () => undefined;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private readonly userId: string;
  private readonly form: string;

  constructor(userId: string, form: string) {
    this.userId = userId;
    this.form = form;
  }

  /** Tells the form that shows this draft how saving goes; returns the way to stop. */
  watch(listener: (state: SavedState) => void): () => void {
    this.onSaved = listener;
    return () => {
      if (this.onSaved === listener) this.onSaved = () => undefined;
    };
  }

  put(client: ContractClient, content: string): void {
    this.unsaved = content;
    this.onSaved('waiting');
    this.schedule(client, settleMs);
  }

  drop(): void {
    this.unsaved = null;
    this.stopTimer();
  }

  async flush(client: ContractClient): Promise<void> {
    this.stopTimer();
    const content = this.unsaved;
    if (content === null) return;
    const { session } = useSession.getState();
    const mine = session?.state === 'open' && session.user?.userId === this.userId;
    if (!mine) {
      this.onSaved('failed');
      this.schedule(client, retryMs);
      return;
    }
    try {
      await client.call('drafts.save', { form: this.form, content });
      if (this.unsaved !== content) return;
      this.unsaved = null;
      this.onSaved('yes');
    } catch {
      this.onSaved('failed');
      if (this.unsaved !== null) this.schedule(client, retryMs);
    }
  }

  private schedule(client: ContractClient, pause: number): void {
    this.stopTimer();
    this.timer = setTimeout(() => void this.flush(client), pause);
  }

  private stopTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}

const boxes = new Map<string, DraftBox>();

function boxOf(userId: string, form: string): DraftBox {
  const key = `${userId}/${form}`;
  const box = boxes.get(key) ?? new DraftBox(userId, form);
  boxes.set(key, box);
  return box;
}

export function useDraft<T>(form: string, empty: () => T, accept: (content: unknown) => T | null): Draft<T> {
  const client = useClient();
  const userId = useSession((state) => state.keeper?.userId ?? '');
  const box = boxOf(userId, form);
  // What this window has not been able to store yet is newer than what the store has.
  const [kept] = useState(() => (box.unsaved === null ? null : accept(JSON.parse(box.unsaved))));
  const [value, setValue] = useState<T>(() => kept ?? empty());
  const [loaded, setLoaded] = useState(kept !== null);
  const [restoredAt, setRestoredAt] = useState<string | null>(null);
  const [saved, setSaved] = useState<SavedState>(kept === null ? 'yes' : 'waiting');
  const latest = useRef(value);
  const acceptRef = useRef(accept);
  const emptyRef = useRef(empty);

  const show = useCallback((next: T) => {
    latest.current = next;
    setValue(next);
  }, []);

  const change = useCallback(
    (next: T | ((previous: T) => T)) => {
      show(typeof next === 'function' ? (next as (previous: T) => T)(latest.current) : next);
      box.put(client, JSON.stringify(latest.current));
    },
    [box, client, show],
  );

  const discard = useCallback(async () => {
    box.drop();
    show(emptyRef.current());
    setRestoredAt(null);
    setSaved('yes');
    await client.call('drafts.discard', { form });
  }, [box, client, form, show]);

  useEffect(() => {
    let gone = false;
    const unwatch = box.watch(setSaved);
    const take = (content: string, at: string | null): void => {
      const restored = acceptRef.current(JSON.parse(content));
      if (restored === null) return;
      show(restored);
      setRestoredAt(at);
    };
    if (box.unsaved === null) {
      client
        .call('drafts.load', { form })
        .then((draft) => {
          // What was typed while the answer was on its way wins.
          if (!gone && draft.content !== null && box.unsaved === null) take(draft.content, draft.savedAt);
        })
        .catch(() => undefined)
        .finally(() => {
          if (!gone) setLoaded(true);
        });
    }
    const onHide = (): void => void box.flush(client);
    globalThis.addEventListener('pagehide', onHide);
    return () => {
      gone = true;
      unwatch();
      globalThis.removeEventListener('pagehide', onHide);
      void box.flush(client);
    };
  }, [box, client, form, show]);

  return { value, change, discard, loaded, restoredAt, saved };
}

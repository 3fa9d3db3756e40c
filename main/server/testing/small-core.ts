// A core small enough to see through, for tests of the shells: it keeps one session per connection and records what
// it was asked. Shells carry calls and events; what the real core decides is tested with the real core.
import type { Reply } from '../../../shared/contract/call.ts';
import type { CoreEvent } from '../../../shared/contract/events.ts';
import type { Connection, Core } from '../../core/interface.ts';

export class SmallCore implements Core {
  readonly asked: { connectionId: string; workstation: string; name: string; input: unknown }[] = [];
  readonly closed: string[] = [];
  stopped = false;
  /** When set, the next call throws, as a core must never do. */
  throwNext = false;
  private readonly listeners = new Map<string, (event: CoreEvent) => void>();
  private nextId = 1;

  connect(listener: (event: CoreEvent) => void, workstation: string): Connection {
    const id = `c${this.nextId++}`;
    let user: string | null = null;
    this.listeners.set(id, listener);
    return {
      id,
      call: (name, input): Promise<Reply> => {
        this.asked.push({ connectionId: id, workstation, name, input });
        if (this.throwNext) {
          this.throwNext = false;
          return Promise.reject(new Error('the core broke'));
        }
        if (name === 'session.signIn') user = (input as { username: string }).username;
        if (name.startsWith('session.')) return Promise.resolve({ ok: true, value: { user, workstation } });
        return Promise.resolve({ ok: false, error: { code: 'NOT_HERE', message: name } });
      },
      close: () => {
        this.listeners.delete(id);
        this.closed.push(id);
      },
    };
  }

  emit(event: CoreEvent): void {
    for (const listener of this.listeners.values()) listener(event);
  }

  stop(): Promise<void> {
    this.stopped = true;
    return Promise.resolve();
  }
}

// What each slave of a bus did, for the person who looks for a bad cable.
import type { SlaveStatistics } from '../protocol.ts';

const KEPT = 256;

export class BusStatistics {
  readonly #slaves = new Map<number, SlaveStatistics & { times: number[] }>();

  of(slave: number): Omit<SlaveStatistics, 'medianMs'> {
    return this.#of(slave);
  }

  #of(slave: number): SlaveStatistics & { times: number[] } {
    const known = this.#slaves.get(slave);
    if (known) return known;
    const fresh = {
      slave, requests: 0, answers: 0, timeouts: 0, damaged: 0, exceptions: 0, retries: 0, failing: 0, medianMs: null,
      longestMs: null, times: [],
    }; // prettier-ignore
    this.#slaves.set(slave, fresh);
    return fresh;
  }

  answered(slave: number, ms: number): void {
    const one = this.#of(slave);
    one.answers += 1;
    one.longestMs = Math.max(one.longestMs ?? 0, ms);
    one.times.push(ms);
    if (one.times.length > KEPT) one.times.shift();
  }

  get all(): SlaveStatistics[] {
    return [...this.#slaves.values()]
      .sort((a, b) => a.slave - b.slave)
      .map(({ times, ...one }) => ({ ...one, medianMs: [...times].sort((a, b) => a - b)[times.length >> 1] ?? null }));
  }
}

// Who is asked next on a bus. Readings that a person waits for go before periodic ones; among equals the slave that was
// served longest ago is next, so one with many callers does not keep the others waiting; and a reading that has waited
// long enough counts as if a person waited for it.

export type Priority = 'person' | 'periodic';

export interface Queued {
  slave: number;
  priority: Priority;
  since: number;
  /** Not before this moment: a late answer of the same slave may still be on the line. */
  notBefore: number;
}

const PATIENCE_MS = 3000;

export class BusQueue<Entry extends Queued> {
  #entries: Entry[] = [];
  readonly #served = new Map<number, number>();
  #turn = 0;

  get length(): number {
    return this.#entries.length;
  }

  add(entry: Entry): void {
    this.#entries.push(entry);
  }

  /** The next one whose time has come, taken out; null when all have to wait. */
  take(now: number): Entry | null {
    let best: Entry | null = null;
    for (const entry of this.#entries) {
      if (entry.notBefore > now) continue;
      if (best === null || this.#isBefore(entry, best, now)) best = entry;
    }
    if (best === null) return null;
    this.#entries.splice(this.#entries.indexOf(best), 1);
    this.#served.set(best.slave, (this.#turn += 1));
    return best;
  }

  /** When the first of those that have to wait may go. */
  get wakeAt(): number {
    return Math.min(...this.#entries.map(({ notBefore }) => notBefore));
  }

  /** Takes out every entry that fits. */
  remove(fits: (entry: Entry) => boolean): Entry[] {
    const removed = this.#entries.filter(fits);
    this.#entries = this.#entries.filter((entry) => !fits(entry));
    return removed;
  }

  #isBefore(entry: Entry, other: Entry, now: number): boolean {
    const [a, b] = [isUrgent(entry, now), isUrgent(other, now)];
    if (a !== b) return a;
    const [servedA, servedB] = [this.#served.get(entry.slave) ?? 0, this.#served.get(other.slave) ?? 0];
    // Equals stay in the order in which they came.
    return servedA < servedB;
  }
}

const isUrgent = (entry: Queued, now: number): boolean =>
  entry.priority === 'person' || now - entry.since > PATIENCE_MS;

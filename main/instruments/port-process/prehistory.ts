// The seconds before a run: bytes and requests in their order, kept until loading begins and they become the first part
// of the file.
import type { BoundDriver } from '../drivers/driver.ts';
import type { RunFileEvent } from '../run/run-types.ts';

export interface Chunk {
  bytes: Uint8Array;
  monoNs: bigint;
}

/** A request or its time-out, in its place among the bytes. */
export interface Mark {
  mark: Extract<RunFileEvent, { event: 'ask' | 'no-answer' }>;
  monoNs: bigint;
}

/** Trimming copies; it waits until it is worth it. */
const TRIM_AFTER = 64;

export class Prehistory {
  readonly #driver: BoundDriver;
  readonly #lengthNs: bigint;
  #kept: (Chunk | Mark)[] = [];

  constructor(driver: BoundDriver, seconds: number) {
    this.#driver = driver;
    this.#lengthNs = BigInt(Math.round(seconds * 1e9));
  }

  forget(): void {
    this.#kept = [];
  }

  /** `hold`: a start is being judged, nothing may be dropped now. */
  push(each: Chunk | Mark, hold: boolean): void {
    this.#kept.push(each);
    if (hold) return;
    const oldest = each.monoNs - this.#lengthNs;
    let from = 0;
    while (from < this.#kept.length - 1 && (this.#kept[from] as Chunk | Mark).monoNs < oldest) from += 1;
    if (from > TRIM_AFTER) this.#kept = this.#kept.slice(from);
  }

  /** Everything, handed over. Bytes without the request that they answer say nothing and are left out. */
  take(): (Chunk | Mark)[] {
    const kept = this.#kept;
    this.#kept = [];
    if (!this.#driver.poll) return kept;
    const first = kept.findIndex((each) => 'mark' in each && each.mark.event === 'ask');
    return first < 0 ? [] : kept.slice(first);
  }
}

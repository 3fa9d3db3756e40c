// Samples for the display: one Float64Array per column, overwritten from the oldest. It may forget; the raw log may not.
import { EXTENSION_SCALE, LOAD_SCALE, TIME_SCALE } from '../run/sample.ts';
import type { Sample } from '../run/sample.ts';

export interface Columns {
  time_s: Float64Array;
  load_kN: Float64Array;
  displacement_mm: Float64Array;
  extension_mm: Float64Array;
}

/** 2^16 samples: 65 s of a machine at 1 kHz, 2 MB. */
const USUAL_EXPONENT = 16;
/** Bitwise indices end at 2^31, 24 days at 1 kHz; long before that the count goes back by whole turns. */
const REBASE_AT = 2 ** 30;

export class SampleRing {
  readonly #mask: number;
  readonly #t_us: Float64Array;
  readonly #load: Float64Array;
  readonly #displacement: Float64Array;
  readonly #extension: Float64Array;
  /** Counts every sample ever pushed; the place is its low bits. */
  #written = 0;
  #taken = 0;

  constructor(exponent = USUAL_EXPONENT) {
    const size = 2 ** exponent;
    this.#mask = size - 1;
    this.#t_us = new Float64Array(size);
    this.#load = new Float64Array(size);
    this.#displacement = new Float64Array(size);
    this.#extension = new Float64Array(size);
  }

  get capacity(): number {
    return this.#mask + 1;
  }

  get written(): number {
    return this.#written;
  }

  push(sample: Sample): void {
    const at = this.#written & this.#mask;
    this.#t_us[at] = sample.t_us;
    this.#load[at] = sample.load;
    this.#displacement[at] = sample.displacement;
    this.#extension[at] = sample.extension;
    this.#written += 1;
  }

  /** A new connection: what was is of another time base. */
  clear(): void {
    this.#written = this.#taken = 0;
  }

  /** What came since the last call; null when nothing did. `lost` samples were overwritten before they were taken. */
  take(): { columns: Columns; lost: number } | null {
    const waiting = this.#written - this.#taken;
    if (waiting === 0) return null;
    const lost = Math.max(0, waiting - this.capacity);
    const columns = this.#slice(this.#taken + lost);
    this.#taken = this.#written;
    if (this.#written >= REBASE_AT) this.#rebase();
    return { columns, lost };
  }

  /** The last seconds, for a display that is opened later. */
  last(seconds: number): Columns {
    const from = this.#since(seconds * TIME_SCALE);
    return this.#slice(from);
  }

  /** Time and load of the last seconds as scaled integers, at most so many, evenly picked. */
  recent(seconds: number, most: number): Pick<Sample, 't_us' | 'load'>[] {
    const from = this.#since(seconds * TIME_SCALE);
    const step = Math.max(1, Math.ceil((this.#written - from) / most));
    const picked: Pick<Sample, 't_us' | 'load'>[] = [];
    for (let index = this.#written - 1; index >= from; index -= step) {
      const at = index & this.#mask;
      picked.unshift({ t_us: this.#t_us[at] as number, load: this.#load[at] as number });
    }
    return picked;
  }

  get lastTime_us(): number | null {
    return this.#written === 0 ? null : (this.#t_us[(this.#written - 1) & this.#mask] as number);
  }

  /** Index of the oldest sample that is at most so old; a time that runs backwards ends the search. */
  #since(microseconds: number): number {
    const oldest = Math.max(0, this.#written - this.capacity);
    const newest = this.lastTime_us ?? 0;
    let from = this.#written;
    while (from > oldest) {
      const age = newest - (this.#t_us[(from - 1) & this.#mask] as number);
      if (age < 0 || age > microseconds) break;
      from -= 1;
    }
    return from;
  }

  #slice(from: number): Columns {
    const length = this.#written - from;
    const columns: Columns = {
      time_s: new Float64Array(length),
      load_kN: new Float64Array(length),
      displacement_mm: new Float64Array(length),
      extension_mm: new Float64Array(length),
    };
    for (let index = 0; index < length; index += 1) {
      const at = (from + index) & this.#mask;
      columns.time_s[index] = (this.#t_us[at] as number) / TIME_SCALE;
      columns.load_kN[index] = (this.#load[at] as number) / LOAD_SCALE;
      columns.displacement_mm[index] = this.#displacement[at] as number;
      columns.extension_mm[index] = (this.#extension[at] as number) / EXTENSION_SCALE;
    }
    return columns;
  }

  #rebase(): void {
    this.#written = this.#taken = this.capacity + (this.#written & this.#mask);
  }
}

// The extensometer on a virtual bar: it follows the bar between its knife edges until somebody takes it off or the bar
// parts; then it springs back to nothing. It trembles a little all the while.
import { fixed, mulberry32 } from './compression-model.ts';
import type { FeltBar } from './compression-model.ts';

const NOISE_MM = 0.0002;
const DIGITS = 4;

export class ClippedGauge {
  readonly #gauge_mm: number;
  readonly #random: () => number;
  #off = false;

  constructor(gauge_mm: number, seed: number) {
    this.#gauge_mm = gauge_mm;
    this.#random = mulberry32(seed);
  }

  takeOff(): void {
    this.#off = true;
  }

  /** Its reading, mm. Without a bar it is off. */
  show(bar: FeltBar | null): string {
    // The halves fly apart: nobody leaves it on them.
    if (bar === null || (bar.strain > 0.01 && bar.load_kN === 0)) this.#off = true;
    const follows = this.#off || bar === null ? 0 : bar.strain * this.#gauge_mm;
    return fixed(follows + this.#gauss() * NOISE_MM, DIGITS);
  }

  #gauss(): number {
    const u = Math.max(this.#random(), 1e-12);
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * this.#random());
  }
}

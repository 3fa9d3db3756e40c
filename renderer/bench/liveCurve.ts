// The curve of the machine as it runs, outside of React: thousands of points must not become renders. When the next
// specimen is armed, the finished curve stays on the screen until the new one really rises. Every sample that comes is
// counted; what is drawn of them is the chart's business.
import type { CoreEvent } from '../../shared/contract/events.ts';
import { CurveColumns } from '../curve/columns.ts';

type Samples = Extract<CoreEvent, { type: 'bench.samples' }>;

interface Kept {
  runId: string | null;
  columns: CurveColumns;
  peak: number;
  greatestDisplacement: number;
  greatestExtension: number;
}

/** A curve that has risen this far is the one to look at, kN. */
const risenKn = 5;
/** What is kept while no run is on, s. */
const idleWindowS = 30;

const empty = (runId: string | null): Kept => ({
  runId,
  columns: new CurveColumns(),
  peak: 0,
  greatestDisplacement: Number.NaN,
  greatestExtension: Number.NaN,
});

/** NaN is no reading and never the greatest. */
const greater = (known: number, next: number): number => (known >= next || Number.isNaN(next) ? known : next);

export class LiveCurve {
  /** Samples that came, ever; and those that the port process could not hand over. */
  received = 0;
  lost = 0;
  #current = empty(null);
  #previous: Kept | null = null;
  readonly #listeners = new Set<() => void>();

  append(samples: Samples): void {
    if (samples.runId !== this.#current.runId) {
      if (this.#current.peak >= risenKn) this.#previous = this.#current;
      this.#current = empty(samples.runId);
    }
    const kept = this.#current;
    const { timeS, loadKn, displacementMm, extensionMm } = samples;
    for (let index = 0; index < timeS.length; index += 1) {
      const load = loadKn[index] ?? 0;
      const displacement = displacementMm?.[index] ?? Number.NaN;
      const extension = extensionMm?.[index] ?? Number.NaN;
      kept.columns.push(timeS[index]!, load, displacement, extension);
      kept.peak = Math.max(kept.peak, load);
      kept.greatestDisplacement = greater(kept.greatestDisplacement, displacement);
      kept.greatestExtension = greater(kept.greatestExtension, extension);
    }
    this.received += timeS.length;
    this.lost += samples.lost ?? 0;
    if (samples.runId === null) kept.columns.keepLast(idleWindowS);
    this.#tell();
  }

  reset(): void {
    this.#current = empty(null);
    this.#previous = null;
    this.received = this.lost = 0;
    this.#tell();
  }

  /** The curve to look at. */
  get shown(): Readonly<Kept> {
    return this.#current.peak < risenKn && this.#previous !== null ? this.#previous : this.#current;
  }

  /** Whether the curve that is looked at is the one that grows. */
  get grows(): boolean {
    return this.shown === this.#current;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

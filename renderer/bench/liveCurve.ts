// The curve of the machine as it runs, outside of React: thousands of points must not become renders. When the next
// specimen is armed, the finished curve stays on the screen until the new one really rises.
import type { CoreEvent } from '../../shared/contract/events.ts';
import type { Series } from '../curve/decimate.ts';

type Samples = Extract<CoreEvent, { type: 'bench.samples' }>;

interface Buffer {
  runId: string | null;
  timeS: number[];
  loadKn: number[];
  peak: number;
}

/** A curve that has risen this far is the one to look at, kN. */
const risenKn = 5;
/** What is kept while no run is on, s. */
const idleWindowS = 30;

const empty = (runId: string | null): Buffer => ({ runId, timeS: [], loadKn: [], peak: 0 });

export class LiveCurve {
  private current = empty(null);
  private previous: Buffer | null = null;
  private readonly listeners = new Set<() => void>();

  append(samples: Samples): void {
    if (samples.runId !== this.current.runId) {
      if (this.current.peak >= risenKn) this.previous = this.current;
      this.current = empty(samples.runId);
    }
    const { timeS, loadKn } = this.current;
    for (let index = 0; index < samples.timeS.length; index += 1) {
      const load = samples.loadKn[index] ?? 0;
      timeS.push(samples.timeS[index]!);
      loadKn.push(load);
      this.current.peak = Math.max(this.current.peak, load);
    }
    if (samples.runId === null) {
      const from = timeS.findIndex((time) => time >= (timeS.at(-1) ?? 0) - idleWindowS);
      if (from > 0) {
        timeS.splice(0, from);
        loadKn.splice(0, from);
      }
    }
    for (const listener of this.listeners) listener();
  }

  reset(): void {
    this.current = empty(null);
    this.previous = null;
    for (const listener of this.listeners) listener();
  }

  readonly read = (): Series => {
    const shown = this.current.peak < risenKn && this.previous !== null ? this.previous : this.current;
    const start = shown.timeS[0] ?? 0;
    return { timeS: shown.timeS.map((time) => time - start), loadKn: shown.loadKn };
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

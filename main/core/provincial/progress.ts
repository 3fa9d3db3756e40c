// How far the upload is, for people: the engine reports every exchange, a window is told at most four times a second. A
// busy stretch lasts from the first exchange until the engine has rested for a moment; rate and time left come from its
// last half minute.
import { toWallTime } from '../../../shared/entities/scalars.ts';
import type { SyncProgress } from '../../../shared/sync/calls.ts';
import type { EngineProgress } from '../../../sync/provincial/engine.ts';

const tellEveryMs = 250;
/** The next pass of a long queue follows at once; after this it is over. */
const restMs = 1_500;
const rateOverMs = 30_000;

export interface ProgressClock {
  now(): number;
  after(ms: number, work: () => void): () => void;
}

const wallClock: ProgressClock = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

export class ProgressMeter {
  readonly #tell: (progress: SyncProgress | null) => void;
  readonly #clock: ProgressClock;
  #startedAt = 0;
  #acceptedBefore = 0;
  /** When so many were accepted, within the last half minute. */
  #marks: { at: number; accepted: number }[] = [];
  #newest: EngineProgress | null = null;
  #toldAt = Number.NEGATIVE_INFINITY;
  #stopTelling: (() => void) | null = null;
  #stopResting: (() => void) | null = null;
  #current: SyncProgress | null = null;

  constructor(tell: (progress: SyncProgress | null) => void, clock: ProgressClock = wallClock) {
    this.#tell = tell;
    this.#clock = clock;
  }

  get current(): SyncProgress | null {
    return this.#current;
  }

  readonly onProgress = (progress: EngineProgress): void => {
    const now = this.#clock.now();
    if (this.#newest === null) {
      this.#startedAt = now;
      this.#acceptedBefore = progress.counts.accepted;
      this.#marks = [{ at: now, accepted: this.#acceptedBefore }];
    }
    this.#newest = progress;
    this.#stopResting?.();
    this.#stopResting = progress.running ? null : this.#clock.after(restMs, () => this.end());
    if (this.#stopTelling !== null) return;
    const wait = this.#toldAt + tellEveryMs - now;
    if (wait <= 0) this.#say();
    else {
      this.#stopTelling = this.#clock.after(wait, () => {
        this.#stopTelling = null;
        this.#say();
      });
    }
  };

  /** It has come to rest, or the engine is gone. */
  end(): void {
    this.#stopTelling?.();
    this.#stopResting?.();
    this.#stopTelling = null;
    this.#stopResting = null;
    if (this.#newest === null) return;
    this.#newest = null;
    this.#current = null;
    this.#toldAt = this.#clock.now();
    this.#tell(null);
  }

  #say(): void {
    const progress = this.#newest;
    if (progress === null) return;
    const now = this.#clock.now();
    this.#toldAt = now;
    // Counted here, four times a second at most, however fast the engine is.
    const { counts } = progress;
    const left = counts.pending + counts.sending + counts.unknown;
    this.#marks.push({ at: now, accepted: counts.accepted });
    const [first, second] = this.#marks;
    if (first && second && now - second.at >= rateOverMs) this.#marks.shift();
    const from = first ?? { at: now, accepted: counts.accepted };
    const ms = now - from.at;
    const gained = counts.accepted - from.accepted;
    const measured = ms >= 1_000 && gained > 0;
    this.#current = {
      startedAt: toWallTime(this.#startedAt),
      done: progress.done,
      planned: progress.planned,
      accepted: counts.accepted - this.#acceptedBefore,
      left,
      perMinute: measured ? Math.round((gained * 60_000) / ms) : null,
      secondsLeft: measured ? Math.ceil((left * ms) / gained / 1_000) : null,
    };
    this.#tell(this.#current);
  }
}

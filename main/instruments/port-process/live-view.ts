// What the bench sees of a channel while it runs: batches of samples 25 times a second, the live figures ten times.
import { slope } from '../detectors/loading.ts';
import type { DriverEvent } from '../drivers/driver.ts';
import type { ArmRun, LiveEvent, PortEventName, PortEvents, RunPhase } from '../protocol.ts';
import type { Sample } from '../run/sample.ts';
import { SampleRing } from './ring.ts';
import type { Columns } from './ring.ts';

const LIVE_EVERY_MS = 100;
const TICK_MS = 40;
const ERRORS_PER_LIVE = 2;
const RATE_WINDOW_S = 2;
/** Enough for a slope over two seconds, few enough for a machine of 1 kHz. */
const RATE_POINTS = 200;

export interface RunView {
  runId: string | null;
  recording: boolean;
  phase: RunPhase;
  peak: string | null;
  /** Nothing of a run is shown before it is in its file. */
  whenWritten(done: () => void): void;
}

export type Send = <Name extends PortEventName>(name: Name, event: PortEvents[Name]) => void;

export class LiveView {
  readonly #channelId: string;
  readonly #send: Send;
  readonly #ring = new SampleRing();
  #load: string | null = null;
  #liveDue = 0;
  #errorsLeft = ERRORS_PER_LIVE;

  constructor(channelId: string, send: Send) {
    this.#channelId = channelId;
    this.#send = send;
  }

  push(sample: Sample): void {
    this.#ring.push(sample);
    this.#load = sample.text;
  }

  /** A new connection has a time base of its own. */
  clear(): void {
    this.#ring.clear();
    this.#load = null;
  }

  get lastTime_us(): number | null {
    return this.#ring.lastTime_us;
  }

  last(seconds: number): Columns {
    return this.#ring.last(seconds);
  }

  flush(run: RunView): void {
    const taken = this.#ring.take();
    if (!taken) return;
    const { columns, lost } = taken;
    const event = {
      channelId: this.#channelId,
      runId: run.recording ? run.runId : null,
      ...columns,
      ...(lost > 0 ? { lost } : {}),
    };
    run.whenWritten(() => this.#send('samples', event));
  }

  tick(run: RunView, dueRate: ArmRun['dueRate'], rejectedBytes: number): void {
    this.#liveDue -= TICK_MS;
    if (this.#liveDue > 0) return;
    this.#liveDue = LIVE_EVERY_MS;
    this.#errorsLeft = ERRORS_PER_LIVE;
    const rate = slope(this.#ring.recent(RATE_WINDOW_S, RATE_POINTS) as Sample[]);
    const event = {
      channelId: this.#channelId,
      runId: run.runId,
      phase: run.phase,
      load: this.#load,
      peak: run.peak,
      rate_kN_per_s: rate,
      rateState: run.phase === 'loading' ? rateState(rate, dueRate) : null,
      rejectedBytes,
    };
    run.whenWritten(() => this.#send('live', event));
  }

  /** Noise on a line makes thousands of errors a second; the parent needs a few to say what is wrong. */
  reading(event: DriverEvent): void {
    if (event.kind === 'error') {
      if (this.#errorsLeft <= 0) return;
      this.#errorsLeft -= 1;
    }
    this.#send('reading', { channelId: this.#channelId, event });
  }
}

function rateState(rate: string | null, due: ArmRun['dueRate']): LiveEvent['rateState'] {
  if (rate === null || !due) return null;
  if (Number(rate) < Number(due.min)) return 'slow';
  return Number(rate) > Number(due.max) ? 'fast' : 'within';
}

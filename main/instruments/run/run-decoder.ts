// From the bytes and events of one run to its samples and detection: the one path for the live run, the summary in the
// seal and every later recomputation. Its only inputs are what the run file holds, in the order in which it holds them.
import { createHash } from 'node:crypto';
import { READINGS_ID } from '../detectors/readings.ts';
import type { BoundDriver, DriverEvent } from '../drivers/driver.ts';
import type { Detector } from '../detectors/detector.ts';
import type { ClockAnchor } from './clock.ts';
import type { ClockEvent, DeviceFigure, RunFileEvent } from './run-types.ts';
import { SampleDecoder } from './sample-decoder.ts';
import type { Sample, ValueEvent } from './sample.ts';

const YIELD_NAMES: Record<string, 'FeH' | 'FeL'> = { 'upper-yield': 'FeH', 'lower-yield': 'FeL' };

export class RunDecoder {
  readonly detector: Detector;
  readonly #decoder: SampleDecoder;
  readonly #device = new Map<DeviceFigure['name'], string>();
  readonly #readings: ValueEvent[] | null;
  /** Monotonic arrival of each sample, for the wall times of the summary. */
  readonly arrivals: bigint[] = [];
  readonly clocks: ClockEvent[] = [];
  identity: string | null = null;

  constructor(driver: BoundDriver, detector: Detector) {
    this.detector = detector;
    this.#readings = detector.stamp.id === READINGS_ID ? [] : null;
    // The pre-history begins in the middle of the stream: the first half line is dropped, headers are long past.
    const joinStream = driver.runs || driver.streams || driver.tailLooksWhole === true;
    this.#decoder = new SampleDecoder(driver, { joinStream, headerFrames: 0 });
  }

  /** An event block of the file; every one has to pass here in its place among the bytes. */
  note(event: RunFileEvent): void {
    if (event.event === 'ask') this.#decoder.ask();
    else if (event.event === 'no-answer') this.#decoder.hangUp();
    else if (event.event === 'clock') this.clocks.push(event);
    else if (event.event === 'identity') this.identity = event.identity;
  }

  /** Returns the samples of this chunk. */
  feed(bytes: Uint8Array, monoNs: bigint): Sample[] {
    const { samples, values, events, overloads } = this.#decoder.feed(bytes, monoNs);
    this.#readings?.push(...values);
    for (const sample of samples) {
      if (this.detector.phase === 'done') break;
      const before = this.detector.phase;
      this.detector.push(sample);
      this.arrivals.push(monoNs);
      // Up to the reading that shows the break: later the controller may have cleared its peak for the next specimen.
      if (sample.peakOfDevice !== undefined && before === 'loading') this.#device.set('Fm', sample.peakOfDevice);
    }
    for (let index = 0; index < overloads; index += 1) this.detector.overload();
    for (const event of events) this.#keepFigure(event);
    return samples;
  }

  /** The controller's yield counts when it was asked for after this specimen broke. */
  #keepFigure(event: DriverEvent): void {
    if (event.kind !== 'info' || event.value === undefined || event.unit !== 'kN') return;
    const name = Object.hasOwn(YIELD_NAMES, event.info) ? YIELD_NAMES[event.info] : undefined;
    const over = this.detector.phase === 'broken' || this.detector.phase === 'done';
    if (name !== undefined && over) this.#device.set(name, event.value);
  }

  get device(): DeviceFigure[] {
    return [...this.#device].map(([name, value]) => ({ name, value, unit: 'kN' }));
  }

  /** Where a log of readings is kept: all of them, digit for digit. */
  get readings(): readonly ValueEvent[] | null {
    return this.#readings;
  }

  get readingsDigest(): { count: number; digest: string } | null {
    if (this.#readings === null) return null;
    const hash = createHash('sha256');
    for (const { value, unit, stable } of this.#readings) hash.update(`${value} ${unit} ${stable ?? '-'}\n`);
    return { count: this.#readings.length, digest: hash.digest('hex') };
  }

  /** The wall clock as it stood when the run began; null in files that hold only the one of the arming. */
  get anchor(): ClockAnchor | null {
    const start = this.clocks.find(({ at }) => at === 'start');
    return start ? { wallMs: start.wallMs, monoNs: BigInt(start.monoNs) } : null;
  }

  get rejectedBytes(): number {
    return this.#decoder.rejectedBytes;
  }

  get gaps(): number {
    return this.#decoder.gaps;
  }

  get timeSource(): 'device' | 'arrival' {
    return this.#decoder.timeSource;
  }
}

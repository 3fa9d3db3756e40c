// Frames to samples: time base, gaps, what was rejected. The device's own counter and time column are preferred;
// without them the frames of one chunk are spread back to the chunk before, because arrival stamps of a USB
// adapter come in lumps. An instrument that must be asked is heard only between a request and its answer.
import type { BoundDriver, DriverEvent } from '../drivers/driver.ts';
import type { Frame, Framer } from '../framers/framer.ts';
import { scaled } from './sample.ts';
import type { Sample, ValueEvent } from './sample.ts';

/** A pause is a gap from three sample periods on, but never below this. */
const GAP_FLOOR_US = 300_000;
/** Bytes of one frame follow each other. Half a frame that is older than this is not continued by what comes now: with
 *  a serial adapter the cable can come out and in again without the port being lost. */
const STALE_NS = 1_000_000_000n;

export interface FedChunk {
  samples: Sample[];
  /** The readings behind the samples, with unit and stability, for instruments that are asked one by one. */
  values: ValueEvent[];
  /** Everything the driver said that is no sample. */
  events: DriverEvent[];
  overloads: number;
  /** An open request got its answer here. */
  answered: boolean;
}

export class SampleDecoder {
  readonly #driver: BoundDriver;
  readonly #framer: Framer;
  #headersLeft: number;
  #rejected = 0;
  #gaps = 0;
  #last: { t_us: number; seq: number | null } | null = null;
  #period_us = 0;
  #device = false;
  #monoStart: bigint | null = null;
  #lastChunk_us = 0;
  #lastByteNs: bigint | null = null;
  readonly #polled: boolean;
  #listening: boolean;

  constructor(driver: BoundDriver, options: { joinStream: boolean; headerFrames?: number }) {
    this.#driver = driver;
    this.#polled = driver.poll !== undefined;
    this.#listening = !this.#polled;
    this.#period_us = (driver.poll?.everyMs ?? 0) * 1000;
    // What answers a request begins with its first byte; only a running stream is joined in the middle.
    this.#framer = driver.makeFramer({ joinStream: options.joinStream && !this.#polled });
    this.#headersLeft = options.headerFrames ?? driver.headerFrames;
  }

  get rejectedBytes(): number {
    return this.#rejected + this.#framer.dropped;
  }

  get gaps(): number {
    return this.#gaps;
  }

  get timeSource(): 'device' | 'arrival' {
    return this.#device ? 'device' : 'arrival';
  }

  /** A request goes out: nothing that came before may join its answer. */
  ask(): void {
    if (!this.#polled) return;
    this.#framer.reset();
    this.#listening = true;
  }

  /** The time for the answer is over, or it has come: what follows belongs to no request. */
  hangUp(): void {
    if (!this.#polled) return;
    this.#framer.reset();
    this.#listening = false;
  }

  feed(bytes: Uint8Array, monoNs: bigint): FedChunk {
    this.#monoStart ??= monoNs;
    const chunk_us = Number((monoNs - this.#monoStart) / 1000n);
    const fed: FedChunk = { samples: [], values: [], events: [], overloads: 0, answered: false };
    if (this.#framer.pending > 0 && this.#lastByteNs !== null && monoNs - this.#lastByteNs > STALE_NS) {
      this.#framer.reset();
    }
    this.#lastByteNs = monoNs;
    if (!this.#listening) {
      this.#rejected += bytes.length;
      return fed;
    }
    for (const frame of this.#framer.push(bytes)) {
      if (this.#listening) this.#decodeFrame(frame, fed);
      else this.#rejected += frame.wireLength;
    }
    const { values } = fed;
    for (const [index, value] of values.entries()) {
      const share = (index + 1) / values.length;
      const arrival_us = Math.round(this.#lastChunk_us + (chunk_us - this.#lastChunk_us) * share);
      const sample = this.#toSample(value, arrival_us);
      if (sample) fed.samples.push(sample);
    }
    if (values.length > 0) this.#lastChunk_us = chunk_us;
    return fed;
  }

  #decodeFrame(frame: Frame, fed: FedChunk): void {
    if (this.#headersLeft > 0) {
      this.#headersLeft -= 1;
      return;
    }
    const decoded = this.#driver.decode(frame);
    if (!decoded.understood) this.#rejected += frame.wireLength;
    else if (this.#polled) {
      fed.answered = true;
      this.hangUp();
    }
    for (const event of decoded.events) {
      if (event.kind === 'value') fed.values.push(event);
      else fed.events.push(event);
      if (event.kind === 'state' && (event.state === 'overload' || event.state === 'underload')) fed.overloads += 1;
    }
  }

  #toSample(value: ValueEvent, arrival_us: number): Sample | null {
    const time = value.fields?.['time_s'];
    const seqText = value.fields?.['seq'];
    const seq = seqText === undefined ? null : Number(seqText);
    this.#device = time !== undefined;
    const t_us = time === undefined ? arrival_us : scaled(time, 6);
    const last = this.#last;
    // The same counter again is the same sample sent twice; it adds nothing and must not hide a frozen machine.
    if (last && seq !== null && seq === last.seq) return null;
    const gapBefore = last !== null && this.#isGap(last, t_us, seq);
    if (gapBefore) this.#gaps += 1;
    else if (last)
      this.#period_us = this.#period_us === 0 ? t_us - last.t_us : (this.#period_us * 7 + t_us - last.t_us) / 8;
    this.#last = { t_us, seq };
    const displacement = value.fields?.['displacement_mm'];
    const extension = value.fields?.['extension_mm'];
    const peakOfDevice = value.fields?.['peakOfDevice'];
    return {
      t_us,
      load: scaled(value.value, 9),
      text: value.value,
      displacement: displacement === undefined ? Number.NaN : Number(displacement),
      extension: extension === undefined ? Number.NaN : scaled(extension, 6),
      gapBefore,
      ...(peakOfDevice === undefined ? {} : { peakOfDevice }),
    };
  }

  #isGap(last: { t_us: number; seq: number | null }, t_us: number, seq: number | null): boolean {
    if (t_us < last.t_us) return true;
    if (seq !== null && last.seq !== null) return seq !== last.seq + 1;
    // A slow machine's first interval tells its period and nothing about a gap.
    if (this.#period_us === 0) return false;
    return t_us - last.t_us > Math.max(3 * this.#period_us, GAP_FLOOR_US);
  }
}

// From the bytes of one run to its samples and detection: the one path for the live run, the summary in the seal
// and every later recomputation. Its only inputs are what the run file holds.
import type { BoundDriver } from '../drivers/driver.ts';
import type { Detector } from '../detectors/detector.ts';
import { SampleDecoder } from './sample-decoder.ts';
import type { Sample } from './sample.ts';

export class RunDecoder {
  readonly detector: Detector;
  readonly #decoder: SampleDecoder;
  /** Monotonic arrival of each sample, for the wall times of the summary. */
  readonly arrivals: bigint[] = [];

  constructor(driver: BoundDriver, detector: Detector) {
    this.detector = detector;
    // The pre-history begins in the middle of the stream: the first half line is dropped, headers are long past.
    this.#decoder = new SampleDecoder(driver, { joinStream: true, headerFrames: 0 });
  }

  /** Returns the samples of this chunk. */
  feed(bytes: Uint8Array, monoNs: bigint): Sample[] {
    const { samples, overloads } = this.#decoder.feed(bytes, monoNs);
    for (const sample of samples) {
      if (this.detector.phase === 'done') break;
      this.detector.push(sample);
      this.arrivals.push(monoNs);
    }
    for (let index = 0; index < overloads; index += 1) this.detector.overload();
    return samples;
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

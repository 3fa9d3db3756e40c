// For protocols without a check digit: a frame is handed on only after it came a number of times in a row, byte
// for byte the same and with nothing dropped in between. From then on every further equal frame is handed on.
import type { Frame, Framer } from './framer.ts';

export class RepeatedFramer implements Framer {
  readonly #inner: Framer;
  readonly #times: number;
  #last: Uint8Array | null = null;
  #count = 0;
  /** Bytes of frames that wait for their like. */
  #held = 0;
  #dropped = 0;
  #innerDropped = 0;

  constructor(inner: Framer, times: number) {
    this.#inner = inner;
    this.#times = times;
  }

  get dropped(): number {
    return this.#dropped + this.#inner.dropped;
  }

  get pending(): number {
    return this.#held + this.#inner.pending;
  }

  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    // Byte by byte, because only then it shows between which two frames something was dropped.
    for (let at = 0; at < chunk.length; at += 1) {
      for (const frame of this.#inner.push(chunk.subarray(at, at + 1))) this.#take(frame, frames);
    }
    return frames;
  }

  reset(): void {
    this.#inner.reset();
    this.#forget();
    this.#innerDropped = this.#inner.dropped;
  }

  flush(): Frame | null {
    const frames: Frame[] = [];
    const last = this.#inner.flush();
    if (last) this.#take(last, frames);
    return frames[0] ?? null;
  }

  #take(frame: Frame, frames: Frame[]): void {
    const gap = this.#inner.dropped !== this.#innerDropped;
    this.#innerDropped = this.#inner.dropped;
    if (gap || frame.fault !== undefined || !this.#isLast(frame.bytes)) this.#forget();
    if (frame.fault !== undefined) {
      frames.push(frame);
      return;
    }
    this.#last = frame.bytes;
    this.#count += 1;
    this.#held += frame.wireLength;
    if (this.#count < this.#times) return;
    frames.push({ bytes: frame.bytes, wireLength: this.#held });
    this.#held = 0;
  }

  #isLast(bytes: Uint8Array): boolean {
    return this.#last !== null && Buffer.compare(this.#last, bytes) === 0;
  }

  #forget(): void {
    this.#dropped += this.#held;
    this.#held = 0;
    this.#count = 0;
    this.#last = null;
  }
}

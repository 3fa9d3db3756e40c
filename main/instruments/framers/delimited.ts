// What stands between two delimiters, of one fixed length (`=0013.20=0013.20=`). Whether the sign opens or closes
// a reading makes no difference then: only what has it on both sides is whole.
import type { Frame, Framer } from './framer.ts';

export class DelimitedFramer implements Framer {
  readonly #delimiter: number;
  readonly #length: number;
  readonly #buffer: Uint8Array;
  #held = 0;
  /** A delimiter was seen and nothing too long since. */
  #inside = false;
  #dropped = 0;

  /** `length` counts the bytes between two delimiters. */
  constructor(options: { delimiter: number; length: number }) {
    this.#delimiter = options.delimiter;
    this.#length = options.length;
    this.#buffer = new Uint8Array(options.length);
  }

  get dropped(): number {
    return this.#dropped;
  }

  get pending(): number {
    return this.#inside ? this.#held + 1 : 0;
  }

  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    for (const byte of chunk) {
      if (byte === this.#delimiter) {
        const frame = this.flush();
        if (frame) frames.push(frame);
        else this.#dropped += this.pending;
        this.#inside = true;
        this.#held = 0;
      } else if (!this.#inside) this.#dropped += 1;
      else if (this.#held < this.#length) {
        this.#buffer[this.#held] = byte;
        this.#held += 1;
      } else {
        this.#dropped += this.pending + 1;
        this.#inside = false;
        this.#held = 0;
      }
    }
    return frames;
  }

  reset(): void {
    this.#dropped += this.pending;
    this.#inside = false;
    this.#held = 0;
  }

  flush(): Frame | null {
    if (!this.#inside || this.#held !== this.#length) return null;
    this.#inside = false;
    this.#held = 0;
    return { bytes: this.#buffer.slice(), wireLength: this.#length + 1 };
  }
}

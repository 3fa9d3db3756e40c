// Frames between STX and ETX of one fixed length (XK3190 and its family). Both ends and the length must fit, so a
// STX or ETX inside noise does not make a frame; after a misfit the search goes on at the next STX.
import type { Frame, Framer } from './framer.ts';

const STX = 0x02;
const ETX = 0x03;

export class StxEtxFramer implements Framer {
  /** Length on the wire with both delimiters. */
  readonly #wireLength: number;
  #buffer: number[] = [];
  #dropped = 0;

  constructor(wireLength: number) {
    this.#wireLength = wireLength;
  }

  get dropped(): number {
    return this.#dropped;
  }

  get pending(): number {
    return this.#buffer.length;
  }

  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    for (const byte of chunk) {
      this.#buffer.push(byte);
      this.#seekStart(0);
      if (this.#buffer.length < this.#wireLength) continue;
      if (this.#buffer[this.#wireLength - 1] === ETX) {
        frames.push({ bytes: Uint8Array.from(this.#buffer.slice(1, -1)), wireLength: this.#wireLength });
        this.#buffer = [];
      } else {
        this.#seekStart(1);
      }
    }
    return frames;
  }

  reset(): void {
    this.#dropped += this.#buffer.length;
    this.#buffer = [];
  }

  flush(): Frame | null {
    return null;
  }

  #seekStart(from: number): void {
    const at = this.#buffer.indexOf(STX, from);
    const cut = at < 0 ? this.#buffer.length : at;
    this.#dropped += cut;
    if (cut > 0) this.#buffer = this.#buffer.slice(cut);
  }
}

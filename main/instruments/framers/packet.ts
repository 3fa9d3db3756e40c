// Frames that a rule recognises by their bytes: heads, tails, lengths, checks. Memory is two frames long. After
// a misfit the search goes on one byte after the false head, so a true frame inside the noise is never lost.
import type { Frame, Framer } from './framer.ts';

/** `more`: may become a frame. `misfit`: no frame begins here. */
export type Verdict = 'more' | 'misfit' | { length: number; fault?: string; content?: { from: number; to: number } };

export interface PacketRule {
  /** Longest frame on the wire. */
  maxLength: number;
  /** Quick first look at a possible head. */
  mayStart(byte: number): boolean;
  /** Judges what begins at `bytes[0]`, from as many bytes as there are; later bytes never change a verdict. */
  judge(bytes: Uint8Array): Verdict;
}

export class PacketFramer implements Framer {
  readonly #rule: PacketRule;
  readonly #buffer: Uint8Array;
  #from = 0;
  #to = 0;
  #dropped = 0;

  constructor(rule: PacketRule) {
    this.#rule = rule;
    this.#buffer = new Uint8Array(rule.maxLength * 2);
  }

  get dropped(): number {
    return this.#dropped;
  }

  get pending(): number {
    return this.#to - this.#from;
  }

  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    let taken = 0;
    while (taken < chunk.length) {
      if (this.#to === this.#buffer.length) this.#moveToFront();
      const part = chunk.subarray(taken, taken + this.#buffer.length - this.#to);
      this.#buffer.set(part, this.#to);
      this.#to += part.length;
      taken += part.length;
      this.#search(frames);
    }
    return frames;
  }

  reset(): void {
    this.#dropped += this.pending;
    this.#from = this.#to = 0;
  }

  flush(): Frame | null {
    return null;
  }

  #search(frames: Frame[]): void {
    while (this.#from < this.#to) {
      const verdict = this.#verdict();
      if (verdict === 'more') return;
      if (verdict === 'misfit') {
        this.#from += 1;
        this.#dropped += 1;
        continue;
      }
      const { length, fault, content = { from: 0, to: length } } = verdict;
      const bytes = this.#buffer.slice(this.#from + content.from, this.#from + content.to);
      const wireLength = fault === undefined ? length : 1;
      frames.push({ bytes, wireLength, ...(fault === undefined ? {} : { fault }) });
      this.#from += wireLength;
    }
    this.#from = this.#to = 0;
  }

  #verdict(): Verdict {
    if (!this.#rule.mayStart(this.#buffer[this.#from] as number)) return 'misfit';
    const verdict = this.#rule.judge(this.#buffer.subarray(this.#from, this.#to));
    // A rule that still wants more than its longest frame would hold the stream up for ever.
    return verdict === 'more' && this.pending >= this.#rule.maxLength ? 'misfit' : verdict;
  }

  #moveToFront(): void {
    this.#buffer.copyWithin(0, this.#from, this.#to);
    this.#to -= this.#from;
    this.#from = 0;
  }
}

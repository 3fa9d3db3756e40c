// Lines ended by CR, LF or CRLF. Empty lines are no frames (the LF after a CR would be one). A line longer than
// the limit is noise (wrong baud rate, wrong port): it is dropped to its end in constant memory.
import type { Frame, Framer } from './framer.ts';

const CR = 0x0d;
const LF = 0x0a;

export interface LineFramerOptions {
  /** Longest line without terminator; more is dropped and counted. */
  maxLength?: number;
  /** Joining a running stream: the first, probably half line is dropped up to its terminator. */
  joinStream?: boolean;
  terminator?: 'any' | 'CR' | 'LF' | 'CRLF';
}

export class LineFramer implements Framer {
  readonly #maxLength: number;
  readonly #join: boolean;
  readonly #terminator: 'any' | 'CR' | 'LF' | 'CRLF';
  readonly #buffer: Uint8Array;
  #length = 0;
  #skipping: boolean;
  #lastWasCr = false;
  #dropped = 0;

  constructor(options: LineFramerOptions = {}) {
    this.#maxLength = options.maxLength ?? 256;
    this.#join = options.joinStream ?? false;
    this.#terminator = options.terminator ?? 'any';
    this.#buffer = new Uint8Array(this.#maxLength + 1);
    this.#skipping = this.#join;
  }

  get dropped(): number {
    return this.#dropped;
  }

  get pending(): number {
    return this.#length;
  }

  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    for (const byte of chunk) {
      const end = this.#endsLine(byte);
      const afterCr = this.#lastWasCr;
      this.#lastWasCr = byte === CR;
      if (end) this.#endLine(frames);
      else if (byte === LF && afterCr && this.#length === 0 && !this.#skipping) this.#closeCrLf(frames);
      else this.#add(byte);
    }
    return frames;
  }

  reset(): void {
    this.#dropped += this.#length;
    this.#length = 0;
    this.#skipping = this.#join;
    this.#lastWasCr = false;
  }

  flush(): Frame | null {
    if (this.#skipping || this.#length === 0) return null;
    const bytes = this.#buffer.slice(0, this.#length);
    this.#length = 0;
    return { bytes, wireLength: bytes.length };
  }

  #endsLine(byte: number): boolean {
    if (this.#terminator === 'CR') return byte === CR;
    if (this.#terminator === 'LF') return byte === LF;
    if (this.#terminator === 'CRLF') return byte === LF && this.#lastWasCr;
    return byte === CR || (byte === LF && !this.#lastWasCr);
  }

  #endLine(frames: Frame[]): void {
    // With LF and CRLF a CR was taken into the buffer before the LF proved it part of the terminator.
    const trailingCr = this.#length > 0 && this.#buffer[this.#length - 1] === CR;
    const kept = trailingCr ? this.#length - 1 : this.#length;
    if (this.#skipping) {
      this.#dropped += this.#length + 1;
      this.#skipping = false;
    } else if (kept > 0) {
      frames.push({ bytes: this.#buffer.slice(0, kept), wireLength: kept + (trailingCr ? 2 : 1) });
    }
    this.#length = 0;
  }

  /** The LF of a CRLF whose CR already ended the line. */
  #closeCrLf(frames: Frame[]): void {
    const last = frames[frames.length - 1];
    if (last) last.wireLength += 1;
  }

  #add(byte: number): void {
    if (this.#skipping) {
      this.#dropped += 1;
      return;
    }
    this.#buffer[this.#length] = byte;
    this.#length += 1;
    if (this.#length > this.#maxLength) {
      this.#dropped += this.#length;
      this.#length = 0;
      this.#skipping = true;
    }
  }
}

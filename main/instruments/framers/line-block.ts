// Several lines that mean something only together (a printed label: net, tare, gross). The block begins with a
// line that says so and has a fixed number of lines; the frame's bytes are the lines joined by LF.
import type { Frame, Framer } from './framer.ts';
import { LineFramer } from './line.ts';

const LF = 0x0a;

export class LineBlockFramer implements Framer {
  readonly #lines: LineFramer;
  readonly #begins: (line: Uint8Array) => boolean;
  readonly #count: number;
  #held: Frame[] = [];
  #dropped = 0;
  #linesDropped = 0;

  constructor(options: { begins: (line: Uint8Array) => boolean; count: number; maxLength?: number }) {
    this.#lines = new LineFramer({ maxLength: options.maxLength ?? 64 });
    this.#begins = options.begins;
    this.#count = options.count;
  }

  get dropped(): number {
    return this.#dropped + this.#lines.dropped;
  }

  get pending(): number {
    return this.#held.reduce((sum, line) => sum + line.wireLength, 0) + this.#lines.pending;
  }

  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    for (let at = 0; at < chunk.length; at += 1) {
      for (const line of this.#lines.push(chunk.subarray(at, at + 1))) {
        const block = this.#take(line);
        if (block) frames.push(block);
      }
    }
    return frames;
  }

  reset(): void {
    this.#forget();
    this.#lines.reset();
    this.#linesDropped = this.#lines.dropped;
  }

  flush(): Frame | null {
    const line = this.#lines.flush();
    return line ? this.#take(line) : null;
  }

  #take(line: Frame): Frame | null {
    // An overlong line between two lines of a block is a hole in it.
    if (this.#lines.dropped !== this.#linesDropped) this.#forget();
    this.#linesDropped = this.#lines.dropped;
    if (this.#begins(line.bytes)) this.#forget();
    else if (this.#held.length === 0) {
      this.#dropped += line.wireLength;
      return null;
    }
    this.#held.push(line);
    if (this.#held.length < this.#count) return null;
    const lines = this.#held;
    this.#held = [];
    return {
      bytes: Uint8Array.from(lines.flatMap((each, index) => [...(index === 0 ? [] : [LF]), ...each.bytes])),
      wireLength: lines.reduce((sum, each) => sum + each.wireLength, 0),
    };
  }

  #forget(): void {
    this.#dropped += this.#held.reduce((sum, line) => sum + line.wireLength, 0);
    this.#held = [];
  }
}

// Frames between STX and ETX of one fixed length (XK3190 and its family). Both ends and the length must fit, so a
// STX or ETX inside noise does not make a frame; the delimiters are not handed on.
import { HeadTailFramer } from './head-tail.ts';

const STX = 0x02;
const ETX = 0x03;

export class StxEtxFramer extends HeadTailFramer {
  /** `wireLength` counts both delimiters; `check` gets the content between them. */
  constructor(wireLength: number, check?: (content: Uint8Array) => string | null) {
    super({
      head: [STX],
      length: wireLength,
      tail: [ETX],
      content: { from: 1, to: wireLength - 1 },
      ...(check ? { check: (frame) => check(frame.subarray(1, -1)) } : {}),
    });
  }
}

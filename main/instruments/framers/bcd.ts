// Packed BCD between F0 and 0F (Kent controllers): fixed length, both ends, and every named byte two decimal
// digits. Looking for "F0" in a hex string, as is often done, also finds it across byte borders.
import { HeadTailFramer } from './head-tail.ts';
import { PacketFramer } from './packet.ts';

const BEGIN = 0xf0;
const END = 0x0f;

/** True when both halves of every byte are decimal digits. */
export function isPackedBcd(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >>> 4 <= 9 && (byte & 0x0f) <= 9);
}

export class BcdFramer extends HeadTailFramer {
  constructor(options: { length: number; digits: { from: number; to: number } }) {
    super({
      head: [BEGIN],
      length: options.length,
      tail: [END],
      fits: (frame) => isPackedBcd(frame.subarray(options.digits.from, options.digits.to)),
    });
  }
}

/** Without an end byte: what stands between two F0 must have exactly the known length, so a lost byte shows. */
export class BcdGapFramer extends PacketFramer {
  constructor(options: { length: number; digits: { from: number; to: number } }) {
    const { length, digits } = options;
    super({
      maxLength: length + 1,
      mayStart: (byte) => byte === BEGIN,
      judge(bytes) {
        const next = bytes.indexOf(BEGIN, 1);
        if (next < 0) return bytes.length <= length ? 'more' : 'misfit';
        if (next !== length) return 'misfit';
        return isPackedBcd(bytes.subarray(digits.from, digits.to)) ? { length } : 'misfit';
      },
    });
  }
}

// Head + fixed length + tail, without escapes: all three must fit, then the check. Also head + a length that the
// frame itself tells.
import { PacketFramer } from './packet.ts';
import type { PacketRule, Verdict } from './packet.ts';

export interface HeadTailOptions {
  head: readonly number[];
  /** Total length on the wire, or how it follows from the bytes so far: null while it cannot be told yet,
   *  'misfit' where it cannot be right. */
  length: number | ((bytes: Uint8Array) => number | null | 'misfit');
  /** Needed where `length` is a function. */
  maxLength?: number;
  tail?: readonly number[];
  /** Where the tail stands when something follows it (a checksum after CR). */
  tailAt?: number;
  /** Shape of the whole frame beyond head and tail; false is a misfit, no fault. */
  fits?: (frame: Uint8Array) => boolean;
  /** Name of the fault, or null when the check is right. */
  check?: (frame: Uint8Array) => string | null;
  /** Which part of the frame is handed on; the whole frame by default. */
  content?: { from: number; to: number };
}

function matches(bytes: Uint8Array, at: number, wanted: readonly number[]): boolean {
  for (const [index, byte] of wanted.entries()) {
    if (at + index >= bytes.length) return true;
    if (bytes[at + index] !== byte) return false;
  }
  return true;
}

export function headTailRule(options: HeadTailOptions): PacketRule {
  const { head, tail = [] } = options;
  const maxLength = typeof options.length === 'number' ? options.length : (options.maxLength ?? 256);
  const lengthOf = (bytes: Uint8Array): number | null | 'misfit' =>
    typeof options.length === 'number' ? options.length : options.length(bytes);
  return {
    maxLength,
    mayStart: (byte) => byte === head[0],
    judge(bytes): Verdict {
      if (!matches(bytes, 0, head)) return 'misfit';
      if (bytes.length < head.length) return 'more';
      const length = lengthOf(bytes);
      if (length === null) return 'more';
      if (length === 'misfit' || length > maxLength || length < head.length + tail.length) return 'misfit';
      if (bytes.length < length) return 'more';
      const frame = bytes.subarray(0, length);
      if (!matches(frame, options.tailAt ?? length - tail.length, tail)) return 'misfit';
      if (options.fits && !options.fits(frame)) return 'misfit';
      const fault = options.check?.(frame) ?? null;
      const content = options.content ? { content: options.content } : {};
      return fault === null ? { length, ...content } : { length, fault, ...content };
    },
  };
}

export class HeadTailFramer extends PacketFramer {
  constructor(options: HeadTailOptions) {
    super(headTailRule(options));
  }
}

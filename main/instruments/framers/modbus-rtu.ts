// Modbus RTU on the master's side: the reply that the request asks for has a known address, function and length,
// so no silence has to be measured. Without an expectation (a capture to be looked at) every length that the
// function allows is tried, shortest first, and only a right CRC makes a frame.
import { crc16 } from './checksums.ts';
import { PacketFramer } from './packet.ts';
import type { PacketRule, Verdict } from './packet.ts';

export interface ExpectedReply {
  slave: number;
  function: number;
  /** Bytes of data in a reply to 03 or 04; other functions answer with eight bytes. */
  dataBytes: number | null;
}

const LONGEST = 256;
const EXCEPTION = 0x80;
const EXCEPTION_LENGTH = 5;
const FIXED_LENGTH = 8;
const HIGHEST_SLAVE = 247;

export function hasRightCrc(frame: Uint8Array): boolean {
  const end = frame.length - 2;
  const sent = (frame[end] as number) | ((frame[end + 1] as number) << 8);
  return crc16(frame.subarray(0, end)) === sent;
}

function verdict(bytes: Uint8Array, lengths: readonly number[]): Verdict {
  for (const length of lengths) {
    if (bytes.length < length) return 'more';
    if (hasRightCrc(bytes.subarray(0, length))) return { length };
  }
  const longest = lengths.at(-1);
  return longest === undefined ? 'misfit' : { length: longest, fault: 'checksum' };
}

export function expectedRule(expected: readonly ExpectedReply[]): PacketRule {
  return {
    maxLength: LONGEST,
    mayStart: (byte) => expected.some(({ slave }) => slave === byte),
    judge(bytes) {
      const [slave, code, count] = bytes;
      if (code === undefined) return 'more';
      const mine = expected.filter((each) => each.slave === slave && each.function === (code & ~EXCEPTION));
      if (mine.length === 0) return 'misfit';
      if (code & EXCEPTION) return verdict(bytes, [EXCEPTION_LENGTH]);
      if (mine.some(({ dataBytes }) => dataBytes === null)) return verdict(bytes, [FIXED_LENGTH]);
      if (count === undefined) return 'more';
      return mine.some(({ dataBytes }) => dataBytes === count) ? verdict(bytes, [count + 5]) : 'misfit';
    },
  };
}

/** All lengths that a request or a reply with this beginning may have. */
function possibleLengths(code: number, bytes: Uint8Array): number[] | null {
  if (code & EXCEPTION) return [EXCEPTION_LENGTH];
  const count = bytes[2];
  if (code === 5 || code === 6) return [FIXED_LENGTH];
  if (code === 0x10 || code === 0x0f) {
    const written = bytes[6];
    return written === undefined ? null : [FIXED_LENGTH, ...(written > 0 && written < 248 ? [written + 9] : [])];
  }
  if (count === undefined) return null;
  const reply = count > 0 && count <= 250 ? [count + 5] : [];
  return [...new Set([...reply, FIXED_LENGTH])].sort((a, b) => a - b);
}

const anyRule: PacketRule = {
  maxLength: LONGEST,
  mayStart: (byte) => byte >= 1 && byte <= HIGHEST_SLAVE,
  judge(bytes) {
    const code = bytes[1];
    if (code === undefined) return 'more';
    if (![1, 2, 3, 4, 5, 6, 0x0f, 0x10].includes(code & ~EXCEPTION)) return 'misfit';
    const lengths = possibleLengths(code, bytes);
    return lengths === null ? 'more' : verdict(bytes, lengths);
  },
};

export class ModbusRtuFramer extends PacketFramer {
  /** Frames hold the whole telegram with its CRC, which is right unless the frame has a fault. */
  constructor(expected: readonly ExpectedReply[] | null) {
    super(expected === null ? anyRule : expectedRule(expected));
  }
}

// The driver of the user-defined frame: cuts by the profile's start, length, end and checksum, reads one number
// exactly, and turns overload and range into states.
import { crc16, sum8, xor8 } from '../../framers/checksums.ts';
import { HeadTailFramer } from '../../framers/head-tail.ts';
import type { Framer } from '../../framers/framer.ts';
import { RepeatedFramer } from '../../framers/repeated.ts';
import { malformed, placePoint, plainDecimal, understood } from '../driver.ts';
import type { Decoded, Driver } from '../driver.ts';
import { bcdDigits, decimalPlaces, Exact, float32Text, signed, unsigned } from '../numbers.ts';
import { FRAME_PROFILE_TITLE, parseFrameProfile, sizeOf } from './schema.ts';
import type { Bits, Checksum, FrameProfile, NumberField } from './schema.ts';

export { frameProfileSchema, parseFrameProfile } from './schema.ts';
export type { FrameProfile, FrameProfileInput } from './schema.ts';

/** To kN; 1 tf = 9.80665 kN exactly. */
const TO_KN: Record<string, string> = { kN: '1', N: '0.001', tf: '9.80665' };
const VERSION = '1.0.0';

function checkFault(frame: Uint8Array, checksum: Checksum): string | null {
  if (checksum.kind === 'none') return null;
  const covered = frame.subarray(checksum.from, checksum.to + 1);
  const [first = 0, second = 0] = frame.subarray(checksum.at);
  if (checksum.kind === 'crc16') {
    const sent = checksum.byteOrder === 'LE' ? first | (second << 8) : (first << 8) | second;
    return sent === crc16(covered) ? null : 'checksum';
  }
  const wanted = checksum.kind === 'xor' ? xor8(covered) : sum8(covered);
  if (checksum.form === 'byte') return first === wanted ? null : 'checksum';
  const text = String.fromCharCode(first, second).toLowerCase();
  return text === wanted.toString(16).padStart(2, '0') ? null : 'checksum';
}

function asciiNumber(text: string, decimals: number): string | null {
  const value = plainDecimal(text);
  if (value === null || decimals === 0) return value;
  return value.includes('.') ? null : placePoint(value, decimals);
}

/** Decimal text without the sign rule; null when the bytes are no number. */
export function readNumber(frame: Uint8Array, field: NumberField): string | null {
  const wire = frame.slice(field.offset, field.offset + sizeOf(field));
  if (field.encoding === 'ascii') {
    if (field.order === 'reversed') wire.reverse();
    return asciiNumber(Buffer.from(wire).toString('latin1'), field.decimals);
  }
  if (field.encoding === 'bcd') {
    const digits = bcdDigits(field.order === 'reversed' ? wire.toReversed() : wire);
    return digits === null ? null : placePoint(digits, field.decimals);
  }
  const bytes = field.byteOrder === 'LE' ? wire.toReversed() : wire;
  if (field.encoding === 'float32') {
    const text = float32Text(bytes);
    return text === null || field.decimals === 0 ? text : new Exact(text).div(10 ** field.decimals).toFixed();
  }
  const isSigned = field.encoding === 'i16' || field.encoding === 'i32';
  return placePoint((isSigned ? signed(bytes) : unsigned(bytes)).toString(), field.decimals);
}

/** -1, 1, or null where the sign byte is neither. */
function signOf(frame: Uint8Array, sign: FrameProfile['sign']): -1 | 1 | null {
  if (sign.kind === 'inside') return 1;
  const byte = frame[sign.offset] as number;
  if (sign.kind === 'bit') return (byte >>> sign.bit) & 1 ? -1 : 1;
  if (byte === sign.negative[0]) return -1;
  return byte === sign.positive[0] ? 1 : null;
}

const holds = (frame: Uint8Array, { offset, mask, equals }: Bits): boolean =>
  ((frame[offset] as number) & (mask[0] as number)) === equals[0];

/** In the unit that is reported: loads in kN. */
function convert(text: string, profile: FrameProfile): string {
  const factor = profile.quantity === 'load' ? (TO_KN[profile.unit] ?? '1') : '1';
  if (factor === '1') return text;
  const exact = new Exact(text).times(factor);
  return exact.toFixed(decimalPlaces(text) + decimalPlaces(factor));
}

export function decodeFrame(frame: Uint8Array, profile: FrameProfile): Decoded {
  const sign = signOf(frame, profile.sign);
  const negative = sign === -1;
  if (profile.overload && holds(frame, profile.overload)) {
    return understood({ kind: 'state', state: negative ? 'underload' : 'overload' });
  }
  const text = readNumber(frame, profile.value);
  if (text === null || sign === null || (negative && text.startsWith('-'))) return malformed();
  const raw = negative ? `-${text}` : text;
  if (new Exact(raw).abs().gt(profile.range)) {
    return understood({ kind: 'state', state: raw.startsWith('-') ? 'underload' : 'overload' });
  }
  const peak = profile.peak ? readNumber(frame, profile.peak) : null;
  if (profile.peak && peak === null) return malformed();
  const fields = peak === null ? {} : { fields: { peakOfDevice: convert(peak, profile) } };
  const stable = profile.stable ? { stable: holds(frame, profile.stable) } : {};
  const unit = profile.quantity === 'load' ? 'kN' : profile.unit;
  return understood({ kind: 'value', value: convert(raw, profile), unit, ...stable, ...fields });
}

function makeFramer(profile: FrameProfile): Framer {
  const framer = new HeadTailFramer({
    head: profile.start,
    length: profile.length,
    tail: profile.end ?? [],
    check: (frame) => checkFault(frame, profile.checksum),
  });
  return profile.repeat > 1 ? new RepeatedFramer(framer, profile.repeat) : framer;
}

export const frameProfile: Driver = {
  id: 'frame-profile',
  title: FRAME_PROFILE_TITLE,
  version: VERSION,
  defaultLine: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  needsProfile: true,
  commands: {},
  status: 'proven',
  deviceFigures: ['peakOfDevice'],
  bind(input) {
    const profile = parseFrameProfile(input);
    const { poll } = profile;
    return {
      id: 'frame-profile',
      version: VERSION,
      streams: poll === undefined,
      runs: profile.quantity === 'load',
      acceptsUnterminated: false,
      headerFrames: 0,
      ...(poll
        ? {
            commands: { read: Uint8Array.from(poll.command) },
            poll: { command: 'read', everyMs: poll.everyMs },
            replyTimeoutMs: poll.replyTimeoutMs,
          }
        : {}),
      makeFramer: () => makeFramer(profile),
      decode: (frame) => (frame.fault === undefined ? decodeFrame(frame.bytes, profile) : malformed(frame.fault)),
    };
  },
};

// What a driver is: data and one small function from frame to events. A driver never guesses: a frame that does
// not say a number with its unit gives an error or nothing, and a state such as overload is never a number.
import type { Frame, Framer } from '../framers/framer.ts';

export type InstrumentState = 'overload' | 'underload' | 'busy' | 'ready' | 'restarted';

export type DriverEvent =
  | {
      kind: 'value';
      /** Decimal text with the digits the instrument sent; leading zeros and plus sign removed. */
      value: string;
      unit: string;
      stable?: boolean;
      /** Further columns of the same frame: seq, time_s, displacement_mm, mode … all decimal text. */
      fields?: Record<string, string>;
    }
  | { kind: 'state'; state: InstrumentState }
  | { kind: 'info'; info: string; value?: string; unit?: string }
  | { kind: 'error'; code: string; message?: string };

export interface Decoded {
  events: DriverEvent[];
  /** False when the frame was not understood: its bytes count as rejected. */
  understood: boolean;
}

export interface LineSettings {
  baudRate: number;
  dataBits: 5 | 6 | 7 | 8;
  parity: 'none' | 'even' | 'odd' | 'mark' | 'space';
  stopBits: 1 | 1.5 | 2;
}

/** Bytes to send; text is ASCII. */
export type CommandBytes = string | Uint8Array;

/** How an instrument that only answers is asked. Reset the framer before every request: a late or half answer to the
 *  one before then never joins, which matters most where a reply has no head. */
export interface Poll {
  /** Name in `commands`. */
  command: string;
  everyMs: number;
}

/** Who the instrument says it is: compared after a reconnection, because a swapped balance is another one. */
export interface Identity {
  /** Name in `commands`. */
  command: string;
  /** Reads the frame that answers this command (and no other frame); null when it says no identity. */
  decode(frame: Frame): string | null;
}

/** A driver bound to its profile: everything a channel needs. */
export interface BoundDriver {
  id: string;
  version: string;
  /** True when the instrument talks by itself: silence then means trouble. */
  streams: boolean;
  /** True for a testing machine: values are loads in kN that can be recorded as a run. */
  runs: boolean;
  /** Frames without a terminator may be taken at the end of the input (fixed layouts only). */
  acceptsUnterminated: boolean;
  /** Frames at the beginning of a connection that carry no data. */
  headerFrames: number;
  /** The tail of a line can look like a whole line: the first line of every connection must be dropped
   *  (`joinStream`), also when the instrument only talks when asked. */
  tailLooksWhole?: boolean;
  /** Commands that follow from the profile (an address, registers); they go before those of the driver. */
  commands?: Record<string, CommandBytes>;
  poll?: Poll;
  replyTimeoutMs?: number;
  identity?: Identity;
  makeFramer(options: { joinStream: boolean }): Framer;
  decode(frame: Frame): Decoded;
}

export interface Driver {
  id: string;
  /** Chinese name for lists. */
  title: string;
  version: string;
  defaultLine: LineSettings;
  /** Without a profile this driver gives no value. */
  needsProfile: boolean;
  /** Commands a person or a bench may send, by name. */
  commands: Record<string, CommandBytes>;
  /** Present where the instrument must be asked for every reading. */
  poll?: Poll;
  replyTimeoutMs?: number;
  identity?: Identity;
  /** `unproven`: part of the protocol was never seen on a real instrument; `statusNote` says which part. */
  status: 'proven' | 'unproven';
  statusNote?: string;
  /** A testing machine. */
  runs?: boolean;
  /** Figures that the controller finds itself and sends as `info` events or as `fields.peakOfDevice`. */
  deviceFigures?: readonly ('peakOfDevice' | 'upper-yield' | 'lower-yield')[];
  /** Throws AppError when the profile does not fit. */
  bind(profile?: unknown): BoundDriver;
}

export interface DriverInfo {
  id: string;
  title: string;
  version: string;
  streams: boolean;
  needsProfile: boolean;
  line: LineSettings;
  commands: string[];
  /** The bytes of each command in hex. */
  commandBytes: Record<string, string>;
  poll?: Poll;
  replyTimeoutMs?: number;
  /** Command that asks for the instrument's identity. */
  identity?: string;
  runs: boolean;
  deviceFigures?: readonly string[];
  status: 'proven' | 'unproven';
  statusNote?: string;
}

const NUMBER = /^([+-]?)\s*(\d+(?:\.\d+)?|\.\d+)$/;

/** `+00123.45` → `123.45`, `-000.10` → `-0.10`; null when the text is not a plain decimal number. */
export function plainDecimal(text: string): string | null {
  const match = NUMBER.exec(text.trim());
  if (!match) return null;
  const [whole = '', fraction] = (match[2] ?? '').split('.');
  const digits = `${whole.replace(/^0+(?=\d)/, '') || '0'}${fraction === undefined ? '' : `.${fraction}`}`;
  return match[1] === '-' ? `-${digits}` : digits;
}

/** Integer digits with a decimal point `decimals` from the right; negative `decimals` append zeros. */
export function placePoint(digits: string, decimals: number): string {
  const sign = digits.startsWith('-') ? '-' : '';
  const whole = digits.slice(sign.length);
  if (decimals <= 0) return `${sign}${(whole + '0'.repeat(-decimals)).replace(/^0+(?=\d)/, '')}`;
  const padded = whole.padStart(decimals + 1, '0');
  const point = padded.length - decimals;
  return `${sign}${padded.slice(0, point).replace(/^0+(?=\d)/, '')}.${padded.slice(point)}`;
}

/** Frame bytes as text; null when a byte is outside printable ASCII (a 7E1 line read as 8N1, noise). */
export function asciiText(bytes: Uint8Array): string | null {
  for (const byte of bytes) if (byte !== 0x09 && (byte < 0x20 || byte > 0x7e)) return null;
  return Buffer.from(bytes).toString('latin1');
}

export const commandBytes = (command: CommandBytes): Uint8Array =>
  typeof command === 'string' ? Buffer.from(command, 'latin1') : command;

export const understood = (...events: DriverEvent[]): Decoded => ({ events, understood: true });

/** For framers that check: a faulty frame is an error, text is text, the rest is for `decode`. */
export function decodeLineFrame(frame: Frame, decode: (line: string) => Decoded): Decoded {
  if (frame.fault !== undefined) return malformed(frame.fault);
  const line = asciiText(frame.bytes);
  return line === null ? malformed('not-text') : decode(line);
}

export const malformed = (code = 'malformed', message?: string): Decoded => ({
  events: [{ kind: 'error', code, ...(message === undefined ? {} : { message }) }],
  understood: false,
});

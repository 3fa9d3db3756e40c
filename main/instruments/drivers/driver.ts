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
  makeFramer(options: { joinStream: boolean }): Framer;
  decode(frame: Frame): Decoded;
}

export interface Driver {
  id: string;
  /** Chinese name for lists. */
  title: string;
  version: string;
  defaultLine: LineSettings;
  needsProfile: boolean;
  /** Commands a person or a bench may send, by name; bytes as text (ASCII). */
  commands: Record<string, string>;
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

/** Frame bytes as text; null when a byte is outside printable ASCII (a 7E1 line read as 8N1, noise). */
export function asciiText(bytes: Uint8Array): string | null {
  for (const byte of bytes) if (byte !== 0x09 && (byte < 0x20 || byte > 0x7e)) return null;
  return Buffer.from(bytes).toString('latin1');
}

export const understood = (...events: DriverEvent[]): Decoded => ({ events, understood: true });
export const malformed = (code = 'malformed', message?: string): Decoded => ({
  events: [{ kind: 'error', code, ...(message === undefined ? {} : { message }) }],
  understood: false,
});

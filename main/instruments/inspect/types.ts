// What core and the port process say to each other about a line that is only looked at: the search for the line
// setting and the driver (probe), and the bytes as they come (raw view). Nothing of it becomes a record by itself.
import type { LineSettings } from '../drivers/driver.ts';
import type { ChannelState } from '../protocol.ts';

export interface ProbeRequest {
  path: string;
  /** Drivers with the profile a person has entered; without it every driver that needs none is tried. */
  drivers?: { id: string; profile?: unknown }[];
  /** Without it the usual settings. */
  lines?: LineSettings[];
}

/** Lines of text with the same number of columns: what a line profile can describe. */
export interface LineShape {
  separator: string;
  decimal: '.' | ',';
  columns: number;
  /** Whether every cell of the column was a number. */
  numeric: boolean[];
  sample: string;
}

export type ParityEvidence = 'even' | 'odd' | 'unclear';

export interface ProbeCandidate {
  line: LineSettings;
  driverId: string;
  /** 0 to 100. */
  score: number;
  /** Whole valid frames, and those of them that gave a value. */
  frames: number;
  values: number;
  rejectedBytes: number;
  /** True when it only answered; false when it spoke by itself. */
  asked: boolean;
  /** The last value or state, as text. */
  sample: string;
  /** Set where only a line profile can say what the columns mean. */
  shape?: LineShape;
}

export type ProbeTrouble = 'silent' | 'garbage' | 'parity' | 'unknown' | 'not-opened';

export interface ProbedLine {
  line: LineSettings;
  bytes: number;
  /** The first bytes that came, hex. */
  hex: string;
  trouble: ProbeTrouble | null;
  /** One Chinese sentence. */
  words: string;
}

export interface ProbeResult {
  candidates: ProbeCandidate[];
  lines: ProbedLine[];
  trouble: ProbeTrouble | null;
  cancelled: boolean;
  /** Ended before all settings were tried, because one was beyond doubt. */
  conclusive: boolean;
  took_ms: number;
}

export interface ProbeProgress {
  path: string;
  done: number;
  total: number;
  line: LineSettings;
  best: ProbeCandidate | null;
}

export interface RawAsk {
  bytes: Uint8Array;
  everyMs: number;
}

export interface RawViewRequest {
  viewId: string;
  /** Bytes of a channel that is open; or a path that nobody holds, with its line setting. */
  channelId?: string;
  path?: string;
  line?: LineSettings;
  /** Asked in turn, for instruments that only answer. */
  ask?: RawAsk[];
  /** Sent once after every opening, before the first question. */
  once?: Uint8Array;
}

export interface RawPiece {
  /** Wall clock, milliseconds. */
  at: number;
  out: boolean;
  bytes: Uint8Array;
}

export interface RawEvent {
  viewId: string;
  state: ChannelState;
  reason?: string;
  /** Counts the openings; pieces of two openings never belong together. */
  connection: number;
  pieces: RawPiece[];
  /** Bytes that came faster than they can be shown. */
  dropped: number;
}

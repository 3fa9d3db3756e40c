// What a virtual instrument is to the process that runs it: a thing with a physical state that speaks by itself or
// answers, and that says beside every frame what it meant, so that a reader can be held against it.

/** What a frame says, in the simulator's own words. `value` null: the frame carries no number. */
export interface Meant {
  value: string | null;
  unit: string;
  stable?: boolean;
  state?: 'overload' | 'underload' | 'busy' | 'error' | 'text';
}

export interface Piece {
  bytes: Uint8Array;
  meant?: readonly Meant[];
}

/** What a person puts into a testing machine. */
export type Specimen =
  | { kind: 'compression'; load_kN: number; rate_kN_s?: number | undefined }
  | { kind: 'tension'; load_kN: number; yield_kN: number };

export type DeviceNews =
  | { event: 'specimen-start'; index: number; kind: Specimen['kind']; load_kN: number }
  /** `peak_kN`: greatest load the machine sent for this specimen. */
  | { event: 'specimen-end'; index: number; peak_kN: string };

/** The levers a kind has; one that it lacks is refused in words. */
export interface Device {
  /** Device time goes on; what is sent unasked comes back. */
  step(dt_s: number): Piece[];
  /** Bytes of whoever reads. */
  hear?(bytes: Uint8Array): Piece[];
  /** Switched off and on again. */
  restart(): Piece[];
  /** Puts a load on, opens the gauge, sets the temperature. Decimal text. */
  put?(value: string, channel?: string): void;
  /** The button on the instrument: print, foot pedal. */
  print?(): Piece[];
  /** A code in front of the scanner. */
  scan?(code: string): Piece[];
  press?(specimen: Specimen): void;
  readonly busy?: boolean;
  overload?(on: boolean): void;
  /** Units of the display per second; 0 ends it. */
  drift?(perSecond: number): void;
  /** Another one of the same model stands there now. */
  swap?(identity: string): void;
  tell?: ((news: DeviceNews) => void) | undefined;
}

export const NOTHING: Piece[] = [];

export const textPiece = (text: string, ...meant: Meant[]): Piece => ({ bytes: Buffer.from(text, 'latin1'), meant });
export const bytesPiece = (bytes: readonly number[], ...meant: Meant[]): Piece => ({
  bytes: Uint8Array.from(bytes),
  meant,
});

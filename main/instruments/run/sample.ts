// One decoded sample. Loads and times are kept as scaled integers (10⁻⁹ kN, microseconds), which a double holds
// exactly, so detection and rates never depend on the rounding of binary fractions; `text` is what was sent.
import type { DriverEvent } from '../drivers/driver.ts';

export interface Sample {
  /** Microseconds on the run's time base (device column, else arrival). */
  t_us: number;
  /** Load in 10⁻⁹ kN. */
  load: number;
  /** Load in kN as decimal text. */
  text: string;
  /** Displacement in mm, for curves only. */
  displacement: number;
  /** Reading of the extensometer in 10⁻⁶ mm; NaN where there is none. */
  extension: number;
  /** True when samples are missing before this one. */
  gapBefore: boolean;
  /** The controller's own running peak, kN, where it sends one with every reading. */
  peakOfDevice?: string;
}

export const LOAD_SCALE = 1_000_000_000;
export const TIME_SCALE = 1_000_000;
export const EXTENSION_SCALE = 1_000_000;

/** Decimal text times 10^digits as an integer; digits beyond are cut off (they only steer detection). */
export function scaled(text: string, digits: number): number {
  const negative = text.startsWith('-');
  const [whole = '0', fraction = ''] = text.replace(/^[+-]/, '').split('.');
  const integer = Number(`${whole}${fraction.slice(0, digits).padEnd(digits, '0')}`);
  return negative ? -integer : integer;
}

export type ValueEvent = Extract<DriverEvent, { kind: 'value' }>;

// What a kind of virtual instrument is: its name for people, the driver and profile that read it, its line, how it is made.
import type { LineSettings } from '../drivers/driver.ts';
import type { Device } from './device.ts';
import type { Proof } from './line-faults.ts';

/** What may be said of an instrument when it is plugged in; what a kind has no use for it does not look at. */
export interface InstrumentSettings {
  /** What lies on it at the beginning: g, kg, mm, ℃. */
  load?: string | undefined;
  serial?: string | undefined;
  /** Testing machines, kN. */
  range_kN?: number | undefined;
  /** Words of one kind: see the table. */
  variant?: string | undefined;
}

export interface Kind {
  title: string;
  driver: { id: string; profile?: unknown };
  line: LineSettings;
  proof: Proof;
  /** Testing machine: specimens can be put in. */
  isMachine: boolean;
  variants?: readonly string[];
  make(settings: InstrumentSettings, random: () => number, seed: number): Device;
}

export const line = (
  baudRate: number,
  dataBits: 7 | 8 = 8,
  parity: LineSettings['parity'] = 'none',
  stopBits: 1 | 2 = 1,
): LineSettings => ({ baudRate, dataBits, parity, stopBits });

/** The training lab compared the display itself. */
export const confirmedBy = '培训';

// What all weighing instruments share: a load that settles, overload, drift, tare, and the words about a reading.
import type { Device, Meant, Piece } from './device.ts';
import { Settling } from './settling.ts';

export interface ScaleOptions {
  unit: string;
  decimals: number;
  division: number;
  capacity: number;
  /** What lies on it at the beginning. */
  load: string;
  tau_s: number;
  quiet_s: number;
  serial: string;
  model: string;
}

export abstract class Scale implements Device {
  protected readonly settling: Settling;
  protected readonly unit: string;
  protected serial: string;
  protected readonly model: string;

  constructor(options: ScaleOptions, random: () => number) {
    this.settling = new Settling({ ...options, random });
    this.unit = options.unit;
    this.serial = options.serial;
    this.model = options.model;
    this.settling.put(Number(options.load));
    // It has been standing there for a while.
    this.settling.step(60);
    this.settling.step(60);
  }

  step(dt_s: number): Piece[] {
    this.settling.step(dt_s);
    return this.speak(dt_s);
  }

  /** What is sent unasked in this time. */
  protected abstract speak(dt_s: number): Piece[];

  restart(): Piece[] {
    this.settling.reset();
    return [];
  }

  put(value: string): void {
    this.settling.put(Number(value));
  }

  overload(on: boolean): void {
    this.settling.force(on ? 'overload' : null);
  }

  drift(perSecond: number): void {
    this.settling.driftPerSecond = perSecond;
  }

  swap(identity: string): void {
    this.serial = identity;
    this.settling.reset();
  }

  protected get reading(): Meant {
    return { value: this.settling.text, unit: this.unit };
  }

  protected get flagged(): Meant {
    return { ...this.reading, stable: this.settling.stable };
  }

  protected get condition(): Meant | null {
    const { state } = this.settling;
    return state === null ? null : { value: null, unit: '', state };
  }
}

/** So many times a second. */
export class Beat {
  #owed = 0;
  readonly #perSecond: number;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  take(dt_s: number): number {
    this.#owed += dt_s * this.#perSecond;
    const whole = Math.floor(this.#owed + 1e-9);
    this.#owed -= whole;
    return whole;
  }
}

export const times = (count: number, make: () => Piece): Piece[] => Array.from({ length: count }, make);

// What the virtual testing machines share: the load, the specimens in a row, overload, drift, and the greatest load sent.
import type { Device, DeviceNews, Meant, Piece, Specimen } from '../device.ts';
import { countOf, countText } from '../digits.ts';
import { MachineLoad } from '../machine-load.ts';
import { Beat } from '../scale.ts';

export interface MachineOptions {
  range_kN: number;
  noise_kN: number;
  seed: number;
  /** Frames per second of a machine that streams. */
  perSecond: number;
}

/** The model is stepped at least so often, whatever the rhythm of the frames. */
const STEP_S = 0.01;
const OVER = 1.05;

export abstract class TestingMachine implements Device {
  tell: ((news: DeviceNews) => void) | undefined;
  protected readonly options: MachineOptions;
  readonly #load: MachineLoad;
  readonly #beat: Beat;
  #specimen: { index: number; peak: { count: number; text: string } | null } | null = null;
  #index = -1;
  #feels = { load_kN: 0, displacement_mm: 0 };
  #left_s = 0;
  #zero = 0;
  #drift = 0;
  #isOver = false;

  constructor(options: MachineOptions) {
    this.options = options;
    this.#load = new MachineLoad(options);
    this.#beat = new Beat(options.perSecond);
  }

  get busy(): boolean {
    return !this.#load.idle;
  }

  step(dt_s: number): Piece[] {
    const pieces: Piece[] = [];
    this.#left_s += dt_s;
    while (this.#left_s >= STEP_S) {
      this.#left_s -= STEP_S;
      const wasIdle = this.#load.idle;
      this.#zero += this.#drift * STEP_S;
      this.#feels = this.#load.feel(STEP_S);
      for (let due = this.#beat.take(STEP_S); due > 0; due -= 1) pieces.push(...this.speak(1 / this.options.perSecond));
      if (!wasIdle && this.#load.idle) this.#ended();
    }
    return pieces;
  }

  /** A frame of the stream is due. */
  protected abstract speak(dt_s: number): Piece[];

  press(specimen: Specimen): void {
    if (!this.#load.idle) return;
    this.#index += 1;
    this.#specimen = { index: this.#index, peak: null };
    this.#load.put(specimen);
    const { kind, load_kN } = specimen;
    this.tell?.({ event: 'specimen-start', index: this.#index, kind, load_kN });
  }

  restart(): Piece[] {
    this.#zero = 0;
    return [];
  }

  overload(on: boolean): void {
    this.#isOver = on;
  }

  drift(perSecond: number): void {
    this.#drift = perSecond;
  }

  protected get displacement_mm(): number {
    return this.#feels.displacement_mm;
  }

  protected get isOver(): boolean {
    return this.#isOver;
  }

  /** What the display shows, in steps of its last digit; not below zero where the protocol has no sign. */
  protected shown(decimals: number, signed: boolean): number {
    const load = this.#isOver ? this.options.range_kN * OVER : this.#feels.load_kN + this.#zero;
    const count = countOf(load, decimals);
    return signed ? count : Math.max(0, count);
  }

  /** What a frame with this count means; remembers the greatest. `text` where it is not the plain count. */
  protected meant(count: number, decimals: number, text = countText(count, decimals)): Meant[] {
    if (this.#isOver) return [{ value: null, unit: '', state: 'overload' }];
    const specimen = this.#specimen;
    if (specimen && (specimen.peak === null || count > specimen.peak.count)) specimen.peak = { count, text };
    return [{ value: text, unit: 'kN' }];
  }

  #ended(): void {
    const specimen = this.#specimen;
    this.#specimen = null;
    if (specimen) this.tell?.({ event: 'specimen-end', index: specimen.index, peak_kN: specimen.peak?.text ?? '0' });
  }
}

/** Says something only when it is asked. */
export abstract class AskedMachine extends TestingMachine {
  protected override speak(): Piece[] {
    return [];
  }
}

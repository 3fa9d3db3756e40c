// What a testing machine feels: nothing but its own noise and a wandering zero, or a specimen that is crushed or pulled.
import { BarModel } from './bar-model.ts';
import { CompressionModel } from './compression-model.ts';
import type { Felt } from './compression-model.ts';
import type { Specimen } from './device.ts';

export interface MachineLoadOptions {
  range_kN: number;
  noise_kN: number;
  seed: number;
}

/** The model of crushing counts in stress on this side; only the forces leave it. */
const SIDE_MM = 150;
const USUAL_RATE_KN_S = 13.5;

const stressOf = (load_kN: number): number => (load_kN * 1000) / SIDE_MM ** 2;

export class MachineLoad {
  readonly #press: CompressionModel;
  #bar: BarModel | null = null;

  constructor(options: MachineLoadOptions) {
    this.#press = new CompressionModel({
      ...options,
      side_mm: SIDE_MM,
      rate_MPa_per_s: stressOf(USUAL_RATE_KN_S),
      loadDigits: 1,
    });
  }

  get idle(): boolean {
    return this.#bar === null && this.#press.idle;
  }

  put(specimen: Specimen): void {
    if (specimen.kind === 'tension') this.#bar = new BarModel(specimen.load_kN, specimen.yield_kN);
    else this.#press.startSpecimen(stressOf(specimen.load_kN), stressOf(specimen.rate_kN_s ?? USUAL_RATE_KN_S));
  }

  feel(dt_s: number): Felt {
    const felt = this.#press.feel(dt_s);
    const pulled = this.#bar?.step(dt_s);
    if (this.#bar?.done) this.#bar = null;
    if (!pulled) return felt;
    return { load_kN: felt.load_kN + pulled.load_kN, displacement_mm: pulled.displacement_mm };
  }
}

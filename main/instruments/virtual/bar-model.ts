// A bar in the grips, moved on in steps: the curve of tension-model.ts for a bar of the forces that are asked for. What a
// machine adds, noise and a wandering zero, is not in here.
import type { FeltBar } from './compression-model.ts';
import { smoothBarAt, smoothRuptureAt } from './smooth-bar.ts';
import type { SmoothBar } from './smooth-bar.ts';
import { barAt, ORDINARY_BAR, ruptureAt } from './tension-model.ts';
import type { BarOptions } from './tension-model.ts';

/** The grips close before the bar takes load. */
const GRIPPING_S = 1.2;
/** After the rupture the halves are taken out. */
const CLEARING_S = 2.5;
/** Stress of an ordinary bar at its maximum, from which its area follows; only the forces are real. */
const USUAL_RM = 600;
const FREE_LENGTH_MM = 300;
/** What the machine itself stretches at the bar's maximum. */
const GIVE_MM = 2;
/** Hardening of the bar without a yield point. */
const EXPONENT = 15;

/** A bar of these forces: upper yield a little above, the transient a little below the lower one. */
export function barOfForces(load_kN: number, yield_kN: number): BarOptions {
  const area_mm2 = (load_kN * 1000) / USUAL_RM;
  const ReL = (yield_kN * 1000) / area_mm2;
  return {
    ...ORDINARY_BAR,
    ReL,
    ReH: ReL * 1.035,
    transient: ReL * 0.99,
    Rm: USUAL_RM,
    area_mm2,
    elasticRate: 0.00015,
    plasticRate: 0.004,
    noise: 0,
    waves: 0.006 * ReL,
  };
}

/** The same without a yield point: its force at 0.2 % plastic strain is `proof_kN`. */
export function smoothBarOfForces(load_kN: number, proof_kN: number): SmoothBar {
  const area_mm2 = (load_kN * 1000) / USUAL_RM;
  return {
    Rp02: (proof_kN * 1000) / area_mm2,
    Rm: USUAL_RM,
    area_mm2,
    exponent: EXPONENT,
    elasticRate: 0.00015,
    plasticRate: 0.004,
    noise: 0,
    seed: 1,
  };
}

export class BarModel {
  readonly #area_mm2: number;
  readonly #rupture_s: number;
  readonly #at: (t_s: number) => { stress: number; strain: number };
  #t_s = -GRIPPING_S;

  /** `smooth`: without a yield point. */
  constructor(load_kN: number, yield_kN: number, smooth = false) {
    if (smooth) {
      const bar = smoothBarOfForces(load_kN, yield_kN);
      [this.#area_mm2, this.#rupture_s] = [bar.area_mm2, smoothRuptureAt(bar)];
      this.#at = (t_s) => smoothBarAt(bar, t_s);
    } else {
      const bar = barOfForces(load_kN, yield_kN);
      [this.#area_mm2, this.#rupture_s] = [bar.area_mm2, ruptureAt(bar)];
      this.#at = (t_s) => barAt(bar, t_s);
    }
  }

  get loading(): boolean {
    return this.#t_s > 0 && this.#t_s < this.#rupture_s;
  }

  get done(): boolean {
    return this.#t_s > this.#rupture_s + CLEARING_S;
  }

  step(dt_s: number): FeltBar {
    this.#t_s += dt_s;
    const { stress, strain } = this.#at(this.#t_s);
    return {
      load_kN: (stress * this.#area_mm2) / 1000,
      displacement_mm: Math.max(0, strain) * FREE_LENGTH_MM + Math.min(stress / USUAL_RM, 1) * GIVE_MM,
      strain: Math.max(0, strain),
    };
  }
}

// A bar in the grips, moved on in steps: the curve of tension-model.ts for a bar of the forces that are asked for. What a
// machine adds, noise and a wandering zero, is not in here.
import type { Felt } from './compression-model.ts';
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

export class BarModel {
  readonly #bar: BarOptions;
  #t_s = -GRIPPING_S;

  constructor(load_kN: number, yield_kN: number) {
    this.#bar = barOfForces(load_kN, yield_kN);
  }

  get loading(): boolean {
    return this.#t_s > 0 && this.#t_s < ruptureAt(this.#bar);
  }

  get done(): boolean {
    return this.#t_s > ruptureAt(this.#bar) + CLEARING_S;
  }

  step(dt_s: number): Felt {
    this.#t_s += dt_s;
    const { stress, strain } = barAt(this.#bar, this.#t_s);
    return {
      load_kN: (stress * this.#bar.area_mm2) / 1000,
      displacement_mm: Math.max(0, strain) * FREE_LENGTH_MM + Math.min(stress / USUAL_RM, 1) * GIVE_MM,
    };
  }
}

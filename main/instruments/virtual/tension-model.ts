// A steel bar in the machine: elastic, a drop at the upper yield with its short transient, a plateau with shallow
// valleys, hardening to the maximum, necking, rupture. Its true forces are known, so that a detector can be held
// against them. Strain drives it; the force follows. The same seed gives the same curve.
import { mulberry32 } from './compression-model.ts';

export interface BarOptions {
  /** MPa. */
  ReH: number;
  ReL: number;
  /** Lowest of the initial transient; the dip lasts `transient_s`. */
  transient: number;
  transient_s: number;
  Rm: number;
  area_mm2: number;
  /** Strain rates, 1/s: up to the yield, and from it on. */
  elasticRate: number;
  plasticRate: number;
  /** Strain at the end of the plateau, at the maximum and at rupture. */
  plateauEnd: number;
  atMaximum: number;
  rupture: number;
  /** Standard deviation of the force reading, as stress, MPa. */
  noise: number;
  /** Valleys on the plateau: depth of their waves above ReL, MPa. 0: flat. */
  waves: number;
  seed: number;
}

export const ORDINARY_BAR: BarOptions = {
  ReH: 462,
  ReL: 438,
  transient: 431,
  transient_s: 0.08,
  Rm: 600,
  area_mm2: 314.16,
  elasticRate: 0.0001,
  plasticRate: 0.002,
  plateauEnd: 0.016,
  atMaximum: 0.12,
  rupture: 0.18,
  noise: 0.15,
  waves: 3,
  seed: 1,
};

const YOUNG = 200_000;

export interface BarReading {
  t_s: number;
  load_kN: number;
  strain: number;
}

/** The bar from first load to 2 s behind its rupture, read `rateHz` times a second from a phase in 0…1 of a period. */
export function readBar(bar: BarOptions, rateHz: number, phase = 0): BarReading[] {
  const random = mulberry32(bar.seed);
  const gauss = (): number =>
    Math.sqrt(-2 * Math.log(Math.max(random(), 1e-12))) * Math.cos(2 * Math.PI * random()) * bar.noise;
  const readings: BarReading[] = [];
  const idle_s = 2;
  const end_s = idle_s + ruptureAt(bar) + 3;
  for (let index = 0; ; index += 1) {
    const t_s = (index + phase) / rateHz;
    if (t_s > end_s) return readings;
    const { stress, strain } = barAt(bar, t_s - idle_s);
    readings.push({ t_s, load_kN: ((stress + gauss()) * bar.area_mm2) / 1000, strain });
  }
}

const yieldAt = (bar: BarOptions): number => bar.ReH / YOUNG / bar.elasticRate;

/** Seconds from the first load to the rupture. */
export function ruptureAt(bar: BarOptions): number {
  return yieldAt(bar) + (bar.rupture - bar.ReH / YOUNG) / bar.plasticRate;
}

/** Stress in MPa and strain, so long after the first load; without noise. */
export function barAt(bar: BarOptions, t_s: number): { stress: number; strain: number } {
  const yieldAt_s = yieldAt(bar);
  const strain = strainAt(bar, t_s, yieldAt_s);
  return { strain, stress: t_s > ruptureAt(bar) ? 0 : stressAt(bar, t_s, strain, yieldAt_s) };
}

function strainAt(bar: BarOptions, t_s: number, yieldAt_s: number): number {
  if (t_s <= 0) return 0;
  if (t_s <= yieldAt_s) return t_s * bar.elasticRate;
  return bar.ReH / YOUNG + (t_s - yieldAt_s) * bar.plasticRate;
}

function stressAt(bar: BarOptions, t_s: number, strain: number, yieldAt_s: number): number {
  if (t_s <= 0) return 0;
  if (t_s <= yieldAt_s) return strain * YOUNG;
  const since = t_s - yieldAt_s;
  // The dip: down within half of its time, up again within the other half.
  const half = bar.transient_s / 2;
  const wave = (bar.waves / 2) * (1 - Math.cos(2 * Math.PI * 1.3 * Math.max(0, since - bar.transient_s) + Math.PI));
  const plateau = bar.ReL + (bar.waves > 0 ? wave : 0);
  if (since < half) return bar.ReH + ((bar.transient - bar.ReH) * since) / half;
  if (since < bar.transient_s) return bar.transient + ((plateau - bar.transient) * (since - half)) / half;
  if (strain <= bar.plateauEnd) return plateau;
  if (strain <= bar.atMaximum) {
    const share = (strain - bar.plateauEnd) / (bar.atMaximum - bar.plateauEnd);
    const begin = plateau;
    return begin + (bar.Rm - begin) * (1 - (1 - share) ** 2);
  }
  const neck = (strain - bar.atMaximum) / (bar.rupture - bar.atMaximum);
  return bar.Rm * (1 - 0.2 * neck ** 2);
}

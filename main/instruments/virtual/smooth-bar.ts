// A bar that yields without a drop (cold-worked, or of a grade without a plateau): Ramberg and Osgood to the maximum,
// necking, rupture. Its proof stress and its strain at the maximum are known, so that a detector can be held against them.
const YOUNG = 200_000;

export interface SmoothBar {
  /** MPa; the curve has no yield point, only a stress at 0.2 % plastic strain. */
  Rp02: number;
  Rm: number;
  area_mm2: number;
  /** Of hardening, after Ramberg and Osgood. */
  exponent: number;
  /** Strain rates, 1/s: up to Rp0.2, and from it on. */
  elasticRate: number;
  plasticRate: number;
  /** Standard deviation of the force reading, as stress, MPa. */
  noise: number;
  seed: number;
}

const plastic = ({ Rp02, exponent }: SmoothBar, stress: number): number => 0.002 * (stress / Rp02) ** exponent;
const strainOf = (bar: SmoothBar, stress: number): number => stress / YOUNG + plastic(bar, stress);

/** Total strain at the maximum. */
export const smoothMaximum = (bar: SmoothBar): number => strainOf(bar, bar.Rm);
const rupture = (bar: SmoothBar): number => smoothMaximum(bar) * 1.3;
const proofAt = (bar: SmoothBar): number => strainOf(bar, bar.Rp02) / bar.elasticRate;

/** Seconds from the first load to the rupture. */
export const smoothRuptureAt = (bar: SmoothBar): number =>
  proofAt(bar) + (rupture(bar) - strainOf(bar, bar.Rp02)) / bar.plasticRate;

/** Stress in MPa and strain, so long after the first load; without noise. */
export function smoothBarAt(bar: SmoothBar, t_s: number): { stress: number; strain: number } {
  const since = Math.max(0, t_s);
  const proof = strainOf(bar, bar.Rp02);
  const maximum = smoothMaximum(bar);
  const strain = since <= proofAt(bar) ? since * bar.elasticRate : proof + (since - proofAt(bar)) * bar.plasticRate;
  if (strain > rupture(bar)) return { stress: 0, strain };
  if (strain <= maximum) return { stress: stressAt(bar, strain), strain };
  return { stress: bar.Rm * (1 - 0.2 * ((strain - maximum) / (rupture(bar) - maximum)) ** 2), strain };
}

/** The strain rises with the stress and is convex, so Newton's steps from above come down to it. */
function stressAt(bar: SmoothBar, strain: number): number {
  let found = Math.min(strain * YOUNG, bar.Rm);
  for (let turn = 0; turn < 60; turn += 1) {
    const slope = 1 / YOUNG + (bar.exponent * plastic(bar, found)) / Math.max(found, 1);
    const step = (strainOf(bar, found) - strain) / slope;
    found -= step;
    if (Math.abs(step) < 1e-9) break;
  }
  return found;
}

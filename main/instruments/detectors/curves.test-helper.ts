// Synthetic curves with a known truth, as a machine would send them: read at a rate, from some phase of its period, with
// noise, in the digits of its display. For tests and for the error table of tests/bench.
import { scaled } from '../run/sample.ts';
import type { Sample } from '../run/sample.ts';
import { CompressionModel, fixed, mulberry32 } from '../virtual/compression-model.ts';
import { readBar } from '../virtual/tension-model.ts';
import type { BarOptions, BarReading } from '../virtual/tension-model.ts';

/** Gauge length of the extensometer, mm. */
export const GAUGE = 100;
const YOUNG = 200_000;
const IDLE_S = 2;

export interface Reading {
  digits?: number;
  rateHz?: number;
  /** In 0…1 of a period. */
  phase?: number;
  extension?: boolean;
}

export const sampleAt = (t_s: number, text: string, strain = Number.NaN): Sample => ({
  t_us: Math.round(t_s * 1e6),
  load: scaled(text, 9),
  text,
  displacement: Number.NaN,
  extension: Number.isNaN(strain) ? strain : Math.round(strain * GAUGE * 1e6),
  gapBefore: false,
});

function asSent(readings: readonly BarReading[], { digits = 3, extension = false }: Reading): Sample[] {
  return readings.map(({ t_s, load_kN, strain }) =>
    sampleAt(t_s, fixed(load_kN, digits), extension ? strain : Number.NaN),
  );
}

/** A bar with upper and lower yield, initial transient and plateau. */
export function barSamples(bar: BarOptions, reading: Reading = {}): Sample[] {
  return asSent(readBar(bar, reading.rateHz ?? 100, reading.phase ?? 0), reading);
}

export interface SmoothBar {
  /** MPa; the curve has no yield point, only a force at 0.2 % plastic strain. */
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

/** A bar that yields without a drop: Ramberg and Osgood to the maximum, necking, rupture. */
export function smoothBarSamples(bar: SmoothBar, reading: Reading = {}): Sample[] {
  const random = mulberry32(bar.seed);
  const gauss = (): number =>
    Math.sqrt(-2 * Math.log(Math.max(random(), 1e-12))) * Math.cos(2 * Math.PI * random()) * bar.noise;
  const plastic = (stress: number): number => 0.002 * (stress / bar.Rp02) ** bar.exponent;
  const strainOf = (stress: number): number => stress / YOUNG + plastic(stress);
  const [proof, maximum] = [strainOf(bar.Rp02), strainOf(bar.Rm)];
  const rupture = maximum * 1.3;
  const proofAt_s = proof / bar.elasticRate;
  const end_s = IDLE_S + proofAt_s + (rupture - proof) / bar.plasticRate + 3;
  const { rateHz = 100, phase = 0 } = reading;
  const readings: BarReading[] = [];
  let stress = 0;
  for (let index = 0; ; index += 1) {
    const t_s = (index + phase) / rateHz;
    if (t_s > end_s) return asSent(readings, reading);
    const since = Math.max(0, t_s - IDLE_S);
    const strain = since <= proofAt_s ? since * bar.elasticRate : proof + (since - proofAt_s) * bar.plasticRate;
    if (strain > rupture) stress = 0;
    else if (strain > maximum) stress = bar.Rm * (1 - 0.2 * ((strain - maximum) / (rupture - maximum)) ** 2);
    else stress = stressAt(strain);
    readings.push({ t_s, load_kN: ((stress + gauss()) * bar.area_mm2) / 1000, strain });
  }

  /** The strain rises with the stress and is convex, so Newton's steps from above come down to it. */
  function stressAt(strain: number): number {
    let found = Math.min(strain * YOUNG, bar.Rm);
    for (let turn = 0; turn < 60; turn += 1) {
      const step = (strainOf(found) - strain) / (1 / YOUNG + (bar.exponent * plastic(found)) / Math.max(found, 1));
      found -= step;
      if (Math.abs(step) < 1e-9) break;
    }
    return found;
  }
}

export interface Cube {
  strength: number;
  side_mm: number;
  rate_MPa_per_s: number;
  range_kN: number;
  noise_kN: number;
  seed: number;
}

/** How often the model of the cube is moved on: its peak falls between the readings of a slow machine. */
const MODEL_HZ = 2000;

/** A cube, and the force at which it broke, kN. `rateHz` must divide 2,000. */
export function cubeSamples(cube: Cube, { digits = 1, rateHz = 100, phase = 0 }: Reading): Sample[] {
  const model = new CompressionModel({ ...cube, loadDigits: 1 });
  const every = MODEL_HZ / rateHz;
  const offset = Math.floor(phase * every);
  const samples: Sample[] = [];
  let tail_s = 2.5;
  for (let index = 0; tail_s > 0; index += 1) {
    if (index === IDLE_S * MODEL_HZ) model.startSpecimen(cube.strength);
    const { load_kN } = model.feel(1 / MODEL_HZ);
    if (index % every === offset) samples.push(sampleAt(index / MODEL_HZ, fixed(load_kN, digits)));
    if (index > IDLE_S * MODEL_HZ && model.idle) tail_s -= 1 / MODEL_HZ;
  }
  return samples;
}

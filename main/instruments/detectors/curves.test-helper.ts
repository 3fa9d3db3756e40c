// Synthetic curves with a known truth, as a machine would send them: read at a rate, from some phase of its period, with
// noise, in the digits of its display. For tests and for the error table of tests/bench.
import { scaled } from '../run/sample.ts';
import type { Sample } from '../run/sample.ts';
import { CompressionModel, fixed, mulberry32 } from '../virtual/compression-model.ts';
import { smoothBarAt, smoothRuptureAt } from '../virtual/smooth-bar.ts';
import type { SmoothBar } from '../virtual/smooth-bar.ts';
import { readBar } from '../virtual/tension-model.ts';
import type { BarOptions, BarReading } from '../virtual/tension-model.ts';

export type { SmoothBar } from '../virtual/smooth-bar.ts';

/** Gauge length of the extensometer, mm. */
export const GAUGE = 100;
const IDLE_S = 2;

export interface Reading {
  digits?: number;
  rateHz?: number;
  /** In 0…1 of a period. */
  phase?: number;
  extension?: boolean | Gauge;
}

/** What an extensometer does beside following: noise and display of its reading, and how it is taken off. */
export interface Gauge {
  /** Standard deviation, mm. */
  noise_mm?: number;
  digits?: number;
  /** Taken off at this strain: it then stands where it was, falls back to nothing, or leaps ahead and stands there. */
  off?: { strain: number; how: 'still' | 'back' | 'leap' };
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
  const gauge = gaugeOf(extension === true ? {} : extension || null);
  return readings.map(({ t_s, load_kN, strain }) => sampleAt(t_s, fixed(load_kN, digits), gauge(strain)));
}

/** What the extensometer shows at a strain of the bar, as strain. */
function gaugeOf(gauge: Gauge | null): (strain: number) => number {
  if (gauge === null) return () => Number.NaN;
  const random = mulberry32(77);
  const gauss = (): number => Math.sqrt(-2 * Math.log(Math.max(random(), 1e-12))) * Math.cos(2 * Math.PI * random());
  const { noise_mm = 0, digits, off } = gauge;
  const where = { still: 1, back: 0, leap: 1.5 };
  let isOff = false;
  return (strain) => {
    isOff ||= off !== undefined && strain >= off.strain;
    const followed = isOff && off ? off.strain * where[off.how] : strain;
    const mm = followed * GAUGE + gauss() * noise_mm;
    return (digits === undefined ? mm : Number(mm.toFixed(digits))) / GAUGE;
  };
}

/** A bar with upper and lower yield, initial transient and plateau. */
export function barSamples(bar: BarOptions, reading: Reading = {}): Sample[] {
  return asSent(readBar(bar, reading.rateHz ?? 100, reading.phase ?? 0), reading);
}

/** A bar that yields without a drop. */
export function smoothBarSamples(bar: SmoothBar, reading: Reading = {}): Sample[] {
  const random = mulberry32(bar.seed);
  const gauss = (): number =>
    Math.sqrt(-2 * Math.log(Math.max(random(), 1e-12))) * Math.cos(2 * Math.PI * random()) * bar.noise;
  const end_s = IDLE_S + smoothRuptureAt(bar) + 3;
  const { rateHz = 100, phase = 0 } = reading;
  const readings: BarReading[] = [];
  for (let index = 0; ; index += 1) {
    const t_s = (index + phase) / rateHz;
    if (t_s > end_s) return asSent(readings, reading);
    const { stress, strain } = smoothBarAt(bar, t_s - IDLE_S);
    readings.push({ t_s, load_kN: ((stress + gauss()) * bar.area_mm2) / 1000, strain });
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
